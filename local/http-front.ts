import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ProxyResult, toProxyEvent } from './http-front-event.ts';

const HOST = '127.0.0.1';
/** As API Gateway, and as much as a function is handed in one event. */
const MOST_BYTES = 4_400_000;

export interface HttpFront {
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpFrontOptions {
  /** The function behind it. */
  invoke: (event: unknown) => Promise<unknown>;
  /** A free one otherwise. */
  port?: number;
  log?: (line: string) => void;
}

/** An API Gateway on the loopback interface: requests become proxy events for the function, as on AWS but without signatures. */
export async function startHttpFront({ invoke, port, log }: HttpFrontOptions): Promise<HttpFront> {
  const server = createServer({ keepAliveTimeout: 5000 }, (request, response) => void answer(request, response, { invoke, log }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port ?? 0, HOST, resolve);
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

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { invoke, log }: Pick<HttpFrontOptions, 'invoke' | 'log'>,
): Promise<void> {
  try {
    if (isForeign(request)) return reply(response, 403, 'Forbidden');
    const body = await receive(request);
    if (body === null) return reply(response, 413, 'Request Too Long');
    const requestId = randomUUID();
    const result = (await invoke(toProxyEvent(request, body, requestId))) as ProxyResult;
    const content = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
    const length = result.statusCode === 304 ? {} : { 'content-length': content.length };
    response.writeHead(result.statusCode, { ...result.headers, ...length, 'x-amzn-requestid': requestId }).end(content);
  } catch (error) {
    log?.(`api: ${request.method} ${request.url}: ${(error as Error).message}`);
    if (response.headersSent || request.socket.destroyed) return void response.destroy();
    reply(response, 502, 'Internal server error');
  }
}

/** What API Gateway says by itself. */
function reply(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}

/** There are no signatures here: a page in the user's browser must not reach the API, by a form or by a name that resolves to us. */
function isForeign({ headers, socket }: IncomingMessage): boolean {
  const own = [HOST, 'localhost'].map((name) => `${name}:${socket.localPort}`);
  const origin = headers.origin?.replace(/^http:\/\//, '');
  return !own.includes(headers.host ?? '') || (origin !== undefined && !own.includes(origin));
}

/** The body; null where it is too large. It is read to its end all the same, so that the client hears the answer. */
async function receive(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return bytes > MOST_BYTES ? null : Buffer.concat(chunks);
}
