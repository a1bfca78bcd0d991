import { Duration, Size } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, type ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { REPOSITORY } from '../layers/quality-layers.ts';

export interface IngestProps {
  /** Bucket of monitors, baselines, profiles and reports; its EventBridge notifications are on. */
  dataBucket: IBucket;
  /** The quality library and the native engine, for the same architecture. */
  layers: ILayerVersion[];
  /**
   * Buckets whose objects are data as well. Their owners have to turn on EventBridge notifications.
   * @default none
   */
  captureBuckets?: IBucket[];
  /**
   * Keys the capture buckets are encrypted with. Their policies have to allow the account to decrypt.
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
   * Space in /tmp. An object larger than a third of it is reported, not read.
   * @default 4 GiB
   */
  ephemeralStorage?: Size;
  /**
   * Longest time for one object. The queue hides a message six times as long.
   * @default 5 minutes
   */
  timeout?: Duration;
  /**
   * Messages a function takes at once. More than one is cheaper for many small objects, but one that crashes takes its neighbours with it.
   * @default 1
   */
  batchSize?: number;
  /**
   * Most functions at work at once.
   * @default 10
   */
  maxConcurrency?: number;
  /** @default three months */
  logRetention?: RetentionDays;
  /**
   * Age of the oldest message above which an alarm sounds.
   * @default twice the time the queue hides a message
   */
  maximumAge?: Duration;
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

export const INGEST_DEFAULTS = {
  captureBuckets: [] as IBucket[],
  captureKeys: [] as IKey[],
  root: REPOSITORY,
  architecture: Architecture.ARM_64,
  memoryMB: 3538,
  ephemeralStorage: Size.gibibytes(4),
  timeout: Duration.minutes(5),
  batchSize: 1,
  maxConcurrency: 10,
  logRetention: RetentionDays.THREE_MONTHS,
};

/** Times a message is delivered before it becomes a dead letter: AWS's advice for queues before functions. */
export const MAX_RECEIVE_COUNT = 5;
/** How long the queue hides a message, in function timeouts: AWS's advice as well. */
export const VISIBILITY_FACTOR = 6;
