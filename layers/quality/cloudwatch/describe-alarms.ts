import { CloudWatchClient, type Dimension, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { AlarmMetric } from '../model-monitor/index.ts';

/** Every metric that the account's alarms look at, by itself or in an expression. */
export async function describeAlarms(): Promise<AlarmMetric[]> {
  const client = new CloudWatchClient({ maxAttempts: 3 });
  try {
    const found: AlarmMetric[] = [];
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client, pageSize: 100 }, { AlarmTypes: ['MetricAlarm'] }))
      found.push(...MetricAlarms.flatMap(metricsOf));
    return found;
  } finally {
    client.destroy();
  }
}

function metricsOf({ AlarmName: alarm = '', Namespace, MetricName, Dimensions, Metrics = [] }: MetricAlarm): AlarmMetric[] {
  const named = [{ Namespace, MetricName, Dimensions }, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])];
  return named.flatMap(({ Namespace: namespace, MetricName: name, Dimensions: dimensions }) =>
    namespace === undefined || name === undefined ? [] : [{ alarm, namespace, name, dimensions: byName(dimensions) }],
  );
}

const byName = (dimensions: Dimension[] | undefined): Record<string, string> =>
  Object.fromEntries((dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));
