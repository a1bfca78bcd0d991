import { Duration, Size } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, type ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { REPOSITORY } from '../layers/quality-layers.ts';

export interface ApiProps {
  /** Bucket of monitors, baselines, profiles and reports. */
  dataBucket: IBucket;
  /** The quality library and the native engine, for the same architecture. */
  layers: ILayerVersion[];
  /**
   * Buckets the data is in: an object of theirs may be checked by its address.
   * @default none
   */
  captureBuckets?: IBucket[];
  /**
   * Buckets that labels come to: an audit joins them.
   * @default none
   */
  labelBuckets?: IBucket[];
  /**
   * Keys those buckets are encrypted with. Their policies have to allow the account to decrypt.
   * @default none
   */
  captureKeys?: IKey[];
  /** @default ARM_64 */
  architecture?: Architecture;
  /**
   * Memory in MB; 1,769 MB are one processor, and there is no use for more than one.
   * @default 1769
   */
  memoryMB?: number;
  /**
   * Requests a second, over all callers; twice as many at once. What judges data or labels gets a tenth of it.
   * @default 50
   */
  requestsPerSecond?: number;
  /**
   * Whether to give API Gateway a role to write logs with, which is a setting of the whole account in this region and stays when the stack goes.
   * False where the account has one.
   * @default true
   */
  logRole?: boolean;
  /**
   * ARN of a WAFv2 web ACL, regional, to stand before the API.
   * @default none
   */
  webAclArn?: string;
  /** @default three months */
  logRetention?: RetentionDays;
  /**
   * Told of alarms.
   * @default nobody
   */
  alarmTopic?: ITopic;
  /**
   * Root of the repository, where `dist/` is.
   * @default the folder above lib/
   */
  root?: string;
}

export const API_DEFAULTS = {
  captureBuckets: [] as IBucket[],
  labelBuckets: [] as IBucket[],
  captureKeys: [] as IKey[],
  root: REPOSITORY,
  architecture: Architecture.ARM_64,
  memoryMB: 1769,
  requestsPerSecond: 50,
  logRole: true,
  logRetention: RetentionDays.THREE_MONTHS,
};

/** Props with every default filled in. */
export type ApiSettings = ApiProps & Required<Pick<ApiProps, keyof typeof API_DEFAULTS>>;

/** API Gateway waits no longer. */
export const API_TIMEOUT = Duration.seconds(29);
/** Room for what a request may bring or name, decompressed. */
export const API_STORAGE = Size.gibibytes(1);
/** Part of the rate that costly requests may have. */
export const COSTLY_SHARE = 0.1;
/** Where `api` may write: configurations, labels, and the reports of audits. */
export const API_WRITES = ['monitors/*/monitor.json', 'labels/*', 'reports/*', 'metrics/*'] as const;
