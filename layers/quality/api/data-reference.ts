import { OWN_PREFIXES } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { SupersededError } from '../store/store.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import { atPointer } from './problem.ts';

/** Larger objects are judged when they arrive: here somebody waits for the answer. */
const MOST_BYTES = 64 * 1024 * 1024;
const POINTER = ['data'];
const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/s;
/** Parts of a key that something on the way might resolve, and characters no key of data has. */
const ODD = /(^|\/)\.{0,2}(\/|$)|\p{Cc}|\\/u;
const NOT_DATA = [...OWN_PREFIXES, 'monitors/', 'labels/'];

/** Brings an object to a file, if it is one the monitor would be told of: under its location, and not Assay's own. */
export async function downloadData(deps: ProcessDependencies, { input }: Monitor, uri: string, path: string): Promise<void> {
  const { store, dataBucket } = deps;
  const location = input?.location;
  if (location === undefined) throw atPointer(POINTER, 'the monitor has no input.location: give the records themselves');
  const [, bucket, key] = ADDRESS.exec(uri) ?? [];
  if (bucket === undefined || key === undefined || ODD.test(key) || Buffer.byteLength(key) > 1024)
    throw atPointer(POINTER, 'expected the address of one object, as s3://BUCKET/KEY');
  if (!uri.startsWith(location)) throw atPointer(POINTER, `expected an object under the monitor's location, ${location}`);
  if (bucket === dataBucket && NOT_DATA.some((prefix) => key.startsWith(prefix)))
    throw atPointer(POINTER, `expected data; ${key.split('/')[0]}/ holds none`);
  const head = await store.head(bucket, key);
  if (head === null) throw atPointer(POINTER, 'there is no such object');
  if (head.bytes > MOST_BYTES)
    throw atPointer(
      POINTER,
      `expected an object of at most ${MOST_BYTES} bytes; it has ${head.bytes}. Larger ones are judged when they arrive`,
    );
  try {
    await store.download({ bucket, key, etag: head.etag }, path);
  } catch (error) {
    throw error instanceof SupersededError ? atPointer(POINTER, 'the object was replaced meanwhile; try again') : error;
  }
}
