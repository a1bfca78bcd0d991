import { type Call, isoTime, replyEmpty, replyXml } from './call.ts';
import { element } from './xml.ts';

export function listBuckets(call: Call): void {
  const buckets = [...call.storage.buckets.keys()].sort();
  const elements = buckets.map((name) => element('Bucket', [element('Name', name), element('CreationDate', isoTime(0))]));
  replyXml(call, 200, 'ListAllMyBucketsResult', [element('Owner', [element('ID', 'local')]), element('Buckets', elements)]);
}

export function createBucket(call: Call): void {
  call.storage.openBucket(call.bucket);
  replyEmpty(call, 200, { location: `/${call.bucket}` });
}

export function headBucket(call: Call): void {
  call.storage.bucket(call.bucket);
  replyEmpty(call, 200);
}

export function deleteBucket(call: Call): void {
  call.storage.deleteBucket(call.bucket);
  replyEmpty(call, 204);
}

export function getLocation(call: Call): void {
  call.storage.bucket(call.bucket);
  replyXml(call, 200, 'LocationConstraint', []);
}
