import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { digestOf } from '../contract/digest.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { Database } from '../engine/database.ts';
import { type Baseline, decodeBaseline, encodeBaseline } from '../profile/baseline.ts';
import { STATES_VERSION } from '../states/index.ts';
import { tooLarge } from './audit-records.ts';
import { buildBaseline } from './build-baseline.ts';
import type { ProcessDependencies, ProcessOutcome } from './dependencies.ts';
import { DEFAULT_FALSE_ALARM_RATE, DEFAULT_MINIMUM_ROWS, monitorOutcomes, readMonitor } from './monitors.ts';
import { openReference, referenceOf } from './reference-data.ts';
import { reportUnusable } from './report-unusable.ts';

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
  const { data, labels } = await referenceOf(deps, name, deployment);
  const [objects, beside] = [data, labels].map((of) => of.map(({ key, etag }) => [key, etag]));
  const monitor = await store.head(bucket, keys.monitor(name));
  return digestOf([objects, monitor?.etag ?? null, STATES_VERSION, ...(labels.length > 0 ? [beside] : [])]);
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
    if ('status' in made) return made;
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

/** The baseline of what can be used of the reference data; what came of it where that is nothing. */
async function buildFromInput(
  deps: ProcessDependencies,
  name: string,
  monitor: Monitor | null,
  folder: string,
  previous: Baseline | null,
): Promise<Baseline | ProcessOutcome> {
  const { resources } = deps;
  const objects = await referenceOf(deps, name, monitor?.deployment);
  if (objects.data.length === 0)
    return { status: 'ignored', reason: `monitor ${name} has no reference data under ${keys.baselineInput(name)}` };
  const problem = tooLarge(deps, [...objects.data, ...objects.labels], `the reference data of monitor ${name} has`);
  if (problem !== null) throw new Error(problem);
  mkdirSync(folder, { recursive: true });
  const database = await Database.open({ scratch: resources.scratch, memoryMB: resources.memoryMB, threads: 1, allowed: [folder] });
  try {
    const { dataset, hints, joined, unusable } = await openReference(deps, database, monitor, { objects, folder });
    const named: Monitor = monitor ?? { schema: 'assay.monitor/1', monitor: name };
    const reports: string[] = [];
    for (const object of unusable) reports.push(await reportUnusable(deps, database, named, object));
    if (unusable.length > 0 && dataset.rows === 0) return { status: 'reported', reports };
    return await buildBaseline(database, dataset, resources, {
      hints,
      joined,
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
