import type { MonitorSummary } from '../../contract/api.ts';
import { API_ROUTES } from '../../contract/api-routes.ts';
import { UsageError } from '../../contract/errors.ts';
import { keys } from '../../contract/keys.ts';
import { monitorNames, readMonitor } from '../../usecases/monitors.ts';
import { parseJson, requireBody } from '../body.ts';
import { checkMonitor } from '../check-monitor.ts';
import { absent, baselineId } from '../monitor-files.ts';
import { monitorPage, RECENT } from '../pages/monitor.ts';
import { monitorsPage } from '../pages/monitors.ts';
import { Problem } from '../problem.ts';
import { latestReport, readPage, summarise } from '../read-reports.ts';
import { type ApiResponse, type Call, href } from '../request.ts';
import { etagOf, json, jsonText, namesTag, page } from '../respond.ts';

const ROUTE = API_ROUTES.find(({ operation }) => operation === 'putMonitor')!;
/** Monitors looked at together. */
const TOGETHER = 8;
const ATTEMPTS = 3;

export async function listMonitors(call: Call): Promise<ApiResponse> {
  const names = await monitorNames(call.deps);
  const monitors: MonitorSummary[] = [];
  for (let at = 0; at < names.length; at += TOGETHER)
    monitors.push(...(await Promise.all(names.slice(at, at + TOGETHER).map((name) => summaryOf(call, name)))));
  return call.page ? page(monitorsPage(call.request, monitors)) : json({ monitors });
}

async function summaryOf({ deps, request }: Call, name: string): Promise<MonitorSummary> {
  const [monitor, baseline, latest] = await Promise.all([
    readMonitor(deps, name).catch((error: Error) => {
      if (error instanceof UsageError) return error;
      throw error;
    }),
    baselineId(deps, name),
    latestReport(deps, name),
  ]);
  const broken = monitor instanceof UsageError;
  return {
    monitor: name,
    href: href(request, 'monitors', name),
    endpoint: (!broken && monitor?.endpoint) || null,
    location: (!broken && monitor?.input?.location) || null,
    baseline,
    latest: latest === null ? null : summarise(request, name, latest),
    problem: broken ? monitor.message : null,
  };
}

/** The configuration as it is stored: what PUT takes. */
export async function getMonitor(call: Call): Promise<ApiResponse> {
  const { deps, request, monitor } = call;
  const object = await deps.store.get(deps.dataBucket, keys.monitor(monitor));
  if (object === null) throw absent(monitor);
  const text = object.body.toString('utf8');
  if (!call.page) return jsonText(text);
  const everything = { from: -Infinity, to: Infinity };
  const { found } = await readPage(deps, monitor, { bounds: everything, after: null, limit: RECENT, kind: undefined });
  return page(monitorPage(request, { text, reports: found, baseline: await baselineId(deps, monitor), monitor }));
}

export async function putMonitor({ deps, request, monitor }: Call): Promise<ApiResponse> {
  requireBody(request, ROUTE);
  const configuration = parseJson(request.body);
  checkMonitor(configuration, monitor);
  const text = `${JSON.stringify(configuration, null, 2)}\n`;
  const key = keys.monitor(monitor);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = await deps.store.get(deps.dataBucket, key);
    requireState(request.headers, there === null ? null : etagOf(there.body.toString('utf8')));
    const written =
      there?.body.toString('utf8') === text ||
      (await deps.store.replace(deps.dataBucket, key, Buffer.from(text), 'application/json', there?.etag ?? null));
    if (written && there !== null) return jsonText(text);
    if (written) return jsonText(text, 201, { location: href(request, 'monitors', monitor) });
  }
  throw new Problem(409, `monitor "${monitor}" was changed by others ${ATTEMPTS} times meanwhile; try again`);
}

/** What the client says it has seen has to be what is there. */
function requireState(headers: Record<string, string>, etag: string | null): void {
  const match = headers['if-match'];
  if (match !== undefined && (etag === null || !namesTag(match, etag)))
    throw new Problem(412, etag === null ? 'there is no such monitor yet' : `If-Match: the monitor is another one now, ${etag}`);
  const none = headers['if-none-match'];
  if (none !== undefined && etag !== null && namesTag(none, etag)) throw new Problem(412, 'If-None-Match: the monitor is there already');
}
