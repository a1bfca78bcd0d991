import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { API_ROUTES } from '../../contract/api-routes.ts';
import { UsageError } from '../../contract/errors.ts';
import { keys } from '../../contract/keys.ts';
import type { Monitor } from '../../contract/monitor.ts';
import { ANY_ROAD } from '../../dataset/labels/label-rows.ts';
import { type ReadLabels, readLabels } from '../../dataset/labels/read-labels.ts';
import { labelNames } from '../../dataset/labels/table-columns.ts';
import { Database } from '../../engine/database.ts';
import { columnOfRole } from '../../usecases/column-of-role.ts';
import type { ProcessDependencies } from '../../usecases/dependencies.ts';
import { currentBaseline } from '../../usecases/renew-baseline.ts';
import { parseJson, requireBody } from '../body.ts';
import { requireMonitor } from '../monitor-files.ts';
import { Problem } from '../problem.ts';
import type { ApiResponse, Call } from '../request.ts';
import { json } from '../respond.ts';
import { requireRecords } from '../table-body.ts';
import { kindOf, requireShape } from '../table-shape.ts';

const ROUTE = API_ROUTES.find(({ operation }) => operation === 'addLabels')!;
const EXTENSIONS: Record<string, string> = { 'application/json': 'json', 'text/csv': 'csv' };

/** Keeps labels where the monitor's audits look for them, under a key made from their content. */
export async function addLabels({ deps, request, monitor: name }: Call): Promise<ApiResponse> {
  const { store, dataBucket } = deps;
  const type = requireBody(request, ROUTE);
  const { body } = request;
  if (type === 'application/json') requireRecords(parseJson(body));
  requireShape(body, kindOf(body));
  const monitor = await requireMonitor(deps, name);
  requireLocation(monitor, `s3://${dataBucket}/${keys.labels(name)}`);
  const read = await readBody(deps, monitor, body);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const key = keys.labelsObject(name, hash, EXTENSIONS[type] ?? 'jsonl');
  const there = (await store.head(dataBucket, key)) !== null;
  await store.create(dataBucket, key, body, type);
  const rejectedLines = read.rejectedLines.slice(0, 100).map(({ line, reason }) => ({ line, reason }));
  return json({ object: `s3://${dataBucket}/${key}`, labels: read.labels, rejected: read.rejected, rejectedLines }, there ? 200 : 201);
}

/** Labels that no audit would read are refused, not kept. */
function requireLocation({ monitor, labels }: Monitor, own: string): void {
  if (labels === undefined) throw new Problem(409, `monitor "${monitor}" has no labels.location: set it to ${own} for labels to be joined`);
  if (!own.startsWith(labels.location))
    throw new Problem(
      409,
      `monitor "${monitor}" takes its labels from ${labels.location}, not from ${own}: put them there, or change labels.location`,
    );
}

/** What the labels come to by themselves, as an audit will read them; whether their ids are known is told by the audit. */
async function readBody(deps: ProcessDependencies, monitor: Monitor, body: Buffer): Promise<ReadLabels> {
  const { scratch: outer, memoryMB } = deps.resources;
  await mkdir(outer, { recursive: true });
  const folder = await mkdtemp(join(outer, 'labels-'));
  const path = join(folder, 'body');
  const database = await Database.open({ scratch: folder, memoryMB, threads: 1, allowed: [folder] });
  try {
    await writeFile(path, body);
    const names = await namesOf(deps, monitor);
    const read = await readLabels(database, [{ uri: 'request body', path }], { folder, names, query: undefined });
    if (read.labels === 0) throw new Problem(400, `there is no label in it: ${read.rejectedLines[0]?.reason ?? 'no line has one'}`);
    return read;
  } catch (error) {
    if (error instanceof UsageError) throw new Problem(400, error.message);
    throw error;
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function namesOf(deps: ProcessDependencies, monitor: Monitor) {
  const baseline = await currentBaseline(deps, monitor.monitor);
  const id = columnOfRole('id', monitor, baseline);
  return { keys: id === undefined ? [] : [id], idRoad: ANY_ROAD, label: labelNames(columnOfRole('label', monitor, baseline) ?? 'label') };
}
