import { auditRequestSchema } from '../../contract/api.ts';
import { API_ROUTES } from '../../contract/api-routes.ts';
import { UsageError } from '../../contract/errors.ts';
import { keys } from '../../contract/keys.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { auditOne } from '../../usecases/audit-due.ts';
import { parseJson, requireBody } from '../body.ts';
import { placeOf } from '../find-reports.ts';
import { requireMonitor } from '../monitor-files.ts';
import { atPointer, Problem, pointerTo } from '../problem.ts';
import { reportHref } from '../read-reports.ts';
import type { ApiResponse, Call } from '../request.ts';
import { json } from '../respond.ts';
import { isLarge, startAudit } from '../start-audit.ts';

const ROUTE = API_ROUTES.find(({ operation }) => operation === 'auditWindow')!;
const HOUR = 3_600_000;
/** Somebody waits for the answer: longer windows are the state machine's, or the command line's. */
const MOST_HOURS = 31 * 24;
const MOST_HOURS_ELSEWHERE = 366 * 24;

/** Judges a window from what is stored. The same window of the same objects and labels is the same report again. What takes longer is started, where it can be. */
export async function auditWindow({ deps, request, monitor }: Call): Promise<ApiResponse> {
  requireBody(request, ROUTE);
  const { backfill, ...window } = parseRequest(parseJson(request.body), deps.executions !== undefined);
  const configured = await requireMonitor(deps, monitor);
  try {
    if (backfill !== undefined || (deps.executions !== undefined && (await isLarge(deps, monitor, window))))
      return await startAudit(deps, request, configured, { window, source: backfill ?? null });
    const { from, to, verdict, report } = await auditOne(deps, monitor, window);
    const place = placeOf(keys.reports(monitor), report)!;
    const address = reportHref(request, monitor, place);
    return json({ monitor, from, to, verdict: verdict as Verdict, id: place.id, href: address }, 201, { location: address });
  } catch (error) {
    if (error instanceof UsageError) throw new Problem(400, error.message);
    throw error;
  }
}

function parseRequest(body: unknown, elsewhere: boolean): { from: number; to: number; backfill?: string } {
  const parsed = auditRequestSchema.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ pointer: pointerTo([key]), detail: 'unknown key; there are from, to and backfill' }))
        : [{ pointer: pointerTo(issue.path), detail: issue.message }],
    );
    throw new Problem(400, 'expected {"from": "…", "to": "…"} with times as 2026-07-01T13:00:00Z', { errors });
  }
  const [from, to] = [Date.parse(parsed.data.from), Date.parse(parsed.data.to)];
  for (const [name, time] of Object.entries({ from, to }))
    if (time % HOUR !== 0) throw atPointer([name], 'expected a whole hour: profiles are kept by hour');
  if (to <= from) throw atPointer(['to'], 'expected a time after from');
  const most = elsewhere ? MOST_HOURS_ELSEWHERE : MOST_HOURS;
  if (to - from > most * HOUR)
    throw atPointer(['to'], `expected a window of at most ${most / 24} days here${elsewhere ? '' : '; assay audit takes longer ones'}`);
  return { from, to, ...(parsed.data.backfill !== undefined && { backfill: parsed.data.backfill }) };
}
