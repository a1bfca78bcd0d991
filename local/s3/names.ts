import { createHash } from 'node:crypto';

/** Side folder of everything that is not an object to look at: metadata, bodies with unsafe keys, unfinished uploads. */
export const SIDE_FOLDER = '.assay-s3';

const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

export const isBucketName = (name: string): boolean => /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name);

/** A file name every file system takes as it stands, and that is not hidden. */
const isSafeSegment = (segment: string): boolean =>
  segment !== '' &&
  Buffer.byteLength(segment) <= 200 &&
  !/[\p{Cc}\p{Cs}<>:"\\|?*]/u.test(segment) &&
  !/^[. ]|[. ]$/.test(segment) &&
  !RESERVED.test(segment);

/** True where the key can be the path of a file below its bucket's folder: no `..`, no empty or hidden segment, nothing absolute. */
export const isPlainKey = (key: string): boolean => Buffer.byteLength(key) <= 700 && key.split('/').every(isSafeSegment);

/** One flat file name for any key: percent-encoded for people, with a hash so that it is short and unique whatever the case. */
export function sideName(key: string): string {
  const bytes = Buffer.from(key);
  const readable = encodeURIComponent(bytes.toString()).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${readable.slice(0, 120)}-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
}

const caseless = process.platform === 'darwin' || process.platform === 'win32';

/** Two paths that the file system may take for the same file fold to the same string. */
export const foldPath = (path: string): string => (caseless ? path.normalize('NFC').toLowerCase() : path);

/** A UTF-16 unit's rank in UTF-8 order: surrogates stand for the code points above all others. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/** Order of keys in a listing: by their UTF-8 bytes. */
export function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** The first index of an ascending list for which `isBefore` no longer holds. */
export function search<T>(sorted: readonly T[], isBefore: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
