import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { digestOf } from '../contract/digest.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { openDataset, type SourceFile } from '../dataset/open-dataset.ts';
import { Database } from '../engine/database.ts';
import { type Baseline, decodeBaseline, encodeBaseline } from '../profile/baseline.ts';
import { STATES_VERSION } from '../states/index.ts';
import { buildBaseline } from './build-baseline.ts';
import type { ProcessDependencies, ProcessOutcome } from './dependencies.ts';
import { DEFAULT_FALSE_ALARM_RATE, DEFAULT_MINIMUM_ROWS, hintsOf, monitorOutcomes, readMonitor } from './monitors.ts';

const FILE = 'baseline.json.gz';
const ATTEMPTS = 5;

interface CurrentBaseline {
  schema: 'assay.current/1';
  id: string;
  /** What the baseline was made from: many events about the same input build it once. */
  input: string;
  /** The model it is for, where the monitor says. */
  deployment?: string;
}

async function inputHash(deps: ProcessDependencies, name: string, deployment: string | undefined): Promise<string> {
  const { store, dataBucket: bucket } = deps;
  const objects = (await referenceOf(deps, name, deployment)).map(({ key, etag }) => [key, etag]);
  const monitor = await store.head(bucket, keys.monitor(name));
  return digestOf([objects, monitor?.etag ?? null, STATES_VERSION]);
}

/** Profiles what lies under the monitor's baseline/input/ and puts the new baseline in force. Renewals that meet start over. */
export async function renewBaseline(deps: ProcessDependencies, name: string): Promise<ProcessOutcome> {
  const { store, dataBucket: bucket } = deps;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const current = await store.get(bucket, keys.currentBaseline(name));
    const monitor = await readMonitor(deps, name);
    const deployment = monitor?.deployment;
    const input = await inputHash(deps, name, deployment);
    const inForce = current === null ? null : (JSON.parse(current.body.toString('utf8')) as CurrentBaseline);
    if (inForce !== null && inForce.input === input) return { status: 'baseline', baseline: inForce.id };
    const previous = isOfAnother(inForce, deployment) ? null : await currentBaseline(deps, name);
    const made = await buildFromInput(deps, name, monitor, join(deps.resources.scratch, `input-${attempt}`), previous);
    if (made === null) return { status: 'ignored', reason: `monitor ${name} has no reference data under ${keys.baselineInput(name)}` };
    await store.create(
      bucket,
      `${keys.baseline(name, made.id)}${FILE}`,
      gzipSync(JSON.stringify(encodeBaseline(made))),
      'application/gzip',
    );
    const now: CurrentBaseline = { schema: 'assay.current/1', id: made.id, input, ...(deployment !== undefined && { deployment }) };
    const body = Buffer.from(`${JSON.stringify(now)}\n`);
    if (
      current?.body.equals(body) ||
      (await store.replace(bucket, keys.currentBaseline(name), body, 'application/json', current?.etag ?? null))
    )
      return { status: 'baseline', baseline: made.id };
  }
  throw new Error(`the baseline of monitor ${name} was renewed by others ${ATTEMPTS} times meanwhile`);
}

/** Another model answers: its baseline begins anew, with cuts of its own, and that of the one before stays as it is. */
const isOfAnother = (inForce: CurrentBaseline | null, deployment: string | undefined): boolean =>
  inForce?.deployment !== undefined && deployment !== undefined && inForce.deployment !== deployment;

/** The reference data of a deployment; where it has none of its own, that of no deployment. */
async function referenceOf({ store, dataBucket: bucket }: ProcessDependencies, name: string, deployment: string | undefined) {
  const folder = keys.baselineInput(name);
  const objects = (await store.list(bucket, folder)).filter(({ key, bytes }) => bytes > 0 && !key.endsWith('/'));
  const own = deployment === undefined ? [] : objects.filter(({ key }) => key.startsWith(keys.deploymentInput(name, deployment, '')));
  return own.length > 0 ? own : objects.filter(({ key }) => !key.startsWith(`${folder}deployment=`));
}

async function buildFromInput(
  deps: ProcessDependencies,
  name: string,
  monitor: Monitor | null,
  folder: string,
  previous: Baseline | null,
): Promise<Baseline | null> {
  const { store, dataBucket: bucket, resources } = deps;
  const objects = await referenceOf(deps, name, monitor?.deployment);
  if (objects.length === 0) return null;
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  if (bytes * 3 > deps.scratchBytes)
    throw new Error(
      `the reference data of monitor ${name} is ${bytes} bytes, more than a third of the scratch space of ${deps.scratchBytes}`,
    );
  mkdirSync(folder, { recursive: true });
  const files: SourceFile[] = [];
  for (const { key, etag } of objects) {
    const path = join(folder, String(files.length));
    await store.download({ bucket, key, etag }, path);
    files.push({ uri: `s3://${bucket}/${key}`, path });
  }
  const database = await Database.open({ scratch: resources.scratch, memoryMB: resources.memoryMB, threads: 1, allowed: [folder] });
  try {
    const dataset = await openDataset(database, files, { scratch: resources.scratch, ...(monitor?.input && { input: monitor.input }) });
    for (const file of dataset.files)
      if (file.error !== undefined) deps.log('reference data cannot be read', { uri: file.uri, error: file.error });
    return await buildBaseline(database, dataset, resources, {
      hints: monitor === null ? new Map() : hintsOf(monitor),
      outcomes: monitor === null ? {} : monitorOutcomes(monitor),
      falseAlarmRate: monitor?.falseAlarmRate ?? DEFAULT_FALSE_ALARM_RATE,
      minimumRows: monitor?.minimumRows ?? DEFAULT_MINIMUM_ROWS,
      previous,
      note: (text) => deps.log('reference data', { monitor: monitor?.monitor ?? null, note: text }),
    });
  } finally {
    database.close();
  }
}

/** The baselines used last, by address: objects of several monitors come in turn. */
const decoded = new Map<string, Baseline>();
const MOST_DECODED = 8;

/** The baseline in force; null where there is none yet. Kept between calls: a baseline never changes under its id. */
export async function currentBaseline({ store, dataBucket: bucket }: ProcessDependencies, name: string): Promise<Baseline | null> {
  const current = await store.get(bucket, keys.currentBaseline(name));
  if (current === null) return null;
  const { id } = JSON.parse(current.body.toString('utf8')) as { id: string };
  const key = `${keys.baseline(name, id)}${FILE}`;
  const address = `${bucket}/${key}`;
  const known = decoded.get(address);
  if (known !== undefined) return known;
  const object = await store.get(bucket, key);
  if (object === null) throw new Error(`s3://${bucket}/${key} is missing; the current baseline points to it`);
  const baseline = decodeBaseline(JSON.parse(gunzipSync(object.body).toString('utf8')));
  if (decoded.size >= MOST_DECODED) decoded.delete(decoded.keys().next().value!);
  decoded.set(address, baseline);
  return baseline;
}
