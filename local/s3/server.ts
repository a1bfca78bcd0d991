import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { replyXml } from './call.ts';
import { S3Error } from './errors.ts';
import type { StoredObject } from './object.ts';
import { route } from './router.ts';
import { type CreatedListener, Storage } from './storage.ts';
import { Watcher } from './watcher.ts';
import { element } from './xml.ts';

const HOST = '127.0.0.1';
const LONGEST_KEY = 1024;

export interface S3Server {
  readonly url: string;
  /** Every object that is created, by a request or by a file put into a bucket's folder. Returns how to stop listening. */
  onCreated(listener: CreatedListener): () => void;
  createBucket(name: string): void;
  /** All objects under a prefix, in key order. */
  objects(bucket: string, prefix: string): StoredObject[];
  /** Resolves when every file put into a bucket's folder before the call has become an object. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A subset of S3 on the loopback interface over a folder: buckets are folders, keys are paths. */
export async function startS3(options: { directory: string; port?: number }): Promise<S3Server> {
  const storage = new Storage(options.directory);
  const server = createServer(
    { keepAliveTimeout: 60_000, requestTimeout: 0 },
    (request, response) => void answer(storage, request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, HOST, resolve);
  });
  const watcher = new Watcher(storage);
  const watching = watcher.run();
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    onCreated: (listener) => storage.onCreated(listener),
    createBucket: (name) => storage.openBucket(name),
    objects: (bucket, prefix) => storage.bucket(bucket).under(prefix),
    settled: () => watcher.settled(),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, watcher.stop(), watching]);
    },
  };
}

async function answer(storage: Storage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('x-amz-request-id', randomUUID());
  try {
    refuseForeign(request);
    const target = targetOf(request);
    await route(request.method ?? '', target)({ storage, request, response, headers: request.headers, ...target });
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return void response.destroy();
    request.resume();
    const { code, status, message } =
      error instanceof S3Error ? error : new S3Error('InternalError', 500, 'We encountered an internal error.');
    if (status === 500) console.error(`${request.method} ${request.url}:`, error);
    replyXml({ request, response }, status, 'Error', [element('Code', code), element('Message', message)]);
  }
}

/** There are no passwords here: a page in the user's browser must not reach the store, by a form or by a name that resolves to us. */
function refuseForeign({ headers, socket }: IncomingMessage): void {
  const own = [HOST, 'localhost'].map((name) => `${name}:${socket.localPort}`);
  const origin = headers.origin?.replace(/^http:\/\//, '');
  if (!own.includes(headers.host ?? '') || (origin !== undefined && !own.includes(origin)))
    throw new S3Error('AccessDenied', 403, 'Access Denied');
}

/** Path-style addresses only. A key is whatever is left after one decoding: it is never normalised. */
function targetOf({ url = '' }: IncomingMessage): { bucket: string; key: string; query: URLSearchParams } {
  const [, path, query = ''] = /^\/([^?]*)(?:\?(.*))?$/s.exec(url) ?? [];
  if (path === undefined) throw new S3Error('InvalidURI', 400);
  const slash = path.indexOf('/');
  const key = slash < 0 ? '' : decode(path.slice(slash + 1));
  if (Buffer.byteLength(key) > LONGEST_KEY) throw new S3Error('KeyTooLongError', 400, 'Your key is too long.');
  return { bucket: decode(slash < 0 ? path : path.slice(0, slash)), key, query: new URLSearchParams(query) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', 400, "Couldn't parse the specified URI.");
  }
}
