import type { Monitor } from '../contract/monitor.ts';
import { MODEL_MONITOR_JOBS, type ModelMonitorJob, modelMonitorNamespace } from '../contract/namespaces.ts';
import { type AlarmMetric, isOfModelMonitor, jobOf, noteOn } from './alarm-metric.ts';
import { chooseSchedules, scheduleOf } from './choose-schedules.ts';
import { plain } from './plain.ts';

export interface CarriedAlarms {
  monitor: Monitor;
  /** What was found, a line each. */
  read: string[];
  /** Alarms on metrics that Assay does not put. */
  notes: string[];
}

/** Where the monitor keeps the name of each job's schedule. */
const KEYS = { data: 'schedule', model: 'modelQualitySchedule', bias: 'biasSchedule' } as const satisfies Record<ModelMonitorJob, string>;

const NOT_NAMED = 'its schedule was not named';

/** Turns metrics on for the names that alarms on an endpoint's schedules use, one of each job; where there are several of one, those that are wanted have to be named. */
export function carryAlarms(monitor: Monitor, all: readonly AlarmMetric[], wanted: readonly string[] | null): CarriedAlarms {
  const found = all.filter(isOfModelMonitor);
  const schedules = chooseSchedules(found, wanted);
  const isWanted = (metric: AlarmMetric): boolean => wanted === null || schedules.has(scheduleOf(metric));
  const endpoint = monitor.endpoint ?? found.find((metric) => isWanted(metric) && jobOf(metric) !== null)?.dimensions.Endpoint;
  const noted = found
    .filter((metric) => isWanted(metric) || metric.dimensions.Endpoint === endpoint)
    .map((metric) => ({ metric, why: isWanted(metric) ? noteOn(metric, monitor, endpoint) : NOT_NAMED }));
  const carried = noted.filter(({ why }) => why === null).map(({ metric }) => metric);
  const notes = noted.flatMap(({ metric: { alarm, namespace, name }, why }) =>
    why === null ? [] : [`alarm ${plain(alarm)} on ${plain(namespace)} ${plain(name)}: ${why}`],
  );
  if (carried.length === 0)
    return { monitor, read: [`alarms: none on metrics of an endpoint's schedule${notes.length > 0 ? ' that Assay puts' : ''}`], notes };
  const metrics = [...new Set(carried.map(({ name }) => name))].sort();
  return {
    monitor: { ...monitor, endpoint, modelMonitor: { ...monitor.modelMonitor, metrics, ...namesOf(carried) } },
    read: [...new Set(carried.map(({ alarm, name }) => `alarm ${plain(alarm)} on ${plain(name)}`))],
    notes,
  };
}

const namesOf = (carried: readonly AlarmMetric[]): Partial<Record<(typeof KEYS)[ModelMonitorJob], string>> =>
  Object.fromEntries(
    MODEL_MONITOR_JOBS.flatMap((job) => {
      const metric = carried.find(({ namespace }) => namespace === modelMonitorNamespace(job));
      return metric === undefined ? [] : [[KEYS[job], scheduleOf(metric)]];
    }),
  );
