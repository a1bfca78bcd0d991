import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}
export type Answer = (request: Seen, response: ServerResponse) => void;

/** An S3 that answers as it is told, one answer a request, so that the real client meets what S3 does under load. */
export const startFakeS3 = async () => {
  const answers: Answer[] = [];
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url!, 'http://localhost');
    seen.push({
      method: request.method!,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks),
    });
    (answers.shift() ?? status(500))(seen.at(-1)!, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    maxAttempts: 3,
  });
  const stop = () => {
    client.destroy();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { client, seen, stop, will: (...next: Answer[]) => answers.push(...next) };
};

export const ok =
  (headers: Record<string, string> = {}, body: string | Buffer = ''): Answer =>
  (_, response) =>
    response
      .writeHead(200, {
        etag: '"e1"',
        'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT',
        'content-length': Buffer.byteLength(body),
        ...headers,
      })
      .end(body);

export const status =
  (code: number, name = 'Error'): Answer =>
  ({ method }, response) =>
    response
      .writeHead(code, { 'content-type': 'application/xml' })
      .end(method === 'HEAD' ? '' : `<?xml version="1.0"?><Error><Code>${name}</Code><Message>m</Message></Error>`);

/** Promises more than it sends, and hangs up. */
export const brokenOff: Answer = (_, response) => {
  response.writeHead(200, { etag: '"e1"', 'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT', 'content-length': 100 });
  response.write('some');
  setTimeout(() => response.destroy(), 20);
};
