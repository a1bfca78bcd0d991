import type { ApiRoute } from '../contract/api-routes.ts';
import { Problem } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** The body's media type, where the route takes it and its size. */
export function requireBody({ headers, body }: ApiRequest, { body: takes }: Pick<ApiRoute, 'body'>): string {
  const { types, mostBytes } = takes!;
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const known = Object.keys(types);
  if (!known.includes(type)) {
    const found = type === '' ? 'none' : JSON.stringify(type.slice(0, 100));
    throw new Problem(415, `expected a Content-Type of ${known.join(', ')}; found ${found}`, {
      headers: { accept: known.join(', ') },
    });
  }
  const coding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding !== 'identity')
    throw new Problem(415, `expected a body without Content-Encoding; found ${JSON.stringify(coding.slice(0, 100))}`);
  if (body.length > mostBytes) throw new Problem(413, `expected at most ${mostBytes} bytes; found ${body.length}`);
  if (body.length === 0) throw new Problem(400, 'expected a body; found none');
  return type;
}

/** Reasons never repeat content: it may be data of people. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    const place = /position \d+(?: \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    const detail = `expected JSON${place === undefined ? '; the body is none' : `; it breaks at ${place}`}`;
    throw new Problem(400, detail, { errors: [{ pointer: '#', detail }] });
  }
}
