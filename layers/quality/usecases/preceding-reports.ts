import { keys } from '../contract/keys.ts';
import type { Report } from '../contract/report.ts';
import { currentReport } from './audit-since.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { storedReport } from './stored-report.ts';

const HOUR = 3_600_000;
/** Hours that are looked back on for an object's predecessors. */
const MOST_HOURS = 48;

/** The reports just before one, newest first, `count` of them: of the windows of its length, or of the objects that begin before it. */
export async function precedingReports(deps: ProcessDependencies, monitor: string, report: Report, count: number): Promise<Report[]> {
  if (count === 0) return [];
  return report.kind === 'window' ? windowsBefore(deps, monitor, report, count) : objectsBefore(deps, monitor, report, count);
}

async function windowsBefore(deps: ProcessDependencies, monitor: string, { subject }: Report, count: number): Promise<Report[]> {
  const [from, to] = [Date.parse(subject.from!), Date.parse(subject.to!)];
  const windows = Array.from({ length: count }, (_, i) => ({ from: from - (i + 1) * (to - from), to: from - i * (to - from) }));
  const reports = await Promise.all(windows.map((window) => currentReport(deps, monitor, window)));
  return reports.filter((report) => report !== null);
}

/** In the order of their first events; equal ones in that of their ids. */
const placeOf = ({ subject, id }: Report): string => `${subject.from ?? ''} ${id}`;

async function objectsBefore(deps: ProcessDependencies, monitor: string, report: Report, count: number): Promise<Report[]> {
  if (report.subject.from === null) return [];
  const found: Report[] = [];
  for (let back = 0; back < MOST_HOURS && found.length < count; back++) {
    const hour = Date.parse(report.subject.from) - back * HOUR;
    const listed = (await deps.store.list(deps.dataBucket, keys.reportsAt(monitor, hour, 'batch'))).filter(({ key }) =>
      key.endsWith('/report.json'),
    );
    const reports = await Promise.all(listed.map(({ key }) => storedReport(deps, key)));
    const before = reports.filter((each) => each !== null).filter((each) => placeOf(each) < placeOf(report));
    found.push(...before.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1)));
  }
  return found.slice(0, count);
}

/** Whether a window is known to follow this one, or an object of a later hour of its day: what this report does not find is then no news. */
export async function isFollowed(
  { store, dataBucket }: ProcessDependencies,
  monitor: string,
  { kind, subject }: Report,
  at: number,
): Promise<boolean> {
  if (kind === 'window') return (await store.list(dataBucket, keys.reportsAt(monitor, Date.parse(subject.to!), kind))).length > 0;
  const day = keys.reportsOn(monitor, at);
  const hourOf = (key: string): string => key.slice(day.length, day.length + 2);
  const own = hourOf(keys.reportsAt(monitor, at, kind));
  return (await store.list(dataBucket, day)).some(({ key }) => hourOf(key) > own && key.includes(`/${kind}-`));
}
