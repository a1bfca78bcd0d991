import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from './bucket.ts';
import type { Conditions } from './conditions.ts';
import { noSuchBucket, S3Error } from './errors.ts';
import { isBucketName, SIDE_FOLDER } from './names.ts';
import type { Description, StoredObject } from './object.ts';

/** What S3 tells about an object that was created. */
export interface ObjectCreated {
  bucket: string;
  key: string;
  size: number;
  etag: string;
  /** Grows with every change; compares as text. */
  sequencer: string;
  reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';
  time: Date;
}

export type CreatedListener = (event: ObjectCreated) => void;

/** Buckets as folders of a directory. */
export class Storage {
  readonly directory: string;
  readonly buckets = new Map<string, Bucket>();
  private readonly listeners = new Set<CreatedListener>();
  private readonly temporary: string;
  private sequence = 0;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.directory = realpathSync.native(directory);
    this.temporary = join(this.directory, SIDE_FOLDER, '.tmp');
    rmSync(this.temporary, { recursive: true, force: true });
    mkdirSync(this.temporary, { recursive: true });
    this.findBuckets();
  }

  /** Folders made by hand are buckets too. */
  findBuckets(): void {
    for (const entry of readdirSync(this.directory, { withFileTypes: true })) {
      if (entry.isDirectory() && isBucketName(entry.name)) this.openBucket(entry.name);
    }
  }

  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (!bucket) throw noSuchBucket();
    return bucket;
  }

  openBucket(name: string): void {
    if (!isBucketName(name)) throw new S3Error('InvalidBucketName', 400, 'The specified bucket is not valid.');
    if (!this.buckets.has(name)) this.buckets.set(name, new Bucket(this.directory, name));
  }

  deleteBucket(name: string): void {
    const bucket = this.bucket(name);
    if (!bucket.isEmpty()) throw new S3Error('BucketNotEmpty', 409, 'The bucket you tried to delete is not empty.');
    this.buckets.delete(name);
    bucket.destroy();
  }

  temporaryPath(): string {
    return join(this.temporary, randomUUID());
  }

  onCreated(listener: CreatedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  commit(
    target: { bucket: string; key: string; reason: ObjectCreated['reason'] },
    path: string,
    as: Description,
    when: Conditions,
  ): StoredObject {
    try {
      const object = this.bucket(target.bucket).commit(target.key, path, as, when);
      this.announce(target.bucket, object, target.reason);
      return object;
    } finally {
      rmSync(path, { force: true });
    }
  }

  announce(bucket: string, { key, size, etag }: StoredObject, reason: ObjectCreated['reason']): void {
    this.sequence = Math.max(this.sequence + 1, Date.now() * 4096);
    const sequencer = this.sequence.toString(16).toUpperCase().padStart(18, '0');
    for (const listener of this.listeners) {
      try {
        listener({ bucket, key, size, etag, sequencer, reason, time: new Date() });
      } catch (error) {
        console.error('A listener to created objects failed:', error);
      }
    }
  }
}
