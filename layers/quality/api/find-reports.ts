import { keys } from '../contract/keys.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import type { Bounds } from './query.ts';

/** Where a report is: `2026/07/01/13/batch-<id>` under the monitor's prefix. Places sort as their hours do. */
export interface ReportPlace {
  place: string;
  /** The hour it begins in, milliseconds since the epoch. */
  hour: number;
  kind: string;
  id: string;
  /** Key of report.json. */
  key: string;
}

const HOUR = 3_600_000;
export const PLACE = /^(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\/(batch|window|release|probe)-([0-9a-f]{16})$/;
const FILE = '/report.json';

export function placeOf(root: string, key: string): ReportPlace | null {
  if (!key.startsWith(root) || !key.endsWith(FILE)) return null;
  const place = key.slice(root.length, -FILE.length);
  const found = PLACE.exec(place);
  if (found === null) return null;
  const [, , , , , kind, id] = found;
  return { place, hour: hourOf(place), kind: kind!, id: id!, key };
}

/** The hour of a place, milliseconds since the epoch. */
export function hourOf(place: string): number {
  const [year, month, day, hour] = place.split('/').map(Number) as [number, number, number, number];
  return Date.UTC(year, month - 1, day, hour);
}

/**
 * Reports that begin in [from, to), to the hour, newest first, of an hour those that were written last, after a place: a day is listed when it is come to, and
 * no sooner.
 */
export async function* newestReports(
  { store, dataBucket }: ProcessDependencies,
  monitor: string,
  { from, to }: Bounds,
  after: string | null = null,
): AsyncGenerator<ReportPlace> {
  const root = keys.reports(monitor);
  const wanted = ({ hour }: ReportPlace): boolean => hour + HOUR > from && hour < to;
  const within = (folder: string): boolean => {
    const [start, end] = spanOf(folder);
    return end > from && start < to && (after === null || folder <= after.slice(0, folder.length));
  };
  async function* days(folder: string, depth: number): AsyncGenerator<string> {
    if (depth === 0) return void (yield folder);
    const names = (await store.folders(dataBucket, `${root}${folder}`)).filter((name) => /^\d+$/.test(name)).reverse();
    for (const name of names) if (within(`${folder}${name}`)) yield* days(`${folder}${name}/`, depth - 1);
  }
  for await (const day of days('', 3)) {
    const listed = await store.list(dataBucket, `${root}${day}`);
    const written = new Map(listed.map(({ key, lastModified }) => [key, lastModified.getTime()]));
    const at = ({ key }: ReportPlace): number => written.get(key)!;
    const places = listed.flatMap(({ key }) => placeOf(root, key) ?? []);
    places.sort((a, b) => b.hour - a.hour || at(b) - at(a) || (a.place < b.place ? 1 : -1));
    yield* behind(places, after).filter(wanted);
  }
}

/** Those after a place; where that is gone, those of hours before it. */
function behind(places: ReportPlace[], after: string | null): ReportPlace[] {
  if (after === null) return places;
  const at = places.findIndex(({ place }) => place === after);
  return at < 0 ? places.filter(({ place }) => place < after) : places.slice(at + 1);
}

/** What a folder `2026`, `2026/07` or `2026/07/01` spans. */
function spanOf(folder: string): [number, number] {
  const [year, month, day] = folder.split('/').map(Number) as [number, number?, number?];
  const at = (y: number, m: number, d: number): number => Date.UTC(y, m - 1, d);
  if (day !== undefined) return [at(year, month!, day), at(year, month!, day + 1)];
  if (month !== undefined) return [at(year, month, 1), at(year, month + 1, 1)];
  return [at(year, 1, 1), at(year + 1, 1, 1)];
}

/** The newest place of a report by its id: at its hour if that is said, else wherever it is. */
export async function findReport(
  { store, dataBucket }: ProcessDependencies,
  monitor: string,
  id: string,
  hour: number | null,
): Promise<ReportPlace | null> {
  const root = keys.reports(monitor);
  const prefix = hour === null ? root : keys.report(monitor, hour, '', '').replace(/-\/$/, '');
  const found = (await store.list(dataBucket, prefix)).flatMap(({ key }) => placeOf(root, key) ?? []);
  return found.filter((place) => place.id === id).at(-1) ?? null;
}
