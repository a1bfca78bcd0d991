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

const ROUTE = API_ROUTES.find(({ operation }) => operation === 'auditWindow')!;
const HOUR = 3_600_000;
/** Somebody waits for the answer: longer windows are the schedule's, or the command line's. */
const MOST_HOURS = 31 * 24;

/** Judges a window from what is stored. The same window of the same objects and labels is the same report again. */
export async function auditWindow({ deps, request, monitor }: Call): Promise<ApiResponse> {
  requireBody(request, ROUTE);
  const window = parseWindow(parseJson(request.body));
  await requireMonitor(deps, monitor);
  try {
    const { from, to, verdict, report } = await auditOne(deps, monitor, window);
    const place = placeOf(keys.reports(monitor), report)!;
    const address = reportHref(request, monitor, place);
    return json({ monitor, from, to, verdict: verdict as Verdict, id: place.id, href: address }, 201, { location: address });
  } catch (error) {
    if (error instanceof UsageError) throw new Problem(400, error.message);
    throw error;
  }
}

function parseWindow(body: unknown): { from: number; to: number } {
  const parsed = auditRequestSchema.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ pointer: pointerTo([key]), detail: 'unknown key; there are from and to' }))
        : [{ pointer: pointerTo(issue.path), detail: issue.message }],
    );
    throw new Problem(400, 'expected {"from": "…", "to": "…"} with times as 2026-07-01T13:00:00Z', { errors });
  }
  const [from, to] = [Date.parse(parsed.data.from), Date.parse(parsed.data.to)];
  for (const [name, time] of Object.entries({ from, to }))
    if (time % HOUR !== 0) throw atPointer([name], 'expected a whole hour: profiles are kept by hour');
  if (to <= from) throw atPointer(['to'], 'expected a time after from');
  if (to - from > MOST_HOURS * HOUR)
    throw atPointer(['to'], `expected a window of at most ${MOST_HOURS / 24} days here; assay audit takes longer ones`);
  return { from, to };
}
