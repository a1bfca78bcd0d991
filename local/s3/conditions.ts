import type { IncomingHttpHeaders } from 'node:http';
import { noSuchKey, notImplemented, preconditionFailed } from './errors.ts';
import type { StoredObject } from './object.ts';

/** Under which an object may be written, read or copied. ETags without quotes. */
export interface Conditions {
  ifMatch?: string;
  ifNoneMatch?: string;
}

/** The conditions of a request: `prefix` is that of the copy's source. */
export function conditionsOf(headers: IncomingHttpHeaders, prefix = ''): Conditions {
  const etag = (name: string) => (headers[prefix + name] as string | undefined)?.trim().replace(/^(?:W\/)?"(.*)"$/, '$1');
  return { ifMatch: etag('if-match'), ifNoneMatch: etag('if-none-match') };
}

/** Throws where the object now at the key forbids the write. */
export function checkWrite(present: StoredObject | undefined, { ifMatch, ifNoneMatch }: Conditions): void {
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw notImplemented('If-None-Match other than * on a write');
  if (ifNoneMatch === '*' && present) throw preconditionFailed();
  if (ifMatch === undefined) return;
  if (!present) throw noSuchKey();
  if (ifMatch !== '*' && ifMatch !== present.etag) throw preconditionFailed();
}

/** What a read is answered with. */
export function checkRead({ etag }: StoredObject, { ifMatch, ifNoneMatch }: Conditions): 'changed' | 'not modified' {
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etag) throw preconditionFailed();
  return ifNoneMatch === '*' || ifNoneMatch === etag ? 'not modified' : 'changed';
}
