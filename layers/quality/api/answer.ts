import type { z } from 'zod';
import { API_ROUTES, type ApiRoute, type Operation } from '../contract/api-routes.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import { wantsPage } from './negotiate.ts';
import { describeApi } from './openapi.ts';
import { Problem, problemResponse } from './problem.ts';
import { parseQuery } from './query.ts';
import type { ApiRequest, ApiResponse, Call } from './request.ts';
import { withTag } from './respond.ts';
import { getAudit } from './routes/audit-state.ts';
import { auditWindow } from './routes/audits.ts';
import { checkRecords } from './routes/checks.ts';
import { listFindings, muteFinding } from './routes/findings.ts';
import { addLabels } from './routes/labels.ts';
import { getMonitor, listMonitors, putMonitor } from './routes/monitors.ts';
import { getReport, listReports } from './routes/reports.ts';
import { getSeries } from './routes/series.ts';
import { createUpload } from './routes/uploads.ts';

// biome-ignore lint/suspicious/noExplicitAny: each handler names its own query; the route's schema has made it.
type Handler = (call: Call<any>) => Promise<ApiResponse>;

const HANDLERS: Record<Operation, Handler> = {
  describeApi,
  listMonitors,
  getMonitor,
  putMonitor,
  listReports,
  getReport,
  getSeries,
  checkRecords,
  createUpload,
  auditWindow,
  listFindings,
  muteFinding,
  getAudit,
  addLabels,
};

/** Answers a request. What the client did wrong becomes a problem document; anything unexpected is thrown. */
export async function answerRequest(deps: ProcessDependencies, request: ApiRequest): Promise<ApiResponse> {
  try {
    const { route, ...names } = match(request);
    const query = parseQuery(route.query as z.ZodObject & z.ZodType<Record<string, unknown>>, request.query);
    const page = wantsPage(request.headers.accept, route);
    return withTag(request, await HANDLERS[route.operation]({ deps, request, ...names, query, page }));
  } catch (error) {
    if (error instanceof Problem) return problemResponse(error);
    throw error;
  }
}

/** What stands for a name in a path, as it may be written: anything else is no address of ours. */
const NAMES = {
  '{monitor}': '[a-z0-9-]{1,63}',
  '{report}': '[0-9a-f]{16}',
  '{finding}': '[0-9a-f]{16}',
  '{audit}': '[0-9a-f]{16}',
};
const PATTERNS = API_ROUTES.map((route) => {
  const parts = route.path.split('/').map((part) => {
    const name = NAMES[part as keyof typeof NAMES];
    return name === undefined ? part.replaceAll('.', '\\.') : `(?<${part.slice(1, -1)}>${name})`;
  });
  return { route, pattern: new RegExp(`^${parts.join('/')}$`) };
});

interface Match {
  route: ApiRoute & { operation: Operation };
  monitor: string;
  report: string;
  finding: string;
  audit: string;
}

function match({ path, method }: ApiRequest): Match {
  const here = PATTERNS.filter(({ pattern }) => pattern.test(path));
  if (here.length === 0) throw new Problem(404, 'there is nothing at this address; /v1/openapi.json lists what there is');
  const found = here.find(({ route }) => route.method === method);
  if (found === undefined) {
    const allow = here.map(({ route }) => route.method).join(', ');
    throw new Problem(405, `expected ${allow}`, { headers: { allow } });
  }
  const { monitor = '', report = '', finding = '', audit = '' } = found.pattern.exec(path)!.groups ?? {};
  return { route: found.route, monitor, report, finding, audit };
}
