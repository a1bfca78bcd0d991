import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';

const CHUNK = 1 << 20;

/** The whole file is unusable; `message` says what was expected and what was found. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

/** Small enough to be in the processor's cache still when it is hashed. */
const PIECE = 1 << 17;
/** Between two turns of whatever else this thread does. */
const PIECES = 32;

/** SHA-256 of a file's raw bytes, read into one buffer again and again. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(PIECE);
  const file = openSync(path, 'r');
  try {
    for (let piece = 1; ; piece++) {
      const bytes = readSync(file, buffer);
      if (bytes === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytes));
      if (piece % PIECES === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

/** The first bytes as they are on disk. */
export const rawHead = (path: string, length: number): Promise<Buffer> => readAt(path, length, () => 0);

/** The last bytes as they are on disk. */
export const rawTail = (path: string, length: number): Promise<Buffer> => readAt(path, length, (size) => Math.max(0, size - length));

async function readAt(path: string, length: number, position: (size: number) => number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position(size));
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const gzipProblem = (error: NodeJS.ErrnoException): Error => {
  if (error.code === 'Z_BUF_ERROR') return new FileProblem('expected a complete gzip file; found one that is cut off');
  if (error.code?.startsWith('Z_')) return new FileProblem('expected a gzip file; found damaged gzip data');
  return error;
};

/** The content in chunks, decompressed where `gzip`. */
export async function* readChunks(path: string, gzip: boolean): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: CHUNK });
  const source = gzip ? pipeline(raw, createGunzip({ chunkSize: CHUNK }), () => {}) : raw;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    throw gzipProblem(error as NodeJS.ErrnoException);
  } finally {
    raw.destroy();
  }
}

/** The first `length` bytes of the content, or all of it, and whether that is all. */
export async function contentHead(path: string, gzip: boolean, length: number): Promise<{ head: Buffer; whole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readChunks(path, gzip)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > length) return { head: Buffer.concat(chunks).subarray(0, length), whole: false };
  }
  return { head: Buffer.concat(chunks), whole: true };
}
