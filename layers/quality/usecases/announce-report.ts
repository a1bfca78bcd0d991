import type { ReportMeasures } from '../alerts/notifier.ts';
import { failedChecks, reportEvent } from '../alerts/report-event.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { Report } from '../contract/report.ts';
import { alertPeople } from './alert-people.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { judgedBefore } from './judged-before.ts';
import { reportsOn } from './monitors.ts';

export interface WrittenReport {
  monitor: Monitor;
  report: Report;
  /** Key of report.json in the data bucket. */
  key: string;
  /** When it begins, milliseconds since the epoch. */
  at: number;
  /** When its one object arrived, ISO; absent for windows. */
  arrived?: string;
  /** Whether it is about reference data: people are told of it also where the monitor reports on windows. */
  isReference?: boolean;
}

/**
 * Tells people and programs of a report that was written, once: a mark beside the report says so afterwards. Between the two something may crash, and whoever
 * then comes again tells it again: twice is better than never. Without a notifier nobody is told, and nothing is marked.
 */
export async function announceReport(deps: ProcessDependencies, written: WrittenReport): Promise<void> {
  const { store, dataBucket, notifier } = deps;
  if (notifier === undefined) return;
  const { monitor, report, key } = written;
  const mark = keys.announced(key.slice(0, key.lastIndexOf('/') + 1));
  if ((await store.head(dataBucket, mark)) !== null) return;
  // An object that was judged before is not judged again where the configuration changed: there is no such report, but the one before.
  if ((await store.head(dataBucket, key)) === null) {
    const before = await judgedBefore(deps, written);
    return before === null ? undefined : announceReport(deps, { ...written, ...before });
  }
  if (report.kind === 'window' || written.isReference || reportsOn(monitor) === 'object') await alertPeople(deps, notifier, written);
  await notifier.event(reportEvent(report, monitor.monitor, `s3://${dataBucket}/${key}`));
  notifier.measure(measuresOf(written));
  await store.create(dataBucket, mark, Buffer.from(`${JSON.stringify({ report: report.id })}\n`), 'application/json');
}

function measuresOf({ monitor, report, arrived }: WrittenReport): ReportMeasures {
  const { kind, verdict, checks, subject } = report;
  const newest = kind === 'window' || subject.to === null ? null : new Date(subject.to);
  return {
    ...{ monitor: monitor.monitor, kind, verdict, failedChecks: failedChecks(checks) },
    ...{ objects: subject.objects.length, rows: subject.rows, newest },
    arrived: arrived === undefined ? null : new Date(arrived),
  };
}
