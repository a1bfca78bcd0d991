import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { VERDICTS } from '../../layers/quality/contract/verdict.ts';
import { inWords, runbookAlarm } from './alarms.ts';
import type { Alerts } from './alerts.ts';
import { reportMetric } from './report-metrics.ts';

export interface ReportAlarmsProps {
  alerts: Alerts;
  topic?: ITopic;
  /**
   * Time from an object's arrival to its report above which an alarm sounds.
   * @default 1 hour
   */
  maximumLag?: Duration;
  /**
   * Age of the newest event in what arrives above which an alarm sounds.
   * @default 2 days
   */
  maximumDataAge?: Duration;
}

/** What a person should hear of, besides what is wrong with the data: what cannot be judged, or not in time, and alerts that reach nobody. */
export class ReportAlarms extends Construct {
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, props: ReportAlarmsProps) {
    super(scope, id);
    const { alerts, topic, maximumLag = Duration.hours(1), maximumDataAge = Duration.days(2) } = props;
    const metric = (name: 'Verdict' | 'Lag' | 'DataAge', period: Duration) => reportMetric(alerts.service, name, { period });
    this.all = [
      runbookAlarm(this, 'Errors', {
        metric: metric('Verdict', Duration.minutes(5)),
        above: VERDICTS.indexOf('fail'),
        says: 'A report has the verdict error: something could not be read or judged.',
        anchor: 'report-errors',
        topic,
      }),
      runbookAlarm(this, 'Lag', {
        metric: metric('Lag', Duration.minutes(5)),
        above: maximumLag.toSeconds(),
        says: `From the arrival of an object to its report it took more than ${inWords(maximumLag)}.`,
        anchor: 'report-lag',
        topic,
      }),
      runbookAlarm(this, 'DataAge', {
        metric: metric('DataAge', Duration.hours(1)),
        above: maximumDataAge.toSeconds(),
        says: `The newest event in all that arrived is more than ${inWords(maximumDataAge)} old.`,
        anchor: 'data-age',
        topic,
      }),
      runbookAlarm(this, 'Undelivered', {
        metric: alerts.metricUndelivered({ period: Duration.minutes(5) }),
        above: 0,
        says: 'Alerts did not reach those they are for.',
        anchor: 'alerts-undelivered',
        topic,
      }),
    ];
  }
}
