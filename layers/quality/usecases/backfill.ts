import { type BackfillInput, backfillInputSchema, backfillOutputSchema, MOST_WINDOWS } from '../contract/backfill.ts';
import { UsageError } from '../contract/errors.ts';
import { keys, OWN_PREFIXES } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { Executions } from '../executions/executions.ts';
import type { AuditOutcome } from './audit-due.ts';
import type { Window } from './audit-parts.ts';
import { type BatchResults, readResults } from './backfill-results.ts';
import type { ProcessDependencies } from './dependencies.ts';

export interface BackfillRequest {
  /** Tells it from others of the monitor: 16 hexadecimal digits. */
  id: string;
  /** Prefix of the objects to process first, as `s3://bucket/prefix`; null for none. */
  source: string | null;
  windows: Window[];
}

export interface BackfillState {
  status: 'running' | 'succeeded' | 'failed';
  started: string;
  ended: string | null;
  source: string | null;
  windows: { from: string; to: string }[];
  /** What the windows came to, when all of them were audited. */
  audits: AuditOutcome[];
  /** What became of the objects, when all of them were tried; null before, and where there were none to process. */
  objects: BatchResults | null;
  reason: string | null;
}

const iso = (time: number): string => new Date(time).toISOString();
const nameOf = (monitor: string, id: string): string => `${monitor}-${id}`;

/** Starts it. The same id again is the same backfill. */
export async function startBackfill(
  { dataBucket }: Pick<ProcessDependencies, 'dataBucket'>,
  executions: Executions,
  monitor: Monitor,
  { id, source, windows }: BackfillRequest,
): Promise<void> {
  if (windows.length > MOST_WINDOWS)
    throw new UsageError(`backfill: expected at most ${MOST_WINDOWS} windows at once, got ${windows.length}`);
  const input: BackfillInput = {
    ...(source !== null && { source: sourceOf(source, monitor, dataBucket) }),
    windows: windows.map(({ from, to }) => ({ monitor: monitor.monitor, from: iso(from), to: iso(to), quiet: true as const })),
    results: keys.backfill(monitor.monitor, id),
  };
  await executions.start(nameOf(monitor.monitor, id), backfillInputSchema.parse(input));
}

/** A prefix under which the monitor's data are: objects elsewhere would be processed for nobody. */
function sourceOf(uri: string, { monitor, input }: Monitor, dataBucket: string): { bucket: string; prefix: string } {
  const location = input?.location;
  if (location === undefined) throw new UsageError(`backfill: monitor "${monitor}" has no input.location that data could belong to`);
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  if (bucket === undefined || !uri.startsWith(location))
    throw new UsageError(`backfill: expected a prefix under ${location}, got "${uri}"`);
  if (bucket === dataBucket && OWN_PREFIXES.some((own) => prefix!.startsWith(own)))
    throw new UsageError(`backfill: ${uri} is where Assay writes; there is no data`);
  return { bucket, prefix: prefix! };
}

/** How far it is; null where the monitor has none of that id. */
export async function describeBackfill(
  deps: Pick<ProcessDependencies, 'store' | 'dataBucket'>,
  executions: Executions,
  monitor: string,
  id: string,
): Promise<BackfillState | null> {
  const found = await executions.describe(nameOf(monitor, id));
  if (found === null) return null;
  const { input, output, ...state } = found;
  const { source, windows } = backfillInputSchema.parse(JSON.parse(input));
  const ended = output === null ? null : backfillOutputSchema.parse(JSON.parse(output));
  const results = ended?.objects?.ResultWriterDetails;
  return {
    ...state,
    source: source === undefined ? null : `s3://${source.bucket}/${source.prefix}`,
    windows: windows.map(({ from, to }) => ({ from, to })),
    audits: (ended?.audits ?? []).flatMap(({ audited }) => audited),
    objects: results === undefined ? null : await readResults(deps, results.Key),
  };
}
