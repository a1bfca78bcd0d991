import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { builtCode } from '../layers/built-code.ts';
import { RUNTIME } from '../layers/runtime.ts';
import { ArrivalRules } from './arrival-rules.ts';
import { functionRole, grantRead, grantWrite, WRITTEN_PREFIXES } from './grants.ts';
import { IngestAlarms } from './ingest-alarms.ts';
import { INGEST_DEFAULTS, type IngestProps, MAX_RECEIVE_COUNT, VISIBILITY_FACTOR } from './ingest-props.ts';

/** Props with every default filled in. */
type Settings = IngestProps & Required<Pick<IngestProps, keyof typeof INGEST_DEFAULTS>>;

/** Objects that land in S3 become profiles and reports: S3 → EventBridge → queue (with dead letters) → function. */
export class Ingest extends Construct {
  readonly deadLetters: Queue;
  readonly queue: Queue;
  readonly function: LambdaFunction;
  readonly alarms: IngestAlarms;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    const settings: Settings = { ...INGEST_DEFAULTS, ...defined(props) };
    const visibility = Duration.seconds(VISIBILITY_FACTOR * settings.timeout.toSeconds());
    this.deadLetters = new Queue(this, 'DeadLetters', { ...SEALED, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...SEALED,
      visibilityTimeout: visibility,
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    this.function = this.createFunction(settings);
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: settings.batchSize,
        maxConcurrency: settings.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    new ArrivalRules(this, 'Arrivals', { ...settings, queue: this.queue, deadLetters: this.deadLetters });
    const maximumAge = settings.maximumAge ?? Duration.seconds(2 * visibility.toSeconds());
    this.alarms = new IngestAlarms(this, 'Alarms', { ingest: this, maximumAge, topic: settings.alarmTopic });
  }

  private createFunction(settings: Settings): LambdaFunction {
    const logGroup = new LogGroup(this, 'Log', { retention: settings.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = functionRole(this, 'Role', logGroup);
    for (const bucket of [settings.dataBucket, ...settings.captureBuckets]) grantRead(role, bucket);
    for (const key of settings.captureKeys) key.grant(role, 'kms:Decrypt');
    grantWrite(role, settings.dataBucket, WRITTEN_PREFIXES);
    return new LambdaFunction(this, 'Function', {
      description: 'Assay ingest: an object that arrived becomes profiles and reports',
      code: builtCode(new Construct(this, 'Code'), settings.root, 'dist/functions/ingest', 'npm run build'),
      handler: 'index.handler',
      runtime: RUNTIME,
      architecture: settings.architecture,
      layers: settings.layers,
      memorySize: settings.memoryMB,
      ephemeralStorageSize: settings.ephemeralStorage,
      timeout: settings.timeout,
      role,
      logGroup,
      environment: { DATA_BUCKET: settings.dataBucket.bucketName, SCRATCH_BYTES: String(settings.ephemeralStorage.toBytes()) },
    });
  }

  /** Messages nobody could process. */
  metricDeadLetters(options?: MetricOptions): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'max', ...options });
  }

  /** Seconds the oldest message has waited. */
  metricOldestMessageAge(options?: MetricOptions): Metric {
    return this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'max', ...options });
  }

  /** Invocations that crashed or timed out. Records that failed for themselves are not among them. */
  metricErrors(options?: MetricOptions): Metric {
    return this.function.metricErrors(options);
  }

  /** Invocations refused for want of concurrency. */
  metricThrottles(options?: MetricOptions): Metric {
    return this.function.metricThrottles(options);
  }
}

const SEALED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY };

/** Props given as undefined are props not given. */
const defined = (props: IngestProps): IngestProps =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as unknown as IngestProps;
