import { Duration, Size } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { FUNCTION_DEFAULTS, type FunctionProps } from '../functions/function-props.ts';

export interface EndpointsProps extends FunctionProps {
  /**
   * Buckets that baselines of model packages are in, where it is none of the others.
   * @default none
   */
  registryBuckets?: IBucket[];
}

/** It asks and writes a few small files. */
export const ENDPOINTS_DEFAULTS = { ...FUNCTION_DEFAULTS, registryBuckets: [] as IBucket[], memoryMB: 512 };
export const ENDPOINTS_TIMEOUT = Duration.minutes(5);
export const ENDPOINTS_STORAGE = Size.mebibytes(512);
/** A monitor's configuration, and reference data of a new deployment. */
export const ENDPOINTS_WRITES = ['monitors/*/monitor.json', 'monitors/*/baseline/input/*'] as const;
/** Times a call that failed is tried again, and how long it may wait for that. */
export const ENDPOINTS_RETRIES = 2;
export const ENDPOINTS_MAXIMUM_AGE = Duration.hours(6);
