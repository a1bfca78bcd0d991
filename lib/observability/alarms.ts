import type { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface RunbookAlarmProps {
  metric: IMetric;
  /** The alarm sounds above it. */
  above: number;
  /** One sentence: what is wrong. */
  says: string;
  /** Section of docs/runbook.md. */
  anchor: string;
  /**
   * Told when the alarm starts and when it ends.
   * @default nobody
   */
  topic?: ITopic;
}

/** Where the sections of the runbook are. */
export const RUNBOOK = 'docs/runbook.md';

/** An alarm whose text leads to its section of the runbook. No data is no trouble: nothing arrived. */
export const runbookAlarm = (scope: Construct, id: string, { metric, above, says, anchor, topic }: RunbookAlarmProps): Alarm => {
  const alarm = new Alarm(scope, id, {
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${says} Runbook: ${RUNBOOK}#${anchor}`,
  });
  if (topic) {
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
  return alarm;
};

export const inWords = (duration: Duration): string => duration.toHumanString();
