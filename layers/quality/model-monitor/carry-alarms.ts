import { UsageError } from '../contract/errors.ts';
import type { Monitor } from '../contract/monitor.ts';
import { listed, plain } from './plain.ts';

/** A metric that an alarm of the account looks at. */
export interface AlarmMetric {
  alarm: string;
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

export interface CarriedAlarms {
  monitor: Monitor;
  /** What was found, a line each. */
  read: string[];
  /** Alarms on metrics that Assay does not put. */
  notes: string[];
}

const OF_MODEL_MONITOR = /^\/?aws\/sagemaker\/(?:Endpoints|ModelMonitoring)\/(\w+)-metrics?$/;
/** Names of metrics as audits put them. */
const PUT = /^feature_(?:data|non_null|baseline_drift)_./;

/** Turns metrics on for the names that alarms on one schedule use; where there are several schedules, the one that is wanted has to be named. */
export function carryAlarms(monitor: Monitor, all: readonly AlarmMetric[], wanted: string | null): CarriedAlarms {
  const found = all.filter(({ namespace }) => OF_MODEL_MONITOR.test(namespace));
  const schedules = [...new Set(found.flatMap(({ dimensions }) => dimensions.MonitoringSchedule ?? []))].sort();
  if (wanted !== null && !schedules.includes(wanted))
    throw new UsageError(
      `--alarms: no alarm is on schedule "${plain(wanted)}"${schedules.length === 0 ? '' : `, but on ${listed(schedules)}`}`,
    );
  if (wanted === null && schedules.length > 1)
    throw new UsageError(`--alarms: there are alarms on several schedules; give one of ${listed(schedules)}`);
  const schedule = wanted ?? schedules[0];
  const of = found.filter(({ dimensions }) => dimensions.MonitoringSchedule === schedule);
  const carried = of.filter(({ namespace, name, dimensions }) => isPut(namespace, name) && dimensions.Endpoint !== undefined);
  const notes = of.filter((metric) => !carried.includes(metric)).map(noteOf);
  if (schedule === undefined || carried.length === 0)
    return {
      monitor,
      read: [`alarms: none on metrics of a data-quality schedule of an endpoint${notes.length > 0 ? ' that Assay puts' : ''}`],
      notes,
    };
  const metrics = [...new Set(carried.map(({ name }) => name))].sort();
  const endpoint = monitor.endpoint ?? carried[0]!.dimensions.Endpoint!;
  return {
    monitor: { ...monitor, endpoint, modelMonitor: { ...monitor.modelMonitor, metrics, schedule } },
    read: [...new Set(carried.map(({ alarm, name }) => `alarm ${plain(alarm)} on ${plain(name)}`))],
    notes,
  };
}

const isPut = (namespace: string, name: string): boolean => OF_MODEL_MONITOR.exec(namespace)![1] === 'data' && PUT.test(name);
const noteOf = ({ alarm, namespace, name }: AlarmMetric): string =>
  `alarm ${plain(alarm)} on ${plain(namespace)} ${plain(name)}: Assay puts no such metric; alarm on its reports instead`;
