import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../contract/errors.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { Report } from '../contract/report.ts';
import type { Dataset, RejectedLine } from '../dataset/open-dataset.ts';
import { Database } from '../engine/database.ts';
import { contextsOf, cutsIdOf } from '../profile/baseline.ts';
import { announceReport } from './announce-report.ts';
import { isEarly } from './audit-early.ts';
import { type FoldedWindow, foldWindow } from './audit-fold.ts';
import { judgeWindow } from './audit-judge.ts';
import { readOutcomes } from './audit-outcomes.ts';
import type { Window } from './audit-parts.ts';
import { traceFindings, withTraces } from './audit-since.ts';
import { withHints } from './check-batch.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { hintsOf, monitorToAudit } from './monitors.ts';
import { muted } from './mutes.ts';
import { publishModelMonitor } from './publish-model-monitor.ts';
import { currentBaseline } from './renew-baseline.ts';
import { writeReport } from './write-report.ts';

export interface AuditRequest extends Window {
  monitor: string;
}

export interface Audited {
  report: Report;
  /** Key of report.json in the data bucket. */
  key: string;
}

const HOUR = 3_600_000;
const MOST_DAYS = 366;

/**
 * Judges a window [from, to) of event time: what its stored profiles come to, and with their labels its records. Nothing is counted twice and nothing of the
 * data is read again. On the same objects, labels and reports before, it writes the same bytes; what came later gives another report.
 */
export async function auditWindow(outer: ProcessDependencies, { monitor: name, from, to }: AuditRequest): Promise<Audited> {
  const window = { from, to };
  requireHours(window);
  const scratch = join(outer.resources.scratch, 'audit');
  const deps = { ...outer, resources: { ...outer.resources, scratch } };
  const monitor = await monitorToAudit(deps, name);
  const baseline = await currentBaseline(deps, name);
  const columns = baseline === null ? [] : withHints(baseline.columns, hintsOf(monitor), nothing);
  const known = columns.filter((column) => column.role !== 'ignored' && baseline!.cuts.has(column.name));
  const cuts = baseline === null ? null : { id: cutsIdOf(known, baseline.cuts), contexts: contextsOf(baseline.cuts) };
  const folded = await foldWindow(deps, name, window, cuts);
  mkdirSync(scratch, { recursive: true });
  const database = await Database.open({ scratch, memoryMB: deps.resources.memoryMB, threads: 1, allowed: [scratch] });
  try {
    const outcomes = await readOutcomes(deps, { database, monitor, baseline, window }, folded);
    const rejectedLines = await readRejected(deps, monitor, folded);
    const version = deps.version;
    const early = folded.rows === 0 && (await isEarly(deps, name, window));
    const judged = judgeWindow({ early, monitor, baseline, window, folded, cutsId: cuts?.id ?? null, outcomes, rejectedLines, version });
    const traced = withTraces(judged, await traceFindings(deps, name, window, judged));
    const report = await muted(deps, traced, name, from);
    const key = await write(deps, name, window, report);
    await announceReport(deps, { monitor, report, key, at: from });
    await publishModelMonitor(deps, { ...outcomes, monitor, window, profile: folded.profile, baseline, report });
    return { report, key };
  } finally {
    database.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const nothing: Dataset = { files: [], columns: [], rows: 0, rejected: 0, rejectedLines: [] };

/** Profiles are kept by hour, and so are windows. */
function requireHours({ from, to }: Window): void {
  if (![from, to].every((time) => Number.isFinite(time) && time % HOUR === 0))
    throw new UsageError('audit: expected a window of whole hours, as from 2026-07-01T13:00:00Z to 2026-07-01T14:00:00Z');
  if (to <= from) throw new UsageError('audit: expected a window that ends after it begins');
  if (to - from > MOST_DAYS * 24 * HOUR) throw new UsageError(`audit: expected a window of at most ${MOST_DAYS} days`);
}

/** The first hundred lines that could not be read, as they were kept. */
async function readRejected(
  { store, dataBucket }: ProcessDependencies,
  { monitor }: Monitor,
  { withRejected }: FoldedWindow,
): Promise<RejectedLine[]> {
  const lines: RejectedLine[] = [];
  for (const { hash, uri } of [...withRejected].sort((a, b) => (a.uri < b.uri ? -1 : 1))) {
    if (lines.length >= 100) break;
    const kept = await store.get(dataBucket, keys.rejected(monitor, hash));
    for (const text of kept?.body.toString('utf8').trimEnd().split('\n') ?? []) {
      const { line, reason } = JSON.parse(text) as { line: number; reason: string };
      lines.push({ uri, line, reason });
    }
  }
  return lines.slice(0, 100);
}

/** Written with the command that judges the window again. */
async function write(deps: ProcessDependencies, name: string, { from, to }: Window, report: Report): Promise<string> {
  const [first, last] = [from, to].map((time) => new Date(time).toISOString().replace('.000', ''));
  const command = `assay audit --bucket ${deps.dataBucket} --monitor ${name} --from ${first} --to ${last}`;
  return writeReport(deps, { name, at: from, report, command });
}
