import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { windowsDue } from './audit-due.ts';
import type { Window } from './audit-parts.ts';
import { currentReport } from './audit-since.ts';
import type { ProcessDependencies } from './dependencies.ts';

/** After so long it is looked whether a window has its report: one that fails is a dead letter by then, and what merely waits has mostly come to its turn. */
export const SECOND_LOOK = 12 * 3_600_000;

/**
 * Windows that were due twelve hours before `time` and still have no report: nobody asked then, or they failed for good. Each is looked for once, so that a
 * backlog at most doubles. A monitor that was changed since is not held to what it may not have been.
 */
export async function windowsMissed(deps: ProcessDependencies, monitor: Monitor, time: number): Promise<Window[]> {
  const then = time - SECOND_LOOK;
  const file = await deps.store.head(deps.dataBucket, keys.monitor(monitor.monitor));
  if (file === null || file.lastModified.getTime() > then) return [];
  const missed: Window[] = [];
  for (const window of windowsDue(monitor, then)) if ((await currentReport(deps, monitor.monitor, window)) === null) missed.push(window);
  return missed;
}
