import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RefusedError } from './errors.ts';
import { putEvents } from './event-bridge.ts';
import type { Outbox } from './outbox.ts';
import { publish, refusal } from './sns.ts';

const HOST = '127.0.0.1';
const MOST_BYTES = 1_000_000;
const PUT_EVENTS = 'AWSEvents.PutEvents';

export interface OutboxServer {
  /** What AWS_ENDPOINT_URL_SNS and AWS_ENDPOINT_URL_EVENTBRIDGE take. */
  readonly url: string;
  close(): Promise<void>;
}

/** As much of SNS and EventBridge on the loopback interface as sends something: all of it ends in the outbox. */
export async function startOutbox(outbox: Outbox, log?: (line: string) => void): Promise<OutboxServer> {
  const server = createServer({ keepAliveTimeout: 5000 }, (request, response) => void answer(request, response, outbox, log));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, HOST, resolve);
  });
  // It is there for the functions: by itself it keeps no process alive.
  server.unref();
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, outbox: Outbox, log?: (line: string) => void): Promise<void> {
  const isEvent = request.headers['x-amz-target'] === PUT_EVENTS;
  const type = isEvent ? 'application/x-amz-json-1.1' : 'text/xml';
  const reply = (status: number, content: string) =>
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': randomUUID() }).end(content);
  try {
    if (isForeign(request)) throw new RefusedError('AccessDenied', 'Access Denied');
    const body = await receive(request);
    reply(200, isEvent ? JSON.stringify(putEvents(outbox, body)) : publish(outbox, body));
  } catch (error) {
    if (request.socket.destroyed) return;
    request.resume();
    const known = error instanceof RefusedError ? error : new RefusedError('InvalidParameter', (error as Error).message);
    log?.(`outbox: ${known.code}: ${known.message}`);
    reply(400, isEvent ? JSON.stringify({ __type: known.code, message: known.message }) : refusal(known));
  }
}

/** There are no passwords here: a page in the user's browser must not write to it, by a form or by a name that resolves to us. */
const isForeign = ({ headers, socket }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers.host !== `${HOST}:${socket.localPort}`;

async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  if (bytes > MOST_BYTES) throw new RefusedError('RequestEntityTooLarge', 'the body is too large');
  return Buffer.concat(chunks).toString('utf8');
}
