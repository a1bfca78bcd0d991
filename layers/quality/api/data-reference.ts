import { MOST_DATA_BYTES } from '../contract/api.ts';
import { keys, OWN_PREFIXES } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { SupersededError } from '../store/store.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import { atPointer } from './problem.ts';

const POINTER = ['data'];
const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/s;
/** Parts of a key that something on the way might resolve, and characters no key of data has. */
const ODD = /(^|\/)\.{0,2}(\/|$)|\p{Cc}|\\/u;
const NOT_DATA = [...OWN_PREFIXES, 'monitors/', 'labels/'];

/** Brings an object to a file, if it was uploaded for the monitor, or is one the monitor would be told of: under its location, and not Assay's own. */
export async function downloadData(deps: ProcessDependencies, monitor: Monitor, uri: string, path: string): Promise<void> {
  const { store, dataBucket } = deps;
  const [, bucket, key] = ADDRESS.exec(uri) ?? [];
  if (bucket === undefined || key === undefined || ODD.test(key) || Buffer.byteLength(key) > 1024)
    throw atPointer(POINTER, 'expected the address of one object, as s3://BUCKET/KEY');
  const uploaded = bucket === dataBucket && key.startsWith(keys.upload(monitor.monitor, ''));
  if (!uploaded) requireData(dataBucket, monitor, { uri, bucket, key });
  const head = await store.head(bucket, key);
  if (head === null) throw atPointer(POINTER, 'there is no such object');
  if (head.bytes > MOST_DATA_BYTES)
    throw atPointer(
      POINTER,
      `expected an object of at most ${MOST_DATA_BYTES} bytes; it has ${head.bytes}. Larger ones are judged when they arrive`,
    );
  try {
    await store.download({ bucket, key, etag: head.etag }, path);
  } catch (error) {
    throw error instanceof SupersededError ? atPointer(POINTER, 'the object was replaced meanwhile; try again') : error;
  }
}

function requireData(dataBucket: string, { input }: Monitor, { uri, bucket, key }: { uri: string; bucket: string; key: string }): void {
  const location = input?.location;
  if (location === undefined) throw atPointer(POINTER, 'the monitor has no input.location: give the records themselves, or upload them');
  if (!uri.startsWith(location)) throw atPointer(POINTER, `expected an object under the monitor's location, ${location}`);
  if (bucket === dataBucket && NOT_DATA.some((prefix) => key.startsWith(prefix)))
    throw atPointer(POINTER, `expected data; ${key.split('/')[0]}/ holds none`);
}
