import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Store } from '../layers/quality/store/store.ts';

export const etagOf = (text: string | Buffer): string => createHash('md5').update(text).digest('hex');

const unreachable = (): Promise<string> => Promise.reject(new Error('folder store: nothing is served'));

/** A store over a folder, one bucket, for one writer. Each request takes so long besides. `present` answers for objects that are not kept: an ETag. */
export function folderStore(folder: string, { latencyMs = 0, present = (_: string): string | null => null } = {}): Store {
  const path = (key: string): string => join(folder, key);
  const late = (): Promise<unknown> | null => (latencyMs === 0 ? null : setTimeout(latencyMs));
  const write = (key: string, body: Buffer): void => {
    mkdirSync(dirname(path(key)), { recursive: true });
    writeFileSync(path(key), body);
  };
  const described = (key: string) => {
    const { size, mtime } = statSync(path(key));
    return { etag: etagOf(readFileSync(path(key))), bytes: size, lastModified: mtime };
  };
  return {
    async download({ key }, target) {
      copyFileSync(path(key), target);
      return described(key);
    },
    async get(_, key) {
      await late();
      if (!existsSync(path(key))) return null;
      const body = await readFile(path(key));
      return { body, etag: etagOf(key) };
    },
    async head(_, key) {
      await late();
      const etag = present(key);
      if (etag !== null) return { etag, bytes: 1, lastModified: new Date(0), sha256: null };
      return existsSync(path(key)) ? { ...described(key), sha256: null } : null;
    },
    async create(_, key, body) {
      write(key, body);
    },
    async replace(_, key, body) {
      write(key, body);
      return true;
    },
    async list(_, prefix) {
      await late();
      const root = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      if (!existsSync(path(root))) return [];
      const names = readdirSync(path(root), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const found = names
        .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, '/').length))
        .filter((key) => key.startsWith(prefix));
      return found.sort().map((key) => ({ key, etag: etagOf(key), bytes: statSync(path(key)).size, lastModified: new Date(0) }));
    },
    presignGet: unreachable,
    presignPut: unreachable,
    async folders(_, prefix) {
      if (!existsSync(path(prefix))) return [];
      return readdirSync(path(prefix), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    },
  };
}
