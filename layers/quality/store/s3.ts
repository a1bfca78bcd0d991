import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresigner } from './presign.ts';
import { lockOf, type ReportLock, type WriteLock } from './report-lock.ts';
import { ConflictError, type ObjectRef, type Store, SupersededError } from './store.ts';

/** Attempts at what the SDK does not repeat itself: conflicting writes (409) and bodies that break off. */
const ATTEMPTS = 6;
const FIRST_WAIT_MS = 50;

export interface S3StoreOptions {
  /** Locks reports in a bucket that has Object Lock on; none otherwise. */
  reportLock?: ReportLock | undefined;
  now?: () => Date;
}

/** The store on S3, or on whatever AWS_ENDPOINT_URL_S3 points to. ETags go in and out without quotes. */
export const createS3Store = (
  client: S3Client = new S3Client({ maxAttempts: 5 }),
  { reportLock, now = () => new Date() }: S3StoreOptions = {},
): Store => ({
  ...createPresigner(client),
  download: (ref, path) => download(client, ref, path),

  async get(bucket, key) {
    const read = async () => {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { body: Buffer.from(await answer.Body!.transformToByteArray()), etag: unquoted(answer.ETag) };
    };
    return absentAsNull(retried(brokenOff, read));
  },

  head: (bucket, key) => head(client, bucket, key),

  async create(bucket, key, body, contentType) {
    const attempt = async (): Promise<void> => {
      try {
        await put(client, { bucket, key, body, contentType, etag: null, ...lockOf(reportLock, key, now()) });
      } catch (error) {
        if (statusOf(error) !== 412) throw error;
        const found = await head(client, bucket, key);
        if (found === null) throw new VanishedError(`store create ${bucket}/${key}: it existed and then went away`);
        if (found.sha256 === sha256(body)) return;
        throw new ConflictError(
          `store create ${bucket}/${key}: expected sha256 ${sha256(body)}, got ${found.sha256 ?? 'an object without one'}`,
        );
      }
    };
    await retried((error) => isConflict(error) || error instanceof VanishedError, attempt);
  },

  async replace(bucket, key, body, contentType, etag) {
    try {
      await retried(isConflict, () => put(client, { bucket, key, body, contentType, etag }));
      return true;
    } catch (error) {
      if (!isAbsent(error) && statusOf(error) !== 412) throw error;
      // A write whose answer was lost is repeated by the SDK and then meets itself.
      return (await head(client, bucket, key))?.sha256 === sha256(body);
    }
  },

  async list(bucket, prefix) {
    const found: Awaited<ReturnType<Store['list']>> = [];
    let token: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
      for (const { Key, ETag, Size, LastModified } of page.Contents ?? [])
        found.push({ key: Key!, etag: unquoted(ETag), bytes: Size ?? 0, lastModified: LastModified! });
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    return found;
  },

  async folders(bucket, prefix) {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/', ContinuationToken: token }),
      );
      for (const { Prefix } of page.CommonPrefixes ?? []) found.push(Prefix!.slice(prefix.length, -1));
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    return found;
  },
});

/** It was there when a write met it, and no longer when it was looked at: the write is tried again. */
class VanishedError extends Error {
  override readonly name = 'VanishedError';
}

const download = async (client: S3Client, ref: ObjectRef, path: string) => {
  // With an ETag the newest version is read, not that of the event: an object that was replaced is superseded.
  const condition = ref.etag === undefined ? { VersionId: ref.versionId } : { IfMatch: quoted(ref.etag) };
  const read = async () => {
    const answer = await client.send(new GetObjectCommand({ Bucket: ref.bucket, Key: ref.key, ...condition }));
    const file = createWriteStream(path);
    await pipeline(answer.Body as Readable, file);
    if (answer.ContentLength !== undefined && file.bytesWritten !== answer.ContentLength)
      throw new TruncatedError(`store download ${ref.bucket}/${ref.key}: expected ${answer.ContentLength} bytes, got ${file.bytesWritten}`);
    return { etag: unquoted(answer.ETag), lastModified: answer.LastModified!, bytes: file.bytesWritten };
  };
  try {
    return await retried(brokenOff, read);
  } catch (error) {
    if (isAbsent(error) || statusOf(error) === 412)
      throw new SupersededError(`store download ${ref.bucket}/${ref.key}: it changed or went away`, { cause: error });
    throw error;
  }
};

class TruncatedError extends Error {
  override readonly name = 'TruncatedError';
}

const head = async (client: S3Client, bucket: string, key: string): ReturnType<Store['head']> => {
  const answer = await absentAsNull(client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })));
  if (answer === null) return null;
  // The checksum of a multipart upload is one of its parts' checksums ("…-3"), not of the content.
  const checksum = answer.ChecksumSHA256?.includes('-') ? undefined : answer.ChecksumSHA256;
  const hash = checksum === undefined ? answer.Metadata?.sha256 : Buffer.from(checksum, 'base64').toString('hex');
  return { etag: unquoted(answer.ETag), bytes: answer.ContentLength ?? 0, lastModified: answer.LastModified!, sha256: hash ?? null };
};

interface Write extends WriteLock {
  bucket: string;
  key: string;
  body: Buffer;
  contentType: string;
  /** The version to replace; null where there may be none. */
  etag: string | null;
}

const put = async (client: S3Client, { bucket, key, body, contentType, etag, ...lock }: Write): Promise<void> => {
  const hash = sha256(body);
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: contentType,
      Metadata: { sha256: hash },
      ChecksumAlgorithm: 'SHA256',
      ChecksumSHA256: Buffer.from(hash, 'hex').toString('base64'),
      ...lock,
      ...(etag === null ? { IfNoneMatch: '*' } : { IfMatch: quoted(etag) }),
    }),
  );
};

/** Bounded, and doubling its wait each time. */
const retried = async <T>(again: (error: unknown) => boolean, attempt: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= ATTEMPTS || !again(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (tried - 1)));
    }
  }
};

const absentAsNull = async <T>(answer: Promise<T>): Promise<T | null> => {
  try {
    return await answer;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
};

const statusOf = (error: unknown): number | undefined => (error as { $metadata?: { httpStatusCode?: number } })?.$metadata?.httpStatusCode;
const isConflict = (error: unknown): boolean => statusOf(error) === 409;
/** A missing bucket also answers 404, and is a mistake in the configuration rather than a missing object. */
const isAbsent = (error: unknown): boolean => statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket';
const brokenOff = (error: unknown): boolean =>
  error instanceof TruncatedError ||
  ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException)?.code ?? '');
const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');
const unquoted = (etag: string | undefined): string => (etag ?? '').replace(/^(W\/)?"|"$/g, '');
const quoted = (etag: string): string => `"${etag}"`;
