import { createBucket, deleteBucket, getLocation, headBucket, listBuckets } from './buckets.ts';
import type { Operation } from './call.ts';
import { notImplemented, S3Error } from './errors.ts';
import { listObjects } from './list.ts';
import { abortUpload, completeUpload, createUpload, listParts, listUploads, uploadPart } from './multipart.ts';
import { getAttributes, getObject } from './read.ts';
import { deleteObject, deleteObjects, putObject } from './write.ts';

/** Query parameters that only refine an operation. Every other one names an operation of its own. */
const REFINING =
  /^(?:prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|max-uploads|max-parts|part-number-marker|x-id|x-amz-.*)$/i;

/** Method, level, and the query parameters that name an operation. */
const OPERATIONS: Record<string, Operation> = {
  'GET service': listBuckets,
  'PUT bucket': createBucket,
  'HEAD bucket': headBucket,
  'DELETE bucket': deleteBucket,
  'GET bucket location': getLocation,
  'GET bucket list-type': listObjects,
  'GET bucket uploads': listUploads,
  'POST bucket delete': deleteObjects,
  'PUT object': putObject,
  'GET object': getObject,
  'HEAD object': getObject,
  'DELETE object': deleteObject,
  'GET object attributes': getAttributes,
  'POST object uploads': createUpload,
  'PUT object partNumber uploadId': uploadPart,
  'GET object uploadId': listParts,
  'POST object uploadId': completeUpload,
  'DELETE object uploadId': abortUpload,
};

/** The operation a request means. What is not known is refused, never taken for something else. */
export function route(method: string, target: { bucket: string; key: string; query: URLSearchParams }): Operation {
  const level = target.key ? 'object' : target.bucket ? 'bucket' : 'service';
  const names = [...new Set(target.query.keys())].filter((name) => !REFINING.test(name)).sort();
  const operation = OPERATIONS[[method, level, ...names].join(' ')];
  if (operation) return operation;
  if (names.length) throw notImplemented(`${method} of a ${level} with ${names.join(', ')}`);
  throw new S3Error('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.');
}
