import { createHash } from 'node:crypto';
import { createReadStream, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Bucket } from './bucket.ts';
import type { Storage } from './storage.ts';

interface Candidate {
  size: number;
  mtimeMs: number;
  since: number;
}

interface Findings {
  seen: Set<string>;
  candidates: Map<string, Candidate>;
}

const INTERVAL = 500;
const LONGEST_KEY = 1024;

/**
 * Finds files that came into a bucket's folder, changed or went by hand. It polls: fs.watch needs a watch per file on Linux
 * and says nothing on network drives. A round that takes long is followed by a rest ten times as long.
 */
export class Watcher {
  private candidates = new Map<string, Candidate>();
  private round: Promise<void> | null = null;
  private readonly stopped = new AbortController();

  constructor(private readonly storage: Storage) {}

  async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const start = performance.now();
      await this.poll();
      const rest = Math.max(INTERVAL, 10 * (performance.now() - start));
      await setTimeout(rest, undefined, { signal: this.stopped.signal, ref: false }).catch(() => {});
    }
  }

  /** Resolves when no file is waiting to be taken for an upload. */
  async settled(): Promise<void> {
    await this.round;
    await this.poll();
    while (this.candidates.size && !this.stopped.signal.aborted) {
      await setTimeout(INTERVAL / 4);
      await this.poll();
    }
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.round;
  }

  private async poll(): Promise<void> {
    this.round ??= this.visitAll()
      .catch((error) => console.error('Looking for new files failed:', error))
      .finally(() => (this.round = null));
    await this.round;
  }

  private async visitAll(): Promise<void> {
    this.storage.findBuckets();
    const candidates = new Map<string, Candidate>();
    for (const bucket of this.storage.buckets.values()) {
      const seen = new Set<string>();
      await this.visit(bucket, '', { seen, candidates });
      if (!this.stopped.signal.aborted) dropMissing(bucket, seen);
    }
    this.candidates = candidates;
  }

  private async visit(bucket: Bucket, folder: string, { seen, candidates }: Findings): Promise<void> {
    if (this.stopped.signal.aborted) return;
    await setImmediate();
    for (const entry of entriesOf(join(this.storage.directory, bucket.name, folder))) {
      if (entry.name.startsWith('.')) continue;
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory()) await this.visit(bucket, `${path}/`, { seen, candidates });
      else if (entry.isFile() && Buffer.byteLength(path) <= LONGEST_KEY) {
        seen.add(bucket.keyOf(path));
        await this.consider(bucket, path, candidates);
      }
    }
  }

  /** A file that is not an object yet becomes one when it has stayed the same from one poll to a later one. */
  private async consider(bucket: Bucket, path: string, candidates: Map<string, Candidate>): Promise<void> {
    const file = join(this.storage.directory, bucket.name, path);
    const now = lstatSync(file, { throwIfNoEntry: false });
    const object = bucket.get(bucket.keyOf(path));
    if (!now?.isFile() || (object?.plain && bucket.isUntouched(object, now))) return;
    const id = `${bucket.name}/${path}`;
    const before = this.candidates.get(id);
    const same = before?.size === now.size && before.mtimeMs === now.mtimeMs;
    const since = same ? before.since : performance.now();
    if (same && performance.now() - since >= INTERVAL) {
      const etag = await md5Of(file).catch(() => null);
      const after = lstatSync(file, { throwIfNoEntry: false });
      if (etag !== null && after?.size === now.size && after.mtimeMs === now.mtimeMs) {
        this.storage.announce(bucket.name, bucket.adopt(path, now.size, etag), 'PutObject');
        return;
      }
    }
    candidates.set(id, { size: now.size, mtimeMs: now.mtimeMs, since });
  }
}

/** Forgets the objects whose files were deleted by hand. A key not seen may also be one written since. */
function dropMissing(bucket: Bucket, seen: ReadonlySet<string>): void {
  for (const key of bucket.keys.filter((candidate) => !seen.has(candidate))) {
    const object = bucket.get(key);
    if (object?.plain && !existsSync(bucket.pathOf(object))) bucket.forget(object);
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function md5Of(file: string): Promise<string> {
  const hash = createHash('md5');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest('hex');
}
