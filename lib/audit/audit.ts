import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { withDefaults } from '../functions/function-props.ts';
import { qualityFunction } from '../functions/quality-function.ts';
import { AuditAlarms } from './audit-alarms.ts';
import { AUDIT_DEFAULTS, AUDIT_MAXIMUM_AGE, AUDIT_RETRIES, AUDIT_TIMEOUT, type AuditProps } from './audit-props.ts';
import { AuditSchedule } from './audit-schedule.ts';

/** Where `audit` may write: it judges what `ingest` kept, and changes none of it. */
export const AUDIT_WRITES = ['reports/*', 'metrics/*', 'model-monitor/*', 'alerts/*'] as const;

/** Windows that ended become reports: schedule → function, with dead letters for what failed. */
export class Audit extends Construct {
  readonly deadLetters: Queue;
  readonly function: LambdaFunction;
  readonly schedule: AuditSchedule;
  readonly alarms: AuditAlarms;

  constructor(scope: Construct, id: string, props: AuditProps) {
    super(scope, id);
    const settings = withDefaults(AUDIT_DEFAULTS, props);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      retentionPeriod: Duration.days(14),
    });
    const reason = 'It is the end of the line itself: it takes what the schedule and Lambda could not deliver, and an alarm watches it.';
    Validations.of(this.deadLetters).acknowledge({ id: 'AwsSolutions-SQS3', reason });
    this.function = qualityFunction(this, {
      ...settings,
      bundle: 'audit',
      description: 'Assay audit: a window that ended becomes a report',
      timeout: AUDIT_TIMEOUT,
      reads: [...settings.captureBuckets, ...settings.labelBuckets],
      writes: AUDIT_WRITES,
      // The schedule calls it asynchronously: Lambda repeats what failed, and keeps what failed for good.
      asynchronous: { retryAttempts: AUDIT_RETRIES, maxEventAge: AUDIT_MAXIMUM_AGE, onFailure: new SqsDestination(this.deadLetters) },
    });
    this.schedule = new AuditSchedule(this, 'Schedule', { target: this.function, deadLetters: this.deadLetters, minute: settings.minute });
    this.alarms = new AuditAlarms(this, 'Alarms', { audit: this, topic: settings.alarmTopic });
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
