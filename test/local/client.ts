import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { onTestFinished, vi } from 'vitest';
import { startS3 } from '../../local/s3/index.ts';

// Tests share two cores with many others.
vi.setConfig({ testTimeout: 30_000 });

export const BUCKET = 'bkt-test';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A client as a function has it, and short names for what tests do most. */
export function clientOf(url: string) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const s3 = new S3Client({ endpoint: url, region: 'us-east-1', forcePathStyle: true, credentials, maxAttempts: 1 });
  onTestFinished(() => s3.destroy());
  return {
    s3,
    put: (Key: string, Body: PutObjectCommandInput['Body'], more: Partial<PutObjectCommandInput> = {}) =>
      s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more })),
    text: async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }))).Body!.transformToString(),
  };
}

export async function startServer(directory = temporaryFolder()) {
  const server = await startS3({ directory });
  onTestFinished(() => server.close());
  server.createBucket(BUCKET);
  return { server, directory, ...clientOf(server.url) };
}

/** The HTTP status an SDK call fails with. */
export const statusOf = async (call: Promise<unknown>): Promise<number | undefined> =>
  call.then(
    () => 200,
    (error) => error.$metadata?.httpStatusCode,
  );
