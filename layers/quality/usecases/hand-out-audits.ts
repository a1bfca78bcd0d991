import type { AuditQueue, AuditTask, DueTask, WindowTask } from '../queue/audit-queue.ts';
import { windowsDue } from './audit-due.ts';
import { windowsMissed } from './audit-missed.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { monitorNames, monitorToAudit } from './monitors.ts';

/**
 * Sends what is due at a time, so that each window is a call of its own: of one monitor its windows; of all of them first the question for each, so that one
 * that cannot be read stops no other. Sending it again is harmless.
 */
export async function handOutAudits(deps: ProcessDependencies, queue: AuditQueue, { time, monitor }: DueTask): Promise<AuditTask[]> {
  const tasks =
    monitor === undefined ? (await monitorNames(deps)).map((name) => ({ time, monitor: name })) : await windowTasks(deps, monitor, time);
  await queue.send(tasks);
  return tasks;
}

async function windowTasks(deps: ProcessDependencies, monitor: string, time: number): Promise<WindowTask[]> {
  const configured = await monitorToAudit(deps, monitor);
  const windows = [...windowsDue(configured, time), ...(await windowsMissed(deps, configured, time))];
  return windows.map(({ from, to }) => ({ monitor, from, to }));
}
