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
}

export const AUDIT_DEFAULTS = {
  ...FUNCTION_DEFAULTS,
  labelBuckets: [] as IBucket[],
  ephemeralStorage: Size.gibibytes(4),
  minute: 15,
  modelMonitorMetrics: false,
};

/** All the time there is: one invocation audits what is due of every monitor. */
export const AUDIT_TIMEOUT = Duration.minutes(15);
/** Times a failed audit is tried again, and how long it may wait for that: until the next one is due. */
export const AUDIT_RETRIES = 2;
export const AUDIT_MAXIMUM_AGE = Duration.hours(1);
