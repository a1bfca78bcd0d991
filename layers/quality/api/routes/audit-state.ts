import type { AuditState } from '../../contract/api.ts';
import { keys } from '../../contract/keys.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { AuditOutcome } from '../../usecases/audit-due.ts';
import { describeBackfill } from '../../usecases/backfill.ts';
import { placeOf } from '../find-reports.ts';
import { Problem } from '../problem.ts';
import { reportHref } from '../read-reports.ts';
import type { ApiRequest, ApiResponse, Call } from '../request.ts';
import { json } from '../respond.ts';

/** How far an audit is that was answered with 202. */
export async function getAudit({ deps, request, monitor, audit: id }: Call): Promise<ApiResponse> {
  const found = deps.executions === undefined ? null : await describeBackfill(deps, deps.executions, monitor, id);
  if (found === null) throw new Problem(404, `monitor "${monitor}" has no audit ${id}; those that were answered with 201 are reports`);
  const { status, started, ended, source, windows, audits, objects, reason } = found;
  const [window] = windows;
  const state: AuditState = {
    ...{ monitor, id, status, started, ended, from: window!.from, to: window!.to, backfill: source },
    ...{ report: audits.length === 0 ? null : reportOf(request, audits[0]!), objects, reason },
  };
  return json(state);
}

function reportOf(request: ApiRequest, { monitor, from, to, verdict, report }: AuditOutcome): NonNullable<AuditState['report']> {
  const place = placeOf(keys.reports(monitor), report)!;
  return { monitor, from, to, verdict: verdict as Verdict, id: place.id, href: reportHref(request, monitor, place) };
}
