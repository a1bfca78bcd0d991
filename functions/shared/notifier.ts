import { createAwsNotifier } from '@assay/quality';
import type { Notifier } from '../../layers/quality/alerts/notifier.ts';
import type { IngestEnvironment } from './environment.ts';
import { measureReports } from './measures.ts';

/** Who hears of reports on AWS: people by SNS, programs by EventBridge, charts and alarms by metrics in the log. */
export const createNotifier = ({ topicArn, eventBus, service }: IngestEnvironment): Notifier => ({
  ...createAwsNotifier({ topicArn, eventBus }),
  measure: measureReports(service),
});
