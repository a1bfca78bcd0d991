import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACCOUNT, REGION } from '../events.ts';
import { arnOf, describe, RESOURCES } from './descriptions.ts';
import { accessDenied, SageMakerError } from './errors.ts';

const HOST = '127.0.0.1';
const TARGET = 'SageMaker.';
const MOST_BYTES = 1_000_000;

export interface SageMakerOptions {
  /** Folder of the descriptions: `endpoints/NAME.json`, `endpoint-configs/NAME.json`, `models/NAME.json`, `model-packages/GROUP/VERSION.json`, each as the API answers. */
  directory: string;
  /** A free one otherwise. */
  port?: number;
  /** Operations that are refused, as a caller without that permission finds them. */
  denied?: readonly string[];
  account?: string;
  log?: (line: string) => void;
}

export interface SageMakerServer {
  /** What AWS_ENDPOINT_URL_SAGEMAKER takes. */
  readonly url: string;
  close(): Promise<void>;
}

/** A subset of SageMaker's control plane on the loopback interface, over a folder of descriptions. Nothing is created or changed. */
export async function startSageMaker(options: SageMakerOptions): Promise<SageMakerServer> {
  const server = createServer({ keepAliveTimeout: 5000 }, (request, response) => void answer(request, response, options));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: SageMakerOptions): Promise<void> {
  try {
    refuseForeign(request);
    const body = await receive(request);
    reply(response, 200, operate(request, body, options));
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return void response.destroy();
    request.resume();
    const known = error instanceof SageMakerError;
    if (!known) options.log?.(`sagemaker: ${request.headers['x-amz-target']}: ${(error as Error).message}`);
    const { code, status, message } = known ? error : new SageMakerError('InternalFailure', 'We encountered an internal error.', 500);
    reply(response, status, { __type: code, message });
  }
}

function reply(response: ServerResponse, status: number, content: object): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() })
    .end(JSON.stringify(content));
}

/** The operation is in the header X-Amz-Target, as SageMaker.DescribeEndpoint. */
function operate({ method, url, headers }: IncomingMessage, body: string, options: SageMakerOptions): object {
  const { directory, denied = [], account = ACCOUNT } = options;
  const target = headers['x-amz-target'];
  const operation = typeof target === 'string' && target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
  if (method !== 'POST' || url !== '/' || !Object.hasOwn(RESOURCES, operation))
    throw new SageMakerError(
      'UnknownOperationException',
      `${operation || 'no operation'}: not known here; ${Object.keys(RESOURCES).join(', ')} are`,
    );
  const resource = RESOURCES[operation]!;
  const arn = arnOf(resource, parse(body), { region: regionOf(headers.authorization), account });
  if (denied.includes(operation)) throw accessDenied(operation, arn, account);
  return describe(directory, resource, arn);
}

function parse(body: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(body);
    if (json !== null && typeof json === 'object' && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch {}
  throw new SageMakerError('SerializationException', 'the body is no JSON object');
}

/** The region that the request is signed for: `Credential=KEY/DATE/REGION/sagemaker/aws4_request`. Signatures are not checked. */
const regionOf = (authorization: string | undefined): string =>
  /Credential=[^/]*\/\d+\/([\w-]+)\//.exec(authorization ?? '')?.[1] ?? REGION;

/** There are no passwords here: a page in the user's browser must not read it, by a name that resolves to us. */
function refuseForeign({ headers, socket }: IncomingMessage): void {
  const own = [HOST, 'localhost'].map((name) => `${name}:${socket.localPort}`);
  const origin = headers.origin?.replace(/^http:\/\//, '');
  if (!own.includes(headers.host ?? '') || (origin !== undefined && !own.includes(origin)))
    throw new SageMakerError('AccessDeniedException', 'Access Denied', 403);
}

async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  if (bytes > MOST_BYTES) throw new SageMakerError('RequestEntityTooLarge', 'the body is too large', 413);
  return Buffer.concat(chunks).toString('utf8');
}
