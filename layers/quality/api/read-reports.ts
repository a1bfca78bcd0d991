import type { ReportSummary } from '../contract/api.ts';
import type { Report } from '../contract/report.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import { newestReports, type ReportPlace } from './find-reports.ts';
import type { Bounds } from './query.ts';
import { replacedWindows } from './replaced-windows.ts';
import { type ApiRequest, href } from './request.ts';

/** Reports read at once. */
const TOGETHER = 16;
/** Reports one request reads at most: with a filter on what is in them, a page may end before it is full. */
const MOST_READ = 500;

export interface FoundReport {
  place: ReportPlace;
  report: Report;
}

export interface ReportPage {
  found: FoundReport[];
  /** The place to go on from; null where there is no more. */
  last: string | null;
}

export interface PageRequest {
  bounds: Bounds;
  after: string | null;
  limit: number;
  kind: string | undefined;
  /** Whether reports are there that a later one on the same window replaced. */
  withReplaced?: boolean;
  /** On what only the report itself says. */
  keep?: (report: Report) => boolean;
}

/** A page of reports, newest first; of each window the one that was written last. */
export async function readPage(
  deps: ProcessDependencies,
  monitor: string,
  { bounds, after, limit, kind, withReplaced = false, keep = () => true }: PageRequest,
): Promise<ReportPage> {
  const places = newestReports(deps, monitor, bounds, after);
  const isReplaced = withReplaced ? () => false : await replacedWindows(deps, monitor, after);
  const found: FoundReport[] = [];
  let last = after;
  for (let read = 0; read < MOST_READ; ) {
    // One more than there is room for tells whether there is a next page.
    const batch = await take(places, Math.min(TOGETHER, limit - found.length + 1), kind);
    if (batch.length === 0) return { found, last: null };
    const reports = await Promise.all(batch.map(async (place) => ({ place, report: await readReport(deps, place) })));
    for (const { place, report } of reports) {
      const replaced = report !== null && isReplaced(report);
      if (found.length === limit && !replaced) return { found, last };
      last = place.place;
      if (!replaced && report !== null && keep(report)) found.push({ place, report });
    }
    read += batch.length;
  }
  return { found, last };
}

async function take(places: AsyncGenerator<ReportPlace>, count: number, kind: string | undefined): Promise<ReportPlace[]> {
  const taken: ReportPlace[] = [];
  while (taken.length < count) {
    const { value, done } = await places.next();
    if (done) break;
    if (kind === undefined || value.kind === kind) taken.push(value);
  }
  return taken;
}

/** A report as it was stored; null where it went away meanwhile. */
export async function readReport({ store, dataBucket }: ProcessDependencies, { key }: ReportPlace): Promise<Report | null> {
  const object = await store.get(dataBucket, key);
  return object === null ? null : (JSON.parse(object.body.toString('utf8')) as Report);
}

export const reportHref = (request: ApiRequest, monitor: string, { id, hour }: Pick<ReportPlace, 'id' | 'hour'>): string =>
  `${href(request, 'monitors', monitor, 'reports', id)}?hour=${new Date(hour).toISOString().slice(0, 13)}:00:00Z`;

/** A report in short, as lists show it. */
export const summarise = (request: ApiRequest, monitor: string, { place, report }: FoundReport): ReportSummary => ({
  id: report.id,
  kind: report.kind,
  verdict: report.verdict,
  from: report.subject.from,
  to: report.subject.to,
  rows: report.subject.rows,
  findings: report.findings.length,
  summary: report.summary,
  href: reportHref(request, monitor, place),
});

/** The newest report there is. */
export async function latestReport(deps: ProcessDependencies, monitor: string): Promise<FoundReport | null> {
  const { found } = await readPage(deps, monitor, { bounds: { from: -Infinity, to: Infinity }, after: null, limit: 1, kind: undefined });
  return found[0] ?? null;
}
