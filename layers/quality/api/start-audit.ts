import { createHash, randomBytes } from 'node:crypto';
import type { Monitor } from '../contract/monitor.ts';
import { filedKeys, type Window } from '../usecases/audit-parts.ts';
import { startBackfill } from '../usecases/backfill.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import { atPointer } from './problem.ts';
import { type ApiRequest, type ApiResponse, href } from './request.ts';
import { json } from './respond.ts';

/** Days that are listed to find out; more are large in any case. */
const MOST_DAYS = 31;
/** What the API's function reads, folds and judges within some 20 seconds. */
const MOST_PROFILES = 2000;
const MOST_RECORD_BYTES = 64_000_000;
const DAY = 24 * 3_600_000;

/** Whether a window is more than can be waited for. */
export async function isLarge(deps: ProcessDependencies, monitor: string, window: Window): Promise<boolean> {
  if (window.to - window.from > MOST_DAYS * DAY) return true;
  const [profiles, records] = await Promise.all([
    filedKeys(deps, 'profiles', monitor, window),
    filedKeys(deps, 'records', monitor, window),
  ]);
  return profiles.length > MOST_PROFILES || records.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_RECORD_BYTES;
}

/** Starts an audit elsewhere, and tells where it can be asked for. */
export async function startAudit(
  deps: ProcessDependencies,
  request: ApiRequest,
  monitor: Monitor,
  { window, source }: { window: Window; source: string | null },
): Promise<ApiResponse> {
  if (deps.executions === undefined)
    throw atPointer(['backfill'], 'there is no state machine here that could take it; put the objects where they are heard of, then audit');
  const name = monitor.monitor;
  const id = idOf(request, [name, window.from, window.to, source]);
  await startBackfill(deps, deps.executions, monitor, { id, source, windows: [window] });
  const address = href(request, 'monitors', name, 'audits', id);
  return json({ monitor: name, id, status: 'running', href: address }, 202, { location: address });
}

/** With an Idempotency-Key the same request is the same audit; without one each is another. */
function idOf({ headers }: ApiRequest, what: unknown[]): string {
  const key = headers['idempotency-key'];
  if (key === undefined) return randomBytes(8).toString('hex');
  return createHash('sha256')
    .update(JSON.stringify([key, ...what]))
    .digest('hex')
    .slice(0, 16);
}
