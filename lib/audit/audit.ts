import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { withDefaults } from '../functions/function-props.ts';
import { grantSend } from '../functions/grants.ts';
import { qualityFunction } from '../functions/quality-function.ts';
import { feed, workQueue } from '../functions/work-queue.ts';
import { AuditAlarms } from './audit-alarms.ts';
import { AUDIT_DEFAULTS, AUDIT_TIMEOUT, type AuditProps } from './audit-props.ts';
import { AuditSchedule } from './audit-schedule.ts';

/** Where `audit` may write: it judges what `ingest` kept, and changes none of it. */
export const AUDIT_WRITES = ['reports/*', 'metrics/*', 'model-monitor/*', 'alerts/*'] as const;

/**
 * Windows that ended become reports: schedule → queue (with dead letters) → function, which answers the question what is due with a message for each monitor,
 * that with one for each window, and those with reports.
 */
export class Audit extends Construct {
  readonly deadLetters: Queue;
  readonly queue: Queue;
  readonly function: LambdaFunction;
  readonly schedule: AuditSchedule;
  readonly alarms: AuditAlarms;

  constructor(scope: Construct, id: string, props: AuditProps) {
    super(scope, id);
    const settings = withDefaults(AUDIT_DEFAULTS, props);
    const { queue, deadLetters, maximumAge } = workQueue(this, AUDIT_TIMEOUT);
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.function = qualityFunction(this, {
      ...settings,
      bundle: 'audit',
      description: 'Assay audit: a window that ended becomes a report',
      timeout: AUDIT_TIMEOUT,
      reads: [...settings.captureBuckets, ...settings.labelBuckets],
      writes: AUDIT_WRITES,
    });
    this.function.addEnvironment('AUDIT_QUEUE_URL', queue.queueUrl);
    grantSend(this.function.role as Role, [queue]);
    feed(this.function, queue, { batchSize: 1, maxConcurrency: settings.maxConcurrency });
    this.schedule = new AuditSchedule(this, 'Schedule', { queue, deadLetters, minute: settings.minute });
    this.alarms = new AuditAlarms(this, 'Alarms', { audit: this, maximumAge, topic: settings.alarmTopic });
  }

  /** Audits that failed for good. */
  metricDeadLetters(options?: MetricOptions): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'max', ...options });
  }

  /** Seconds the oldest audit has waited. */
  metricOldestMessageAge(options?: MetricOptions): Metric {
    return this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'max', ...options });
  }

  /** Invocations that crashed or timed out. Messages that failed for themselves are not among them. */
  metricErrors(options?: MetricOptions): Metric {
    return this.function.metricErrors(options);
  }
}
