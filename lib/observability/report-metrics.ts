import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, type MetricName } from '../../layers/quality/contract/metric-names.ts';

export interface ReportMetricOptions extends MetricOptions {
  /**
   * The monitor whose reports are meant.
   * @default all together
   */
  monitor?: string;
}

/** How a metric is summed up where nothing else is said. */
const STATISTICS: Record<MetricName, string> = {
  Verdict: 'Maximum',
  FailedChecks: 'Maximum',
  Objects: 'Sum',
  Rows: 'Sum',
  Lag: 'Maximum',
  DataAge: 'Minimum',
};

/** A metric of reports, of one monitor or of all. */
export const reportMetric = (service: string, name: MetricName, { monitor, ...options }: ReportMetricOptions = {}): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { service, ...(monitor === undefined ? {} : { monitor }) },
    statistic: STATISTICS[name],
    ...options,
  });

/** A line for each monitor there is, also those that are yet to come. */
export const byMonitor = (service: string, name: MetricName, period = Duration.hours(1)): MathExpression =>
  new MathExpression({
    expression: `SEARCH('{${METRIC_NAMESPACE},monitor,service} service="${service}" MetricName="${name}"', '${STATISTICS[name]}', ${period.toSeconds()})`,
    usingMetrics: {},
    label: '',
    period,
  });
