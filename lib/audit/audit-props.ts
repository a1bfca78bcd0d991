import { Duration, Size } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, type ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { REPOSITORY } from '../layers/quality-layers.ts';

export interface AuditProps {
  /** Bucket of monitors, baselines, profiles and reports. */
  dataBucket: IBucket;
  /** The quality library and the native engine, for the same architecture. */
  layers: ILayerVersion[];
  /**
   * Buckets the data is in: asked which version of an object is the newest.
   * @default none
   */
  captureBuckets?: IBucket[];
  /**
   * Buckets that labels come to.
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
   * Memory in MB; 1,769 MB are one processor.
   * @default 3538, two processors
   */
  memoryMB?: number;
  /**
   * Space in /tmp. Records, or labels, larger than a third of it are left out, and the report says so.
   * @default 4 GiB
   */
  ephemeralStorage?: Size;
  /**
   * When it is asked which windows are due: minute of every hour.
   * @default 15, the lateness that monitors have by default
   */
  minute?: number;
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

export const AUDIT_DEFAULTS = {
  captureBuckets: [] as IBucket[],
  labelBuckets: [] as IBucket[],
  captureKeys: [] as IKey[],
  root: REPOSITORY,
  architecture: Architecture.ARM_64,
  memoryMB: 3538,
  ephemeralStorage: Size.gibibytes(4),
  minute: 15,
  logRetention: RetentionDays.THREE_MONTHS,
};

/** All the time there is: one invocation audits what is due of every monitor. */
export const AUDIT_TIMEOUT = Duration.minutes(15);
/** Times a failed audit is tried again, and how long it may wait for that: until the next one is due. */
export const AUDIT_RETRIES = 2;
export const AUDIT_MAXIMUM_AGE = Duration.hours(1);
