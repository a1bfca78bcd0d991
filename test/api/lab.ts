import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll } from 'vitest';
import { type AnswerRequest, createHandler } from '../../functions/api/api.ts';
import { answerRequest } from '../../layers/quality/api/index.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { processObject } from '../../layers/quality/usecases/process-object.ts';
import { memoryStore } from '../usecases/memory-store.ts';

export const BUCKET = 'data-bucket';
export const HOUR = 3_600_000;
export const START = Date.UTC(2026, 2, 1);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A plain table as CSV: an id, a time, an amount and a colour, `rows` of them in each of some hours. */
export function csv(firstHour: number, hours: number, rows: number, factor = 1): string {
  const lines = ['id,time,amount,colour'];
  for (let hour = firstHour; hour < firstHour + hours; hour++)
    for (let i = 0; i < rows; i++) {
      const seed = Math.imul(hour * 7919 + i + 1, 2654435761) >>> 0;
      const amount = ((seed % 10007) / 10007) * 100 * factor;
      const time = new Date(START + hour * HOUR + (i * HOUR) / rows).toISOString();
      lines.push(`${hour}-${i},${time},${amount.toFixed(3)},${['red', 'green', 'blue'][(seed >>> 8) % 3]}`);
    }
  return `${lines.join('\n')}\n`;
}

export const MONITOR = {
  schema: 'assay.monitor/1',
  monitor: 'plain',
  input: { location: `s3://${BUCKET}/data/` },
  columns: { id: { role: 'id' }, time: { role: 'time' } },
};

export interface Ask {
  headers?: Record<string, string>;
  query?: Record<string, string | string[]>;
  body?: string | Buffer;
  stage?: string;
  /** What the authorizer said of who asks. */
  authorizer?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers of many shapes.
  json: any;
}

/** The deployed handler over a store in memory. */
export function lab({ answer = answerRequest, issuer }: { answer?: AnswerRequest; issuer?: string } = {}) {
  const store = memoryStore();
  const logs: Record<string, unknown>[] = [];
  const scratch = mkdtempSync(join(tmpdir(), 'assay-api-'));
  folders.push(scratch);
  const deps: ProcessDependencies = {
    ...{ store, scratchBytes: 1e9, version: 'test', dataBucket: BUCKET, log: () => {} },
    resources: { scratch, memoryMB: 200, workers: 1 },
  };
  const logger = new Logger({ serviceName: 'test' });
  const keep = (line: string): number => logs.push(JSON.parse(line));
  Object.assign(logger, { console: { info: keep, error: keep, warn: keep, debug: keep } });
  const handler = createHandler(answer, deps, logger, issuer);
  const ask = async (method: string, path: string, given: Ask = {}): Promise<Answer> =>
    toAnswer((await handler(proxyEvent(method, path, given), { awsRequestId: 'request-1' } as Context)) as APIGatewayProxyResult);
  const put = (key: string, body: string): void => void store.objects.set(key, Buffer.from(body));
  const arrive = async (key: string, body: string): Promise<void> => {
    put(key, body);
    await processObject(deps, { bucket: BUCKET, key, size: body.length, time: '2026-03-10T12:00:00Z' });
  };
  return { store, deps, logs, ask, put, arrive, handler };
}

/** A monitor with a baseline of 40 hours and three judged hours: as before, a hundred times larger, and as before. */
export async function withReports() {
  const made = lab();
  made.put('monitors/plain/monitor.json', JSON.stringify(MONITOR));
  await made.arrive('monitors/plain/baseline/input/reference.csv', csv(0, 40, 100));
  for (const [hour, factor] of [
    [100, 1],
    [130, 100],
    [131, 1],
  ] as const)
    await made.arrive(`data/${hour}.csv`, csv(hour, 1, 300, factor));
  return made;
}

export const proxyEvent = (method: string, path: string, { headers = {}, query = {}, body, stage, authorizer }: Ask = {}) => {
  const parameters = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()]));
  return {
    ...{ httpMethod: method, path, headers, multiValueHeaders: null },
    multiValueQueryStringParameters: Object.keys(parameters).length === 0 ? null : parameters,
    queryStringParameters: null,
    requestContext: {
      path: `${stage === undefined ? '' : `/${stage}`}${path}`,
      requestId: 'gateway-1',
      identity: { userArn: 'arn:aws:iam::1:user/a' },
      ...(authorizer && { authorizer }),
    },
    body: body === undefined ? null : Buffer.from(body).toString('base64'),
    isBase64Encoded: body !== undefined,
  };
};

function toAnswer({ statusCode, headers, body, isBase64Encoded }: APIGatewayProxyResult): Answer {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('latin1') : body;
  const type = String(headers?.['content-type'] ?? '');
  const json = type.includes('json') && !isBase64Encoded ? JSON.parse(text) : undefined;
  return { status: statusCode, headers: headers as Record<string, string>, text, json };
}

/** The address of a link, as a request. */
export const followed = (href: string): { path: string; query: Record<string, string> } => {
  const { pathname, searchParams } = new URL(href, 'http://host');
  return { path: pathname, query: Object.fromEntries(searchParams) };
};
