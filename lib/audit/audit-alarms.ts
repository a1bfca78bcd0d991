import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { inWords, runbookAlarm } from '../observability/alarms.ts';
import type { Audit } from './audit.ts';

export interface AuditAlarmsProps {
  audit: Audit;
  /** Age of the oldest message above which audits are said to lag. */
  maximumAge: Duration;
  topic?: ITopic;
}

/** What a person should hear of: windows without a report, crashes, a backlog. */
export class AuditAlarms extends Construct {
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, { audit, maximumAge, topic }: AuditAlarmsProps) {
    super(scope, id);
    this.all = [
      runbookAlarm(this, 'DeadLetters', {
        metric: audit.metricDeadLetters({ period: Duration.minutes(1) }),
        above: 0,
        says: 'Windows could not be audited and wait in the dead letters.',
        anchor: 'audit-dead-letters',
        topic,
      }),
      runbookAlarm(this, 'Errors', {
        metric: audit.metricErrors({ period: Duration.minutes(5) }),
        above: 0,
        says: 'The audit function crashed, ran out of memory or timed out, or a call failed that somebody waited for.',
        anchor: 'audit-errors',
        topic,
      }),
      runbookAlarm(this, 'Backlog', {
        metric: audit.metricOldestMessageAge({ period: Duration.minutes(5) }),
        above: maximumAge.toSeconds(),
        says: `Windows that are due have waited for more than ${inWords(maximumAge)}.`,
        anchor: 'audit-backlog',
        topic,
      }),
    ];
  }
}
