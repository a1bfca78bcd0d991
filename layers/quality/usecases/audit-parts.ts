import { filedUnder, keys } from '../contract/keys.ts';
import { ahead } from './ahead.ts';
import type { ProfiledObject } from './audit-profile.ts';
import type { Shard } from './audit-shard.ts';
import type { ProcessDependencies } from './dependencies.ts';

/** A stretch of event time, [from, to), in milliseconds since the epoch; both on the hour. */
export interface Window {
  from: number;
  to: number;
}

/** The profile of one object's rows of one hour. */
export interface Part {
  key: string;
  hash: string;
  /** Where it was opened, and is taken or dropped. */
  shard: Shard;
  object: ProfiledObject | null;
  uri: string;
  sha256: string;
  bytes: number;
  /** Why the part does not count; null where it does. */
  dropped: 'replaced' | 'deleted' | null;
}

/** Profiles that are on their way while others are folded: so many, and fewer where they are large. */
const AHEAD = 64;
const AHEAD_BYTES = 16 * 1024 * 1024;

/** An object of a room that is filed under an hour. */
export interface Filed {
  key: string;
  hash: string;
  hour: number;
  etag: string;
  bytes: number;
}

/** The keys of a room that are filed under the hours of a window, in the order of their hashes and then hours. */
export async function filedKeys(
  { store, dataBucket }: ProcessDependencies,
  room: 'records' | 'profiles',
  monitor: string,
  { from, to }: Window,
): Promise<Filed[]> {
  const found: Filed[] = [];
  for (const prefix of keys.hourPrefixes(room, monitor, from, to))
    for (const { key, etag, bytes } of await store.list(dataBucket, prefix)) {
      const filed = filedUnder(key);
      if (filed !== null) found.push({ key, etag, bytes, ...filed });
    }
  return found.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.hour - b.hour));
}

/**
 * The stored profiles of a window as listed, each opened in one of the shards in turn, with whether it counts: only the newest version of every key does.
 * Which version that is the store says: versions that were replaced or deleted since do not count. Of equal versions of one key the first hash counts.
 */
export async function* readParts(deps: ProcessDependencies, listed: readonly Filed[], shards: readonly Shard[]): AsyncGenerator<Part> {
  const newest = new Map<string, Promise<string | null>>();
  const taken = new Map<string, string>();
  const read = async ([i, filed]: [number, Filed]): Promise<{ part: Part; etag: string | null | undefined }> => {
    const part = await readPart(deps, filed, shards[i % shards.length]!);
    const { object } = part;
    if (object === null || object.etag === '') return { part, etag: undefined };
    if (!newest.has(object.uri)) newest.set(object.uri, newestEtag(deps, object.uri));
    return { part, etag: await newest.get(object.uri)! };
  };
  for await (const { part, etag } of ahead(listed.entries(), onTheirWay(listed), read))
    yield { ...part, dropped: droppedFor(part, etag, taken) };
}

function onTheirWay(listed: readonly Filed[]): number {
  const largest = listed.reduce((most, { bytes }) => Math.max(most, bytes), 1);
  return Math.min(AHEAD, Math.max(2, Math.floor(AHEAD_BYTES / largest)));
}

async function readPart({ store, dataBucket }: ProcessDependencies, { key, hash }: Filed, shard: Shard): Promise<Part> {
  const found = await store.get(dataBucket, key);
  if (found === null) throw new Error(`s3://${dataBucket}/${key} went away while it was audited`);
  const { object, sha256, bytes } = await shard.open(key, found.body);
  return { key, hash, shard, object, uri: object?.uri ?? `s3://${dataBucket}/${key}`, sha256, bytes, dropped: null };
}

async function newestEtag({ store }: ProcessDependencies, uri: string): Promise<string | null> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri)!;
  return (await store.head(bucket!, key!))?.etag ?? null;
}

function droppedFor(part: Part, etag: string | null | undefined, taken: Map<string, string>): Part['dropped'] {
  if (etag === null) return 'deleted';
  if (etag !== undefined && etag !== part.object!.etag) return 'replaced';
  const first = taken.get(part.uri);
  if (first === undefined) taken.set(part.uri, part.hash);
  return first === undefined || first === part.hash ? null : 'replaced';
}
