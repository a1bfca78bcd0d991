import type { ReportsQuery } from '../../contract/api.ts';
import { keys } from '../../contract/keys.ts';
import { decodeCursor, nextPage } from '../cursor.ts';
import { findReport } from '../find-reports.ts';
import { absent } from '../monitor-files.ts';
import { reportsPage } from '../pages/reports.ts';
import { Problem } from '../problem.ts';
import { boundsOf } from '../query.ts';
import { readPage, summarise } from '../read-reports.ts';
import type { ApiResponse, Call } from '../request.ts';
import { json, jsonText, page, seeOther } from '../respond.ts';

const DEFAULT_LIMIT = 20;
/** What is larger is read from the store itself, for as long. */
const MOST_BYTES = 4 * 1024 * 1024;
const SECONDS = 300;

export async function listReports(call: Call<ReportsQuery>): Promise<ApiResponse> {
  const { deps, request, monitor, query } = call;
  const bounds = boundsOf(query);
  const after = decodeCursor(monitor, query);
  await requireKnown(call);
  const { verdict, limit = DEFAULT_LIMIT, kind, replaced } = query;
  const keep = verdict && { keep: (report: { verdict: string }) => report.verdict === verdict };
  const { found, last } = await readPage(deps, monitor, { bounds, after, limit, kind, withReplaced: replaced === 'true', ...keep });
  const reports = found.map((each) => summarise(request, monitor, each));
  const next = last === null ? null : nextPage(request, monitor, query, last);
  return call.page ? page(reportsPage(request, { monitor, query, reports, next })) : json({ reports, next });
}

/** A report, or the page that was stored with it. */
export async function getReport(call: Call<{ hour?: string }>): Promise<ApiResponse> {
  const { deps, monitor, report: id, query } = call;
  const found = await findReport(deps, monitor, id, query.hour === undefined ? null : Date.parse(query.hour));
  const key = found && (call.page ? found.key.replace(/json$/, 'html') : found.key);
  const object = key && (await deps.store.get(deps.dataBucket, key));
  if (!object) throw new Problem(404, `monitor "${monitor}" has no report "${id}"${query.hour === undefined ? '' : ` of ${query.hour}`}`);
  if (object.body.length > MOST_BYTES) return seeOther(await deps.store.presignGet(deps.dataBucket, key!, SECONDS));
  const text = object.body.toString('utf8');
  return call.page ? page(text) : jsonText(text);
}

/** Reports outlive their monitor: there is something to list where either is. */
export async function requireKnown({ deps: { store, dataBucket }, monitor }: Pick<Call, 'deps' | 'monitor'>): Promise<void> {
  if ((await store.head(dataBucket, keys.monitor(monitor))) !== null) return;
  if ((await store.folders(dataBucket, keys.reports(monitor))).length === 0) throw absent(monitor);
}
