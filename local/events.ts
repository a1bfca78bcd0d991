import { randomUUID } from 'node:crypto';
import type { ObjectCreated } from './s3/index.ts';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** S3's "Object Created" as EventBridge delivers it. */
export interface ObjectCreatedEvent {
  version: '0';
  id: string;
  'detail-type': 'Object Created';
  source: 'aws.s3';
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: {
    version: '0';
    bucket: { name: string };
    object: { key: string; size: number; etag: string; sequencer: string };
    'request-id': string;
    requester: string;
    'source-ip-address': string;
    reason: ObjectCreated['reason'];
  };
}

export const toEvent = ({ bucket, key, size, etag, sequencer, reason, time }: ObjectCreated): ObjectCreatedEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: ACCOUNT,
  time: `${time.toISOString().slice(0, 19)}Z`,
  region: REGION,
  resources: [`arn:aws:s3:::${bucket}`],
  detail: {
    version: '0',
    bucket: { name: bucket },
    object: { key, size, etag, sequencer },
    'request-id': randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase(),
    requester: ACCOUNT,
    'source-ip-address': '127.0.0.1',
    reason,
  },
});

/** A rule's pattern `{"detail": {"object": {"key": [{"anything-but": {"prefix": […]}}]}}}`. */
export const anythingButPrefix =
  (prefixes: readonly string[]) =>
  (event: ObjectCreatedEvent): boolean =>
    !prefixes.some((prefix) => event.detail.object.key.startsWith(prefix));

/** SageMaker's "Endpoint State Change" as EventBridge delivers it, of an endpoint that serves anew. */
export const endpointDeployed = (endpoint: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'SageMaker Endpoint State Change',
  source: 'aws.sagemaker',
  account: ACCOUNT,
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  region: REGION,
  resources: [`arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint/${endpoint}`],
  detail: { EndpointName: endpoint, EndpointStatus: 'IN_SERVICE' },
});
