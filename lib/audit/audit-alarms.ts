import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runbookAlarm } from '../observability/alarms.ts';
import type { Audit } from './audit.ts';

export interface AuditAlarmsProps {
  audit: Audit;
  topic?: ITopic;
}

/** What a person should hear of: windows without a report, and audits that fail. */
export class AuditAlarms extends Construct {
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, { audit, topic }: AuditAlarmsProps) {
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
        says: 'An audit failed, ran out of memory or timed out; it is repeated twice.',
        anchor: 'audit-errors',
        topic,
      }),
    ];
  }
}
