import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { notImplemented, S3Error } from './errors.ts';

interface Digest {
  update(bytes: Buffer): void;
  base64(): string;
}

const hash = (algorithm: string) => (): Digest => {
  const digest = createHash(algorithm);
  return { update: (bytes) => void digest.update(bytes), base64: () => digest.digest('base64') };
};

function crc32Digest(): Digest {
  let value = 0;
  const base64 = () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value >>> 0);
    return bytes.toString('base64');
  };
  return { update: (bytes) => void (value = crc32(bytes, value)), base64 };
}

const ALGORITHMS: Record<string, () => Digest> = { crc32: crc32Digest, sha256: hash('sha256'), sha1: hash('sha1') };
const PREFIX = 'x-amz-checksum-';
const OPTIONS = ['algorithm', 'mode', 'type'];

/** The checksums a request announces in its headers or for its trailer, computed over the body and then compared. */
export class Checksums {
  private readonly digests = new Map<string, Digest>();
  private readonly md5 = createHash('md5');
  private size = 0;

  constructor(private readonly headers: IncomingHttpHeaders) {
    const announced = String(headers['x-amz-trailer'] ?? '').split(',');
    for (const header of [...Object.keys(headers), ...announced.map((name) => name.trim().toLowerCase())]) {
      const algorithm = header.startsWith(PREFIX) ? header.slice(PREFIX.length) : '';
      if (!algorithm || OPTIONS.includes(algorithm)) continue;
      const make = ALGORITHMS[algorithm];
      if (!make) throw notImplemented(`the checksum ${algorithm}`);
      this.digests.set(algorithm, make());
    }
  }

  update(bytes: Buffer): void {
    this.size += bytes.length;
    this.md5.update(bytes);
    for (const digest of this.digests.values()) digest.update(bytes);
  }

  /** Size, ETag and checksums of the body; BadDigest if one differs from what was announced. */
  finish(trailers: ReadonlyMap<string, string>): { size: number; etag: string; checksums: Record<string, string> } {
    const md5 = this.md5.digest();
    const expected = this.headers['content-md5'];
    if (expected !== undefined && expected !== md5.toString('base64')) throw badDigest('Content-MD5');
    const checksums: Record<string, string> = {};
    for (const [algorithm, digest] of this.digests) {
      const actual = (checksums[PREFIX + algorithm] = digest.base64());
      const announced = this.headers[PREFIX + algorithm] ?? trailers.get(PREFIX + algorithm);
      if (announced !== actual) throw badDigest(algorithm.toUpperCase());
    }
    return { size: this.size, etag: md5.toString('hex'), checksums };
  }
}

const badDigest = (name: string) => new S3Error('BadDigest', 400, `The ${name} you specified did not match the calculated checksum.`);
