import type { Monitor } from '../contract/monitor.ts';
import { MODEL_MONITOR_JOBS, type ModelMonitorJob } from '../contract/namespaces.ts';
import type { Window } from './audit-parts.ts';
import { labelDelayOf } from './monitors.ts';

/** A run of one of Model Monitor's jobs over a window. */
export interface JobRun {
  job: ModelMonitorJob;
  endpoint: string;
  schedule: string;
  /** When the job would have run: what needs labels, when they should have come. */
  at: number;
}

/** Where and when a job would have run; without a schedule of its own it shares that of data quality. */
export function jobRun(monitor: Monitor, { to }: Window, job: ModelMonitorJob): JobRun {
  const { schedule = monitor.monitor } = monitor.modelMonitor ?? {};
  return {
    ...{ job, endpoint: monitor.endpoint ?? monitor.monitor, schedule: ownSchedule(monitor, job) ?? schedule },
    at: job === 'data' ? to : to + labelDelayOf(monitor),
  };
}

/** Whether nothing else is in a job's folder: files of the same name would take each other's place. */
export function hasOwnFolder(monitor: Monitor, job: ModelMonitorJob): boolean {
  const others = MODEL_MONITOR_JOBS.filter((other) => other !== job).map((other) => ownSchedule(monitor, other));
  const own = ownSchedule(monitor, job);
  return own !== undefined && !others.includes(own);
}

/** The schedule that is named for a job. */
export function ownSchedule({ monitor, modelMonitor = {} }: Monitor, job: ModelMonitorJob): string | undefined {
  const { schedule = monitor, modelQualitySchedule: model, biasSchedule: bias } = modelMonitor;
  return { data: schedule, model, bias }[job];
}
