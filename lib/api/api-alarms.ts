import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runbookAlarm } from '../observability/alarms.ts';
import type { Api } from './api.ts';

export interface ApiAlarmsProps {
  api: Api;
  topic?: ITopic;
}

/** What a person should hear of: requests that failed on our side. */
export class ApiAlarms extends Construct {
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, { api, topic }: ApiAlarmsProps) {
    super(scope, id);
    this.all = [
      runbookAlarm(this, 'Errors', {
        metric: api.metricServerErrors({ period: Duration.minutes(5) }),
        above: 0,
        says: 'Requests to the API failed on its own side, or took too long.',
        anchor: 'api-errors',
        topic,
      }),
    ];
  }
}
