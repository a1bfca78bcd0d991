import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataReferenceSchema } from '../../contract/api.ts';
import { API_ROUTES } from '../../contract/api-routes.ts';
import { UsageError } from '../../contract/errors.ts';
import type { InputFormat, Monitor } from '../../contract/monitor.ts';
import { openDataset } from '../../dataset/open-dataset.ts';
import { Database } from '../../engine/database.ts';
import { renderHtml, renderJson } from '../../report/index.ts';
import { checkBatch } from '../../usecases/check-batch.ts';
import type { ProcessDependencies } from '../../usecases/dependencies.ts';
import { judgeOptionsOf } from '../../usecases/monitors.ts';
import { currentBaseline } from '../../usecases/renew-baseline.ts';
import { parseJson, requireBody } from '../body.ts';
import { downloadData } from '../data-reference.ts';
import { requireMonitor } from '../monitor-files.ts';
import { atPointer, Problem } from '../problem.ts';
import type { ApiResponse, Call } from '../request.ts';
import { jsonText, page } from '../respond.ts';
import { requireRecords } from '../table-body.ts';
import { requireColumns, requireShape, type TableKind } from '../table-shape.ts';

const ROUTE = API_ROUTES.find(({ operation }) => operation === 'checkRecords')!;
/** What a report calls records that came in a request. */
const IN_BODY = 'request body';
const KINDS: Record<string, TableKind> = { 'application/json': 'json', 'text/csv': 'csv' };

interface ToCheck {
  uri: string;
  path: string;
  format?: InputFormat;
}

/** Judges what it is given against the baseline in force. Everything is judged, also where the monitor reports on windows; nothing is stored. */
export async function checkRecords({ deps, request, monitor: name, page: wantsPage }: Call): Promise<ApiResponse> {
  const type = requireBody(request, ROUTE);
  const monitor = await requireMonitor(deps, name);
  await mkdir(deps.resources.scratch, { recursive: true });
  const scratch = await mkdtemp(join(deps.resources.scratch, 'check-'));
  try {
    const given = await toCheck(deps, monitor, { type, body: request.body, path: join(scratch, 'data') });
    const report = await judge({ ...deps, resources: { ...deps.resources, scratch } }, monitor, given);
    return wantsPage ? page(renderHtml(report)) : jsonText(renderJson(report));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function toCheck(
  deps: ProcessDependencies,
  monitor: Monitor,
  { type, body, path }: { type: string; body: Buffer; path: string },
): Promise<ToCheck> {
  if (type === 'application/json') {
    const value = parseJson(body);
    const reference = dataReferenceSchema.safeParse(value);
    if (reference.success) {
      const uri = reference.data.data;
      await downloadData(deps, monitor, uri, path);
      return { uri, path, ...(monitor.input?.format && { format: monitor.input.format }) };
    }
    requireRecords(value, ' or {"data": "s3://…"}');
  }
  requireShape(body, KINDS[type] ?? 'jsonlines');
  await writeFile(path, body);
  return { uri: IN_BODY, path, format: type === 'text/csv' ? 'csv' : 'jsonlines' };
}

async function judge(deps: ProcessDependencies, monitor: Monitor, { uri, path, format }: ToCheck) {
  const baseline = await currentBaseline(deps, monitor.monitor);
  const { scratch, memoryMB } = deps.resources;
  const database = await Database.open({ scratch, memoryMB, threads: 1, allowed: [scratch] });
  try {
    const dataset = await openDataset(database, [{ uri, path }], {
      scratch,
      ...(format && { format }),
      ...(monitor.input && { input: monitor.input }),
    });
    const { error } = dataset.files[0]!;
    if (error !== undefined && uri === IN_BODY) throw new Problem(400, `the records cannot be read: ${error}`);
    if (error !== undefined) throw atPointer(['data'], `the object cannot be read: ${error}`);
    requireColumns(dataset.columns.length);
    const checked = await checkBatch(database, dataset, baseline, deps.resources, judgeOptionsOf(monitor, deps.version));
    return checked.report;
  } catch (error) {
    // What the monitor asks of columns the records do not have, and the like.
    if (error instanceof UsageError) throw new Problem(400, error.message);
    throw error;
  } finally {
    database.close();
  }
}
