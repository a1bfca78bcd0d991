import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runbookAlarm } from '../observability/alarms.ts';
import type { ScaleOut } from './scale-out.ts';

export interface ScaleOutAlarmsProps {
  scaleOut: ScaleOut;
  topic?: ITopic;
}

/** What a person should hear of: backfills and large audits that did not come to their end. */
export class ScaleOutAlarms extends Construct {
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, { scaleOut, topic }: ScaleOutAlarmsProps) {
    super(scope, id);
    this.all = [
      runbookAlarm(this, 'Failed', {
        metric: scaleOut.metricFailed({ period: Duration.minutes(5) }),
        above: 0,
        says: 'A backfill or a large audit failed before it was done.',
        anchor: 'backfill-failed',
        topic,
      }),
    ];
  }
}
