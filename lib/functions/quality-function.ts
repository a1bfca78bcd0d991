import { type Duration, RemovalPolicy, type Size } from 'aws-cdk-lib';
import { type EventInvokeConfigOptions, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { METRIC_NAMESPACES } from '../../layers/quality/contract/namespaces.ts';
import { builtCode } from '../layers/built-code.ts';
import { RUNTIME } from '../layers/runtime.ts';
import type { FUNCTION_DEFAULTS, FunctionProps, TellingProps } from './function-props.ts';
import { functionRole, grantLock, grantMetrics, grantNetwork, grantRead, grantWrite, REPORT_KEYS } from './grants.ts';

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
  const logGroup = new LogGroup(scope, 'Log', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY });
  const role = functionRole(scope, 'Role', logGroup);
  for (const bucket of new Set([dataBucket, ...props.reads])) grantRead(role, bucket);
  for (const key of props.captureKeys) key.grant(role, 'kms:Decrypt');
  grantWrite(role, dataBucket, props.writes);
  const lock = props.writes.includes(REPORT_KEYS) ? props.reportLock : undefined;
  if (lock) grantLock(role, dataBucket);
  props.alerts?.grantTell(role);
  if (props.modelMonitorMetrics) grantMetrics(role, METRIC_NAMESPACES);
  if (props.vpc) grantNetwork(role);
  return new LambdaFunction(scope, 'Function', {
    description: props.description,
    code: builtCode(new Construct(scope, 'Code'), props.root, `dist/functions/${props.bundle}`, 'npm run build'),
    handler: 'index.handler',
    runtime: RUNTIME,
    architecture: props.architecture,
    layers: props.layers,
    memorySize: props.memoryMB,
    ephemeralStorageSize: ephemeralStorage,
    timeout: props.timeout,
    role,
    logGroup,
    ...(props.vpc && { vpc: props.vpc, vpcSubnets: props.vpcSubnets, securityGroups: props.securityGroups }),
    environment: {
      DATA_BUCKET: dataBucket.bucketName,
      SCRATCH_BYTES: String(ephemeralStorage.toBytes()),
      ...(lock && { REPORT_LOCK_MODE: lock.mode, REPORT_LOCK_DAYS: String(lock.days) }),
      ...props.alerts?.environment,
    },
    ...props.asynchronous,
  });
}
