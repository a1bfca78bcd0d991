import { Duration, Size } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  FUNCTION_DEFAULTS,
  type FunctionProps,
  type LabelProps,
  type MetricProps,
  type StorageProps,
  type TellingProps,
} from '../functions/function-props.ts';

export interface AuditProps extends FunctionProps, LabelProps, MetricProps, StorageProps, TellingProps {
  /**
   * When it is asked which windows are due: minute of every hour.
   * @default 15, the lateness that monitors have by default
   */
  minute?: number;
  /**
   * Most windows that are judged at once because they are due.
   * @default 10
   */
  maxConcurrency?: number;
}

export const AUDIT_DEFAULTS = {
  ...FUNCTION_DEFAULTS,
  labelBuckets: [] as IBucket[],
  ephemeralStorage: Size.gibibytes(4),
  minute: 15,
  maxConcurrency: 10,
  modelMonitorMetrics: false,
};

/** All the time there is: the state machine hands it windows of any size. */
export const AUDIT_TIMEOUT = Duration.minutes(15);
