import type { IncomingMessage } from 'node:http';
import { ACCOUNT } from './events.ts';

/** What the function answers, as API Gateway takes it. */
export interface ProxyResult {
  statusCode: number;
  headers?: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
}

const STAGE = 'local';

/** A request as API Gateway's REST API hands it to a function: as much of it as there is here. Binary media types are all types. */
export function toProxyEvent({ method, url = '/', rawHeaders, socket }: IncomingMessage, body: Buffer, requestId: string) {
  const [path, query = ''] = splitOnce(url, '?');
  const headers = grouped(pairs(rawHeaders));
  const parameters = grouped([...new URLSearchParams(query)]);
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method ?? 'GET',
    headers: lastOfEach(headers),
    multiValueHeaders: headers,
    queryStringParameters: query === '' ? null : lastOfEach(parameters),
    multiValueQueryStringParameters: query === '' ? null : parameters,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'local',
      httpMethod: method,
      path,
      protocol: 'HTTP/1.1',
      requestId,
      stage: STAGE,
      identity: { sourceIp: socket.remoteAddress ?? '127.0.0.1', userArn: null, userAgent: headers['User-Agent']?.[0] ?? null },
    },
    body: body.length === 0 ? null : body.toString('base64'),
    isBase64Encoded: body.length > 0,
  };
}

const splitOnce = (text: string, at: string): [string, string?] => {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
};

const pairs = (flat: string[]): [string, string][] => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);

function grouped(entries: [string, string][]): Record<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of entries) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
}

const lastOfEach = (all: Record<string, string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1)!]));
