import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { type S3Server, startS3 } from '../../local/s3/index.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'y' };
let folder: string;
let server: S3Server;
let client: S3Client;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-presign-'));
  server = await startS3({ directory: folder });
  server.createBucket('bkt');
  client = new S3Client({ endpoint: server.url, region: 'us-east-1', credentials });
  store = createS3Store(client);
});
afterAll(async () => {
  client.destroy();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('an object is put and read at addresses that need nothing else', async () => {
  const body = 'größe\n'.repeat(1000);
  const bytes = Buffer.byteLength(body);
  const key = 'uploads/m/a b+c%20ü';
  expect((await fetch(await store.presignPut('bkt', key, bytes, 60), { method: 'PUT', body })).status).toBe(200);
  expect((await store.get('bkt', key))!.body.toString()).toBe(body);
  const read = await fetch(await store.presignGet('bkt', key, 60));
  expect([read.status, await read.text()]).toEqual([200, body]);
});

it('the size is signed, and no checksum of a body that is not there yet', async () => {
  const query = new URL(await store.presignPut('bkt', 'k', 12_345, 900)).searchParams;
  expect(query.get('X-Amz-SignedHeaders')).toBe('content-length;host');
  expect(query.get('X-Amz-Expires')).toBe('900');
  expect(query.get('X-Amz-Credential')).toMatch(/^AKIDEXAMPLE\/\d{8}\/us-east-1\/s3\/aws4_request$/);
  expect([...query.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
});

it("on AWS the address is the bucket's", async () => {
  const aws = new S3Client({ region: 'eu-central-1', credentials });
  expect(await createS3Store(aws).presignGet('bkt', 'k', 60)).toMatch(
    /^https:\/\/bkt\.s3\.eu-central-1\.amazonaws\.com\/k\?.*X-Amz-Signature=[0-9a-f]{64}/,
  );
  aws.destroy();
});
