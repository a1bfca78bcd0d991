import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { inWords, runbookAlarm } from '../observability/alarms.ts';
import type { Ingest } from './ingest.ts';

export interface IngestAlarmsProps {
  ingest: Ingest;
  /** Age of the oldest message above which ingest is said to lag. */
  maximumAge: Duration;
  topic?: ITopic;
}

const MINUTE = { period: Duration.minutes(1) };
const MINUTES = { period: Duration.minutes(5) };

/** What a person should hear of: lost objects, crashes, throttling, a backlog. */
export class IngestAlarms extends Construct {
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, { ingest, maximumAge, topic }: IngestAlarmsProps) {
    super(scope, id);
    this.all = [
      runbookAlarm(this, 'DeadLetters', {
        metric: ingest.metricDeadLetters(MINUTE),
        above: 0,
        says: 'Objects could not be processed and wait in the dead letters.',
        anchor: 'ingest-dead-letters',
        topic,
      }),
      runbookAlarm(this, 'Errors', {
        metric: ingest.metricErrors(MINUTES),
        above: 0,
        says: 'The ingest function crashed, ran out of memory or timed out.',
        anchor: 'ingest-errors',
        topic,
      }),
      runbookAlarm(this, 'Throttles', {
        metric: ingest.metricThrottles(MINUTES),
        above: 0,
        says: 'The ingest function was throttled: the account has no concurrency left.',
        anchor: 'ingest-throttles',
        topic,
      }),
      runbookAlarm(this, 'Backlog', {
        metric: ingest.metricOldestMessageAge(MINUTES),
        above: maximumAge.toSeconds(),
        says: `Objects have waited for more than ${inWords(maximumAge)}.`,
        anchor: 'ingest-backlog',
        topic,
      }),
    ];
  }
}
