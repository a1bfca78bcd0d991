import { randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { BUCKET, startServer, statusOf } from './client.ts';

const Key = 'big/file.bin';
const target = { Bucket: BUCKET, Key };
const BIG = 5 * 1024 * 1024;

async function begin() {
  const started = await startServer();
  const { UploadId } = await started.s3.send(new CreateMultipartUploadCommand({ ...target, ContentType: 'text/x', Metadata: { k: 'v' } }));
  const part = async (PartNumber: number, Body: Buffer) => {
    const { ETag } = await started.s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const complete = (Parts: { PartNumber: number; ETag: string | undefined }[], more = {}) =>
    started.s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts }, ...more }));
  return { ...started, UploadId, part, complete };
}

test('parts in any order become one object', async () => {
  const { server, s3, UploadId, part, complete } = await begin();
  const events: { key: string; reason: string; size: number }[] = [];
  server.onCreated(({ key, reason, size }) => events.push({ key, reason, size }));
  const bytes = randomBytes(2 * BIG + 123);
  const slices = [bytes.subarray(0, BIG), bytes.subarray(BIG, 2 * BIG), bytes.subarray(2 * BIG)] as const;
  const third = await part(3, slices[2]);
  await part(1, Buffer.from('replaced later'));
  const [first, second] = await Promise.all([part(1, slices[0]), part(2, slices[1])]);
  expect((await s3.send(new ListPartsCommand({ ...target, UploadId }))).Parts?.map(({ Size }) => Size)).toEqual([BIG, BIG, 123]);
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads).toHaveLength(1);
  expect(await statusOf(s3.send(new HeadObjectCommand(target)))).toBe(404);
  expect((await complete([first, second, third])).ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  const read = await s3.send(new GetObjectCommand(target));
  expect(Buffer.compare(await read.Body!.transformToByteArray(), bytes)).toBe(0);
  expect(read).toMatchObject({ ContentType: 'text/x', Metadata: { k: 'v' } });
  expect(events).toEqual([{ key: Key, reason: 'CompleteMultipartUpload', size: bytes.length }]);
  expect(await statusOf(complete([first, second, third]))).toBe(404);
});

test('a wrong list of parts is refused and the upload stays', async () => {
  const { part, complete } = await begin();
  const [first, second] = [await part(1, Buffer.alloc(10)), await part(2, Buffer.alloc(BIG))];
  expect(await statusOf(complete([{ ...first, ETag: '"0"' }]))).toBe(400);
  expect(await statusOf(complete([{ PartNumber: 9, ETag: first.ETag }]))).toBe(400);
  expect(await statusOf(complete([second, first]))).toBe(400);
  expect(await statusOf(complete([first, second]))).toBe(400);
  expect(await statusOf(complete([first]))).toBe(200);
});

test('completion obeys If-None-Match, and an aborted upload is gone', async () => {
  const { s3, put, text, UploadId, part, complete } = await begin();
  const first = await part(1, Buffer.from('parts'));
  await put(Key, 'whole');
  expect(await statusOf(complete([first], { IfNoneMatch: '*' }))).toBe(412);
  expect(await text(Key)).toBe('whole');
  await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
  expect(await statusOf(complete([first]))).toBe(404);
});
