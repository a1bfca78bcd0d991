import { UsageError } from '../contract/errors.ts';
import { MODEL_MONITOR_JOBS } from '../contract/namespaces.ts';
import { type AlarmMetric, jobOf } from './alarm-metric.ts';
import { listed, plain } from './plain.ts';

export const scheduleOf = ({ dimensions }: AlarmMetric): string => dimensions.MonitoringSchedule ?? '';

const schedulesOf = (metrics: readonly AlarmMetric[]): string[] =>
  [...new Set(metrics.map(scheduleOf).filter((name) => name !== ''))].sort();

/** The schedules whose alarms are carried: those wanted, else all there are; one of each job, and all of one endpoint. */
export function chooseSchedules(found: readonly AlarmMetric[], wanted: readonly string[] | null): ReadonlySet<string> {
  const all = schedulesOf(found);
  const unknown = wanted?.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--alarms: no alarm is on schedule "${plain(unknown)}"${all.length === 0 ? '' : `, but on ${listed(all)}`}`);
  const chosen = new Set(wanted ?? all);
  const of = found.filter((metric) => chosen.has(scheduleOf(metric)));
  for (const job of MODEL_MONITOR_JOBS) {
    const schedules = schedulesOf(of.filter((metric) => jobOf(metric) === job));
    if (schedules.length > 1) throw new UsageError(`--alarms: there are alarms on several schedules; give one of ${listed(schedules)}`);
  }
  const endpoints = [...new Set(of.flatMap((metric) => (jobOf(metric) === null ? [] : (metric.dimensions.Endpoint ?? []))))].sort();
  if (endpoints.length > 1)
    throw new UsageError(`--alarms: ${listed([...chosen])} are of several endpoints, ${listed(endpoints)}; give the schedules of one`);
  return chosen;
}
