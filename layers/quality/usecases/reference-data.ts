import { join } from 'node:path';
import { UsageError } from '../contract/errors.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { type Dataset, openDataset, type SourceFile } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import type { ColumnHints } from '../engine/infer-columns.ts';
import { downloadAll, type Wanted } from './audit-records.ts';
import { columnOfRole } from './column-of-role.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { joinApart } from './join-apart.ts';
import { labelNotes } from './label-notes.ts';
import { hintsOf } from './monitors.ts';

interface ReferenceObject extends Wanted {
  lastModified: Date;
}

/** What a baseline is made from. */
export interface ReferenceObjects {
  data: ReferenceObject[];
  /** Labels of the data that lie beside it. */
  labels: ReferenceObject[];
}

/** The reference data of a deployment; where it has none of its own, that of no deployment. */
export async function referenceOf(
  { store, dataBucket: bucket }: ProcessDependencies,
  name: string,
  deployment: string | undefined,
): Promise<ReferenceObjects> {
  const root = keys.baselineInput(name);
  const objects = (await store.list(bucket, root))
    .filter(({ key, bytes }) => bytes > 0 && !key.endsWith('/'))
    .map((object) => ({ bucket, ...object }));
  const own = deployment === undefined ? null : inFolder(objects, keys.deploymentInput(name, deployment, ''));
  if (own !== null && own.data.length > 0) return own;
  return inFolder(
    objects.filter(({ key }) => !key.startsWith(`${root}deployment=`)),
    root,
  );
}

function inFolder(objects: ReferenceObject[], folder: string): ReferenceObjects {
  const inside = objects.filter(({ key }) => key.startsWith(folder));
  const isLabels = ({ key }: ReferenceObject): boolean => key.startsWith(keys.referenceLabels(folder));
  return { data: inside.filter((object) => !isLabels(object)), labels: inside.filter(isLabels) };
}

/** An object of which nothing can be used, and why. */
export interface UnusableObject extends SourceFile {
  error: string;
  arrived: Date;
}

/** Reference data as a table. */
export interface OpenedReference {
  dataset: Dataset;
  hints: ColumnHints;
  /** The label column, where it was made of labels that lay beside the data. */
  joined: string | null;
  unusable: UnusableObject[];
}

/** Downloads reference data, opens it, and gives it the labels beside it. What cannot be used is named, and the rest is used. */
export async function openReference(
  deps: ProcessDependencies,
  database: Database,
  monitor: Monitor | null,
  { objects, folder }: { objects: ReferenceObjects; folder: string },
): Promise<OpenedReference> {
  const { scratch } = deps.resources;
  const files = await download(deps, objects.data, join(folder, 'data'));
  const dataset = await openDataset(database, files, { scratch, ...(monitor?.input && { input: monitor.input }) });
  const hints: ColumnHints = monitor === null ? new Map() : hintsOf(monitor);
  const unusable = unusableOf(
    files,
    dataset.files.map(({ uri, error, rows, rejected }) => ({
      uri,
      error: error ?? (rows === 0 && rejected > 0 ? noLine(dataset, uri) : undefined),
    })),
  );
  if (dataset.rejected > 0)
    deps.log('reference data has lines that cannot be read', { lines: dataset.rejected, first: dataset.rejectedLines[0] });
  const opened = { dataset, hints, joined: null, unusable };
  if (objects.labels.length === 0 || dataset.rows === 0) return opened;
  return withLabels(deps, database, monitor, opened, await download(deps, objects.labels, join(folder, 'labels')));
}

function noLine({ rejectedLines }: Dataset, uri: string): string {
  const first = rejectedLines.find((line) => line.uri === uri);
  return `none of its lines can be read${first === undefined ? '' : `; line ${first.line}: ${first.reason}`}`;
}

type ReferenceFile = Omit<UnusableObject, 'error'>;

async function download(deps: ProcessDependencies, objects: ReferenceObject[], folder: string): Promise<ReferenceFile[]> {
  const files = await downloadAll(deps, objects, folder);
  return files.map((file, i) => ({ ...file, arrived: objects[i]!.lastModified }));
}

/** Those of the files that have an error. */
const unusableOf = (files: ReferenceFile[], problems: { uri: string; error?: string | undefined }[]): UnusableObject[] => {
  const errors = new Map(problems.map(({ uri, error }) => [uri, error]));
  return files.flatMap((file) => {
    const error = errors.get(file.uri);
    return error === undefined ? [] : [{ ...file, error }];
  });
};

async function withLabels(
  { resources: { scratch }, log }: ProcessDependencies,
  database: Database,
  monitor: Monitor | null,
  opened: OpenedReference,
  files: ReferenceFile[],
): Promise<OpenedReference> {
  const { dataset, hints, unusable } = opened;
  const label = columnOfRole('label', monitor) ?? 'label';
  const without = (error: string): OpenedReference => ({
    ...opened,
    unusable: [...unusable, ...files.map((file) => ({ ...file, error }))],
  });
  try {
    const joined = await joinApart(database, dataset, files, new Map(hints), { scratch, label, id: columnOfRole('id', monitor) });
    const { facts } = joined;
    const notes = labelNotes(facts);
    for (const note of notes) log('labels of reference data', { monitor: monitor?.monitor ?? null, note });
    if (facts.matched === 0 && facts.labels > 0) return without(notes.join(' '));
    hints.set(label, { ...hints.get(label), role: 'label' });
    return { ...opened, dataset: joined.dataset, joined: label, unusable: [...unusable, ...unusableOf(files, facts.problems)] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return without(error.message);
  }
}
