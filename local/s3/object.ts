import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { extname } from 'node:path';

/** What is known of one object; its body is a file. */
export interface StoredObject {
  key: string;
  size: number;
  /** Without quotes. */
  etag: string;
  /** Milliseconds, in whole seconds as in S3's headers. */
  modified: number;
  /** Headers to send back: content-type, content-encoding …, x-amz-meta-*. */
  headers: Record<string, string>;
  /** By header name: x-amz-checksum-crc32 and the like. */
  checksums: Record<string, string>;
  /** True: the body lies under its key in the bucket's folder. False: in the side folder, because the key is no safe or free path. */
  plain: boolean;
  /** The file's time of change as we left it: another one means that somebody changed it by hand. */
  mtimeMs: number;
}

/** What a caller says of an object about to be stored. */
export type Description = Pick<StoredObject, 'size' | 'etag' | 'headers' | 'checksums'>;

const KEPT = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];
const TYPES: Record<string, string> = {
  '.csv': 'text/csv',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.jsonl': 'application/jsonlines',
  '.txt': 'text/plain',
};

export const contentTypeOf = (key: string): string => TYPES[extname(key).toLowerCase()] ?? 'application/octet-stream';

/** The headers of a PUT that are kept with the object. */
export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'application/octet-stream' };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && (KEPT.includes(name) || name.startsWith('x-amz-meta-'))) kept[name] = String(value);
  }
  const codings = (headers['content-encoding'] ?? '').split(',').map((coding) => coding.trim());
  const real = codings.filter((coding) => coding !== '' && coding !== 'aws-chunked').join(',');
  return real ? { ...kept, 'content-encoding': real } : kept;
}

export function saveObject(path: string, temporary: string, object: StoredObject): void {
  writeFileSync(temporary, JSON.stringify(object));
  renameSync(temporary, path);
}

/** Null where the file is not (or no longer) a whole description. */
export function loadObject(path: string): StoredObject | null {
  try {
    const object = JSON.parse(readFileSync(path, 'utf8'));
    return typeof object?.key === 'string' && (!object.plain || isInside(object.key)) ? object : null;
  } catch {
    return null;
  }
}

/** No segment leads elsewhere. */
const isInside = (key: string): boolean => !key.includes('\0') && !key.split('/').some((segment) => ['', '.', '..'].includes(segment));
