import type { Duration, Size } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { EventInvokeConfigOptions, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACES } from '../../layers/quality/contract/namespaces.ts';
import type { FUNCTION_DEFAULTS, FunctionProps, TellingProps } from './function-props.ts';
import { grantLock, grantMetrics, grantRead, grantWrite, REPORT_KEYS } from './grants.ts';
import { plainFunction } from './plain-function.ts';

interface OwnProps {
  /** Folder of its bundle below `dist/functions`. */
  bundle: string;
  description: string;
  timeout: Duration;
  ephemeralStorage: Size;
  /** Buckets it reads besides the data bucket. */
  reads: IBucket[];
  /** Keys it may write in the data bucket. */
  writes: readonly string[];
  /** Whether it may put metrics under the names of Model Monitor. */
  modelMonitorMetrics?: boolean;
  /** What Lambda does with an asynchronous call that failed. */
  asynchronous?: EventInvokeConfigOptions;
}

type Settings = FunctionProps & TellingProps & Required<Pick<FunctionProps, keyof typeof FUNCTION_DEFAULTS>>;

/** One of our functions, beside its own log and role, in the given construct: it reads the buckets named and writes the prefixes named. */
export function qualityFunction(scope: Construct, props: Settings & OwnProps): LambdaFunction {
  const { dataBucket, ephemeralStorage } = props;
  const lock = props.writes.includes(REPORT_KEYS) ? props.reportLock : undefined;
  const grant = (role: Role): void => {
    for (const bucket of new Set([dataBucket, ...props.reads])) grantRead(role, bucket);
    for (const key of props.captureKeys) key.grant(role, 'kms:Decrypt');
    grantWrite(role, dataBucket, props.writes);
    if (lock) grantLock(role, dataBucket);
    props.alerts?.grantTell(role);
    if (props.modelMonitorMetrics) grantMetrics(role, METRIC_NAMESPACES);
  };
  const environment = {
    DATA_BUCKET: dataBucket.bucketName,
    SCRATCH_BYTES: String(ephemeralStorage.toBytes()),
    ...(lock && { REPORT_LOCK_MODE: lock.mode, REPORT_LOCK_DAYS: String(lock.days) }),
    ...props.alerts?.environment,
  };
  const own = { layers: props.layers, ephemeralStorageSize: ephemeralStorage, ...props.asynchronous };
  return plainFunction(scope, { ...props, grant, environment }, own);
}
