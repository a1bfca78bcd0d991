import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../contract/digest.ts';
import { keys, OWN_PREFIXES } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { type Dataset, openDataset } from '../dataset/open-dataset.ts';
import { Database } from '../engine/database.ts';
import type { Profile } from '../profile/profile.ts';
import { type ObjectRef, SupersededError } from '../store/store.ts';
import { sendUnsent } from './alert-people.ts';
import { announceReport } from './announce-report.ts';
import { encodeStored, isAtOtherCuts, type ProfiledObject } from './audit-profile.ts';
import { type CheckedBatch, checkBatch } from './check-batch.ts';
import type { ProcessDependencies, ProcessOutcome } from './dependencies.ts';
import { asOf } from './freshness.ts';
import { judgeOptionsOf, monitorsOf, renewsBaselineOf, reportsOn } from './monitors.ts';
import { muted } from './mutes.ts';
import { overwrite } from './overwrite.ts';
import { type Put, writeRecords } from './records.ts';
import { currentBaseline, renewBaseline } from './renew-baseline.ts';
import { writeReport } from './write-report.ts';

export interface ArrivedObject extends ObjectRef {
  size: number;
  /** When the event says it arrived, ISO. */
  time: string;
}

const HOUR_MS = 3_600_000;

/** One object arrived: it renews a baseline, or is profiled and judged for every monitor it belongs to. Doing it again changes nothing. */
export async function processObject(deps: ProcessDependencies, ref: ArrivedObject): Promise<ProcessOutcome> {
  if (ref.bucket === deps.dataBucket && OWN_PREFIXES.some((prefix) => ref.key.startsWith(prefix)))
    return { status: 'ignored', reason: 'written by Assay itself' };
  try {
    const renewed = ref.bucket === deps.dataBucket ? renewsBaselineOf(ref.key) : null;
    if (renewed !== null) return await renewBaseline(deps, renewed);
    if (ref.bucket === deps.dataBucket && ref.key.startsWith('monitors/')) return { status: 'ignored', reason: 'no reference data' };
    const monitors = await monitorsOf(deps, `s3://${ref.bucket}/${ref.key}`);
    if (monitors.length === 0) return { status: 'ignored', reason: 'no monitor has a location that is a prefix of it' };
    const reports: string[] = [];
    for (const [index, monitor] of monitors.entries())
      reports.push(await processFor(deps, ref, monitor, join(deps.resources.scratch, `monitor-${index}`)));
    return { status: 'reported', reports };
  } catch (error) {
    if (!(error instanceof SupersededError)) throw error;
    await tellOfReplaced(deps, `s3://${ref.bucket}/${ref.key}`);
    return { status: 'superseded', reason: error.message };
  }
}

/** Nobody comes again with what was found in a version that is gone: what was to be told of it is told now. */
async function tellOfReplaced(deps: ProcessDependencies, uri: string): Promise<void> {
  for (const monitor of await monitorsOf(deps, uri)) if (reportsOn(monitor) === 'object') await sendUnsent(deps, monitor.monitor, uri);
}

async function processFor(deps: ProcessDependencies, ref: ArrivedObject, monitor: Monitor, scratch: string): Promise<string> {
  mkdirSync(scratch, { recursive: true });
  const baseline = await currentBaseline(deps, monitor.monitor);
  const resources = { ...deps.resources, scratch };
  const database = await Database.open({ scratch, memoryMB: resources.memoryMB, threads: 1, allowed: [scratch] });
  try {
    const { dataset: opened, lastModified, etag } = await readObject(deps, ref, monitor, scratch, database);
    const checked = await checkBatch(database, opened, baseline, resources, {
      ...judgeOptionsOf(monitor, deps.version),
      dataQualityOnly: reportsOn(monitor) === 'window',
      ...asOf(monitor.checks ?? {}, lastModified.getTime() / 1000),
      hours: { fallback: Math.floor(lastModified.getTime() / HOUR_MS) },
    });
    const { dataset } = checked;
    const hash = digestOf([ref.bucket, ref.key, ref.versionId ?? etag, dataset.files[0]!.sha256], 32);
    const started = checked.report.subject.from === null ? lastModified.getTime() : Date.parse(checked.report.subject.from);
    const report = await muted(deps, checked.report, monitor.monitor, started);
    const isCompared = baseline !== null;
    const key = await write(deps, {
      monitor,
      dataset,
      etag,
      checked: { ...checked, report },
      isCompared,
      hash,
      started,
      database,
      scratch,
    });
    await announceReport(deps, { monitor, report, key, at: started, arrived: ref.time });
    return key;
  } finally {
    database.close();
    // The next monitor needs the same space.
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function readObject(
  deps: ProcessDependencies,
  ref: ArrivedObject,
  monitor: Monitor,
  scratch: string,
  database: Database,
): Promise<{ dataset: Dataset; lastModified: Date; etag: string }> {
  const uri = `s3://${ref.bucket}/${ref.key}`;
  const third = Math.floor(deps.scratchBytes / 3);
  if (ref.size > third) {
    const error = `the object has ${ref.size} bytes, more than a third (${third}) of the function's ${deps.scratchBytes} bytes of scratch space; give the function more, or split the object`;
    const sha256 = createHash('sha256')
      .update(`${uri}\n${ref.etag ?? ''}\n${ref.size}`)
      .digest('hex');
    const file = { uri, sha256, bytes: ref.size, rows: 0, rejected: 0, error, parquet: null };
    return {
      dataset: { files: [file], columns: [], rows: 0, rejected: 0, rejectedLines: [] },
      lastModified: new Date(ref.time),
      etag: ref.etag ?? '',
    };
  }
  const path = join(scratch, 'object');
  const { etag, lastModified } = await deps.store.download(ref, path);
  const dataset = await openDataset(database, [{ uri, path }], {
    scratch,
    ...(monitor.input?.format && { format: monitor.input.format }),
    ...(monitor.input && { input: monitor.input }),
    keepRejected: monitor.keepRejected ?? false,
  });
  return { dataset, lastModified, etag };
}

interface ToWrite {
  monitor: Monitor;
  dataset: Dataset;
  etag: string;
  checked: CheckedBatch;
  /** Whether there is a baseline, at whose cuts it was profiled. */
  isCompared: boolean;
  hash: string;
  started: number;
  database: Database;
  scratch: string;
}

/**
 * Everything is written once, under keys made from content: records, report, metrics, then the profiles, which mark completion. What was profiled at other cuts
 * than the baseline's, as before there was one, is profiled again in its place, so that windows can be judged with it.
 */
async function write(
  deps: ProcessDependencies,
  { monitor, dataset, etag, checked, isCompared, hash, started, database, scratch }: ToWrite,
): Promise<string> {
  const { store, dataBucket: bucket } = deps;
  const { report, hours, profile } = checked;
  const name = monitor.monitor;
  const profiles: [number, Profile][] = hours.length > 0 ? hours : [[Math.floor(started / HOUR_MS), profile]];
  const last = keys.profile(name, profiles.at(-1)![0] * HOUR_MS, hash);
  const before = await store.get(bucket, last);
  if (before !== null && !(isCompared && profile.rows > 0 && isAtOtherCuts(before.body, last, profile.cutsId))) {
    deps.log('object was profiled before: nothing is written', { monitor: name, object: hash });
    return `${keys.report(name, started, report.kind, report.id)}report.json`;
  }
  if (before !== null) deps.log('object was profiled at other cuts: it is profiled again', { monitor: name, object: hash });
  const put: Put = (key, body, type) => (before === null ? store.create(bucket, key, body, type) : overwrite(deps, key, body, type));
  await writeRecords({ put, monitor, dataset, checked, hash, database, scratch });
  if (dataset.rejectedLines.length > 0) await put(keys.rejected(name, hash), rejectedBody(dataset), 'application/x-ndjson');
  const key = await writeReport(deps, { name, at: started, report });
  for (const [i, [hour, of]] of profiles.entries()) {
    const body = encodeStored(of, profiledObject(dataset, etag, i === 0));
    await put(keys.profile(name, hour * HOUR_MS, hash), body, 'application/gzip');
  }
  deps.log('report written', { monitor: name, object: hash, report: report.id, verdict: report.verdict });
  return key;
}

const rejectedBody = ({ rejectedLines }: Dataset): Buffer => {
  const lines = rejectedLines.map(({ line, reason, text }) => JSON.stringify({ line, reason, ...(text === undefined ? {} : { text }) }));
  return Buffer.from(`${lines.join('\n')}\n`);
};

function profiledObject({ files, columns }: Dataset, etag: string, first: boolean): ProfiledObject {
  const { uri, sha256, bytes, rejected, error } = files[0]!;
  return {
    ...{ uri, etag, sha256, bytes, rejected: first ? rejected : 0, columns: columns.map(({ name }) => name) },
    ...(error === undefined ? {} : { error }),
  };
}
