import { join } from 'node:path';
import { UsageError } from '../contract/errors.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import { type Dataset, openDataset, type SourceFile } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import type { ColumnHints } from '../engine/infer-columns.ts';
import { downloadAll, type Wanted } from './audit-records.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { joinApart } from './join-apart.ts';
import { labelNotes } from './label-notes.ts';
import { hintsOf } from './monitors.ts';

/** What a baseline is made from. */
export interface ReferenceObjects {
  data: Wanted[];
  /** Labels of the data that lie beside it. */
  labels: Wanted[];
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
    .map(({ key, etag, bytes }) => ({ bucket, key, etag, bytes }));
  const own = deployment === undefined ? null : inFolder(objects, keys.deploymentInput(name, deployment, ''));
  if (own !== null && own.data.length > 0) return own;
  return inFolder(
    objects.filter(({ key }) => !key.startsWith(`${root}deployment=`)),
    root,
  );
}

function inFolder(objects: Wanted[], folder: string): ReferenceObjects {
  const inside = objects.filter(({ key }) => key.startsWith(folder));
  const isLabels = ({ key }: Wanted): boolean => key.startsWith(keys.referenceLabels(folder));
  return { data: inside.filter((object) => !isLabels(object)), labels: inside.filter(isLabels) };
}

/** Reference data as a table. */
export interface OpenedReference {
  dataset: Dataset;
  hints: ColumnHints;
  /** The label column, where it was made of labels that lay beside the data. */
  joined: string | null;
  /** Objects of which nothing can be used, and why. */
  unusable: (SourceFile & { error: string })[];
}

/** Downloads reference data, opens it, and gives it the labels beside it. What cannot be used is named, and the rest is used. */
export async function openReference(
  deps: ProcessDependencies,
  database: Database,
  monitor: Monitor | null,
  { objects, folder }: { objects: ReferenceObjects; folder: string },
): Promise<OpenedReference> {
  const { scratch } = deps.resources;
  const files = await downloadAll(deps, objects.data, join(folder, 'data'));
  const dataset = await openDataset(database, files, { scratch, ...(monitor?.input && { input: monitor.input }) });
  const hints: ColumnHints = monitor === null ? new Map() : hintsOf(monitor);
  const unusable = dataset.files.flatMap(({ uri, path, error }) => (error === undefined ? [] : [{ uri, path: path!, error }]));
  const opened = { dataset, hints, joined: null, unusable };
  if (objects.labels.length === 0 || dataset.rows === 0) return opened;
  return withLabels(deps, database, monitor, opened, await downloadAll(deps, objects.labels, join(folder, 'labels')));
}

async function withLabels(
  { resources: { scratch }, log }: ProcessDependencies,
  database: Database,
  monitor: Monitor | null,
  opened: OpenedReference,
  files: SourceFile[],
): Promise<OpenedReference> {
  const { dataset, hints, unusable } = opened;
  const named = (role: string): string | undefined => Object.entries(monitor?.columns ?? {}).find(([, of]) => of.role === role)?.[0];
  const label = named('label') ?? 'label';
  const without = (error: string): OpenedReference => ({
    ...opened,
    unusable: [...unusable, ...files.map((file) => ({ ...file, error }))],
  });
  try {
    const joined = await joinApart(database, dataset, files, new Map(hints), { scratch, label, id: named('id') });
    const { facts } = joined;
    const notes = labelNotes(facts);
    for (const note of notes) log('labels of reference data', { monitor: monitor?.monitor ?? null, note });
    if (facts.matched === 0 && facts.labels > 0) return without(notes.join(' '));
    hints.set(label, { ...hints.get(label), role: 'label' });
    return { ...opened, dataset: joined.dataset, joined: label, unusable: [...unusable, ...unusableOf(facts, files)] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return without(error.message);
  }
}

const unusableOf = ({ problems }: LabelFacts, files: SourceFile[]): OpenedReference['unusable'] =>
  problems.map(({ uri, error }) => ({ uri, path: files.find((file) => file.uri === uri)!.path, error }));
