import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { withDefaults } from '../functions/function-props.ts';
import { qualityFunction } from '../functions/quality-function.ts';
import { feed, workQueue } from '../functions/work-queue.ts';
import { ArrivalRules } from './arrival-rules.ts';
import { IngestAlarms } from './ingest-alarms.ts';
import { INGEST_DEFAULTS, type IngestProps } from './ingest-props.ts';

/** Where `ingest` may write. Input of baselines and monitors are others' to write. */
export const WRITTEN_PREFIXES = [
  'monitors/*/baseline/*',
  'records/*',
  'profiles/*',
  'reports/*',
  'metrics/*',
  'rejected/*',
  'alerts/*',
] as const;

/** Objects that land in S3 become profiles and reports: S3 → EventBridge → queue (with dead letters) → function. */
export class Ingest extends Construct {
  readonly deadLetters: Queue;
  readonly queue: Queue;
  readonly function: LambdaFunction;
  readonly alarms: IngestAlarms;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    const settings = withDefaults(INGEST_DEFAULTS, props);
    const { queue, deadLetters, maximumAge } = workQueue(this, settings.timeout);
    this.deadLetters = deadLetters;
    this.queue = queue;
    this.function = qualityFunction(this, {
      ...settings,
      bundle: 'ingest',
      description: 'Assay ingest: an object that arrived becomes profiles and reports',
      reads: settings.captureBuckets,
      writes: WRITTEN_PREFIXES,
    });
    feed(this.function, queue, { batchSize: settings.batchSize, maxConcurrency: settings.maxConcurrency });
    new ArrivalRules(this, 'Arrivals', { ...settings, queue, deadLetters });
    const alarming = { maximumAge: settings.maximumAge ?? maximumAge, topic: settings.alarmTopic };
    this.alarms = new IngestAlarms(this, 'Alarms', { ingest: this, ...alarming });
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
