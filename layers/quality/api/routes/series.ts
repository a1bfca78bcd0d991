import type { SeriesPoint, SeriesQuery } from '../../contract/api.ts';
import { nearest } from '../../contract/nearest.ts';
import type { Report } from '../../contract/report.ts';
import { COLUMN_METRICS } from '../../metrics/registry.ts';
import { TABLE_METRIC_NAMES } from '../../metrics/table-metrics.ts';
import { ACCURACY_METRICS, FAIRNESS_METRICS } from '../../usecases/outcome-metrics.ts';
import { decodeCursor, nextPage } from '../cursor.ts';
import { boundsOf, wrong } from '../query.ts';
import { type FoundReport, readPage, reportHref } from '../read-reports.ts';
import type { ApiRequest, ApiResponse, Call } from '../request.ts';
import { json } from '../respond.ts';
import { requireKnown } from './reports.ts';

const DEFAULT_LIMIT = 100;
const METRICS = [...new Set([...TABLE_METRIC_NAMES, ...COLUMN_METRICS.map(({ name }) => name), ...ACCURACY_METRICS, ...FAIRNESS_METRICS])];

/** One metric over time: a point for each report that has it. Groups and segments are left to the reports. */
export async function getSeries(call: Call<SeriesQuery>): Promise<ApiResponse> {
  const { deps, request, monitor, query } = call;
  const { metric, column = null, kind, limit = DEFAULT_LIMIT } = query;
  if (!METRICS.includes(metric)) {
    const near = nearest(metric, METRICS);
    throw wrong('metric', `there is no metric of that name${near === null ? '' : `; did you mean "${near}"?`}`);
  }
  const bounds = boundsOf(query);
  const after = decodeCursor(monitor, query);
  await requireKnown(call);
  const keep = (report: Report): boolean => report.metrics.some((row) => isOf(row, metric, column));
  const { found, last } = await readPage(deps, monitor, { bounds, after, limit, kind, keep });
  const points = found.reverse().flatMap((each) => pointsOf(request, monitor, each, { metric, column }));
  return json({ metric, column, points, next: last === null ? null : nextPage(request, monitor, query, last) });
}

const isOf = (row: Report['metrics'][number], metric: string, column: string | null): boolean =>
  row.metric === metric && row.column === column && row.segment === null && row.facet === null;

function pointsOf(
  request: ApiRequest,
  monitor: string,
  { place, report }: FoundReport,
  { metric, column }: { metric: string; column: string | null },
): SeriesPoint[] {
  return report.metrics.flatMap((row, index) => {
    if (!isOf(row, metric, column)) return [];
    const { parameters, value, interval, rows, reason } = row;
    const verdict = report.checks.find((check) => check.metric === index)?.verdict ?? null;
    const { from, to } = report.subject;
    const address = reportHref(request, monitor, place);
    return [{ report: report.id, kind: report.kind, from, to, parameters, value, interval, rows, reason, verdict, href: address }];
  });
}
