import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACCOUNT, REGION } from '../events.ts';
import { isForeign, listen, receiveUpTo } from '../loopback.ts';
import { arnOf, describe, RESOURCES } from './descriptions.ts';
import { accessDenied, SageMakerError } from './errors.ts';

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
export const startSageMaker = (options: SageMakerOptions): Promise<SageMakerServer> =>
  listen((request, response) => answer(request, response, options), options.port);

async function answer(request: IncomingMessage, response: ServerResponse, options: SageMakerOptions): Promise<void> {
  try {
    if (isForeign(request)) throw new SageMakerError('AccessDeniedException', 'Access Denied', 403);
    const body = await receiveUpTo(MOST_BYTES, request);
    if (body === null) throw new SageMakerError('RequestEntityTooLarge', 'the body is too large', 413);
    reply(response, 200, operate(request, body.toString('utf8'), options));
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
