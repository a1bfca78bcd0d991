import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { ConflictError, type Store, SupersededError } from '../../layers/quality/store/store.ts';

export const etagOf = (body: Buffer): string => createHash('md5').update(body).digest('hex');
const ARRIVED = new Date(Date.UTC(2026, 2, 10, 12));

/** A store in memory with the rules of store.ts; one bucket, whatever its name. `written` are the times of objects that did not come at once: those that are created do so one after the other. */
export function memoryStore(): Store & { objects: Map<string, Buffer>; written: Map<string, Date> } {
  const objects = new Map<string, Buffer>();
  const written = new Map<string, Date>();
  let created = 0;
  const timeOf = (key: string): Date => written.get(key) ?? ARRIVED;
  return {
    objects,
    written,
    async download({ key, etag }, path) {
      const body = objects.get(key);
      if (body === undefined || (etag !== undefined && etag !== etagOf(body))) throw new SupersededError(`${key} is another one now`);
      writeFileSync(path, body);
      return { etag: etagOf(body), lastModified: ARRIVED, bytes: body.length };
    },
    async get(_bucket, key) {
      const body = objects.get(key);
      return body === undefined ? null : { body, etag: etagOf(body) };
    },
    async head(_bucket, key) {
      const body = objects.get(key);
      return body === undefined ? null : { etag: etagOf(body), bytes: body.length, lastModified: timeOf(key), sha256: null };
    },
    async create(_bucket, key, body) {
      const there = objects.get(key);
      if (there !== undefined && !there.equals(body)) throw new ConflictError(`${key} exists with other content`);
      objects.set(key, body);
      if (there === undefined && !written.has(key)) written.set(key, new Date(ARRIVED.getTime() + ++created));
    },
    async replace(_bucket, key, body, _type, etag) {
      const there = objects.get(key);
      if ((there === undefined ? null : etagOf(there)) !== etag) return false;
      objects.set(key, body);
      return true;
    },
    async list(_bucket, prefix) {
      return [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, body]) => ({ key, etag: etagOf(body), bytes: body.length, lastModified: timeOf(key) }));
    },
    presignGet: async (bucket, key, seconds) => `https://${bucket}.s3.test/${key}?get&seconds=${seconds}`,
    presignPut: async (bucket, key, bytes, seconds) => `https://${bucket}.s3.test/${key}?put&bytes=${bytes}&seconds=${seconds}`,
    async folders(_bucket, prefix) {
      const inside = [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).split('/'));
      return [...new Set(inside.filter(({ length }) => length > 1).map(([name]) => name!))].sort();
    },
  };
}
