import type { IncomingMessage, ServerResponse } from 'node:http';
import { isForeign, type LoopbackServer, listen } from '../../local/loopback.ts';
import type { Sign } from './signer.ts';

export interface BrowseOptions {
  /** Address of the API, with its stage and a slash at the end. */
  target: URL;
  sign: Sign;
  /** A free one otherwise. */
  port?: number;
  log: (line: string) => void;
}

/** What a browser may say of itself, and what it may hear. */
const ASKED = ['accept', 'accept-language', 'if-none-match'];
const ANSWERED = [
  ...[
    'content-type',
    'content-security-policy',
    'cache-control',
    'etag',
    'vary',
    'referrer-policy',
    'x-content-type-options',
    'retry-after',
  ],
];
const TIMEOUT_MS = 60_000;

/**
 * The API's pages on the loopback interface: every request is signed as whoever runs this. It only reads, only below the API's address, and only for pages of its own:
 * whoever could make it ask anything else would have the user's rights.
 */
export async function startBrowseProxy(options: BrowseOptions): Promise<LoopbackServer & { page: string }> {
  const server = await listen((request, response) => answer(request, response, options), options.port);
  return { ...server, page: `${server.url}${options.target.pathname}v1/monitors` };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: BrowseOptions): Promise<void> {
  try {
    await forward(request, response, options);
  } catch (error) {
    options.log(`${request.method} ${request.url}: ${wordsOf(error as Error)}`);
    if (response.headersSent || request.socket.destroyed) return void response.destroy();
    say(response, 502, `The API cannot be reached: ${wordsOf(error as Error)}`);
  }
}

async function forward(request: IncomingMessage, response: ServerResponse, { target, sign, log }: BrowseOptions): Promise<void> {
  request.resume();
  const { method = '', headers } = request;
  if (isForeign(request) || !['same-origin', 'none', undefined].includes(headers['sec-fetch-site'] as string | undefined))
    return say(response, 403, 'Only pages of this address may ask here.');
  if (method !== 'GET' && method !== 'HEAD')
    return say(response, 405, 'Nothing is changed from here: expected GET.', { allow: 'GET, HEAD' });
  if (request.url === '/') return say(response, 302, '', { location: `${target.pathname}v1/monitors` });
  const url = request.url!.startsWith('/') ? new URL(`${target.origin}${request.url}`) : null;
  if (url?.origin !== target.origin || !url.pathname.startsWith(target.pathname))
    return say(response, 404, `There is nothing here but ${target.pathname}v1/…`);
  url.search = asSigned(url.searchParams);
  const told = Object.fromEntries(ASKED.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
  const { host: _, ...signed } = await sign(url, method);
  const found = await fetch(url, { method, headers: { ...told, ...signed }, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const body = Buffer.from(await found.arrayBuffer());
  if (found.status === 403) log(`${method} ${request.url}: refused: ${body.toString('utf8').slice(0, 300)}`);
  if (found.status === 401) return say(response, 401, `This API asks for a login, not for signatures: open ${url.href} itself.`);
  const heard = Object.fromEntries(ANSWERED.flatMap((name) => (found.headers.has(name) ? [[name, found.headers.get(name)!]] : [])));
  const location = found.headers.get('location');
  if (location !== null) heard.location = location.startsWith(`${target.origin}/`) ? location.slice(target.origin.length) : location;
  response.writeHead(found.status, heard).end(method === 'HEAD' || found.status === 304 ? undefined : body);
}

/** The query as the signature spells it: a space is %20 there, and never +. */
const asSigned = (query: URLSearchParams): string =>
  [...query]
    .map((pair) =>
      pair
        .map((text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`))
        .join('='),
    )
    .join('&');

function say(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers }).end(`${text}\n`);
}

/** What `fetch` hides in a cause. */
const wordsOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);
