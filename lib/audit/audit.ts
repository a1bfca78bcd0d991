import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionRole, grantRead, grantWrite } from '../ingest/grants.ts';
import { builtCode } from '../layers/built-code.ts';
import { RUNTIME } from '../layers/runtime.ts';
import { AuditAlarms } from './audit-alarms.ts';
import { AUDIT_DEFAULTS, AUDIT_MAXIMUM_AGE, AUDIT_RETRIES, AUDIT_TIMEOUT, type AuditProps } from './audit-props.ts';
import { AuditSchedule } from './audit-schedule.ts';

/** Where `audit` may write: it judges what `ingest` kept, and changes none of it. */
export const AUDIT_WRITES = ['reports/*', 'metrics/*'] as const;

type Settings = AuditProps & Required<Pick<AuditProps, keyof typeof AUDIT_DEFAULTS>>;

/** Windows that ended become reports: schedule → function, with dead letters for what failed. */
export class Audit extends Construct {
  readonly deadLetters: Queue;
  readonly function: LambdaFunction;
  readonly schedule: AuditSchedule;
  readonly alarms: AuditAlarms;

  constructor(scope: Construct, id: string, props: AuditProps) {
    super(scope, id);
    const given = Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
    const settings = { ...AUDIT_DEFAULTS, ...given } as Settings;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      retentionPeriod: Duration.days(14),
    });
    const reason = 'It is the end of the line itself: it takes what the schedule and Lambda could not deliver, and an alarm watches it.';
    Validations.of(this.deadLetters).acknowledge({ id: 'AwsSolutions-SQS3', reason });
    this.function = this.createFunction(settings);
    this.schedule = new AuditSchedule(this, 'Schedule', { target: this.function, deadLetters: this.deadLetters, minute: settings.minute });
    this.alarms = new AuditAlarms(this, 'Alarms', { audit: this, topic: settings.alarmTopic });
  }

  private createFunction(settings: Settings): LambdaFunction {
    const logGroup = new LogGroup(this, 'Log', { retention: settings.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = functionRole(this, 'Role', logGroup);
    for (const bucket of new Set([settings.dataBucket, ...settings.captureBuckets, ...settings.labelBuckets])) grantRead(role, bucket);
    for (const key of settings.captureKeys) key.grant(role, 'kms:Decrypt');
    grantWrite(role, settings.dataBucket, AUDIT_WRITES);
    return new LambdaFunction(this, 'Function', {
      description: 'Assay audit: a window that ended becomes a report',
      code: builtCode(new Construct(this, 'Code'), settings.root, 'dist/functions/audit', 'npm run build'),
      handler: 'index.handler',
      runtime: RUNTIME,
      architecture: settings.architecture,
      layers: settings.layers,
      memorySize: settings.memoryMB,
      ephemeralStorageSize: settings.ephemeralStorage,
      timeout: AUDIT_TIMEOUT,
      role,
      logGroup,
      // The schedule calls it asynchronously: Lambda repeats what failed, and keeps what failed for good.
      retryAttempts: AUDIT_RETRIES,
      maxEventAge: AUDIT_MAXIMUM_AGE,
      onFailure: new SqsDestination(this.deadLetters),
      environment: { DATA_BUCKET: settings.dataBucket.bucketName, SCRATCH_BYTES: String(settings.ephemeralStorage.toBytes()) },
    });
  }

  /** Audits that failed for good. */
  metricDeadLetters(options?: MetricOptions): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'max', ...options });
  }

  /** Invocations that failed, those that were repeated among them. */
  metricErrors(options?: MetricOptions): Metric {
    return this.function.metricErrors(options);
  }
}
