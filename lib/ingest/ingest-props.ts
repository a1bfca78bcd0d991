import { Duration, Size } from 'aws-cdk-lib';
import { FUNCTION_DEFAULTS, type FunctionProps, type StorageProps, type TellingProps } from '../functions/function-props.ts';

/** The data bucket's EventBridge notifications are on, and their owners have to turn them on for the capture buckets. */
export interface IngestProps extends FunctionProps, StorageProps, TellingProps {
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
  /**
   * Age of the oldest message above which an alarm sounds.
   * @default twice the time the queue hides a message
   */
  maximumAge?: Duration;
}

export const INGEST_DEFAULTS = {
  ...FUNCTION_DEFAULTS,
  ephemeralStorage: Size.gibibytes(4),
  timeout: Duration.minutes(5),
  batchSize: 1,
  maxConcurrency: 10,
};
