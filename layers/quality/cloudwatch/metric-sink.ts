import { CloudWatchClient, type MetricDatum, PutMetricDataCommand, type PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import type { MetricBatch, MetricSink } from '../usecases/metric-sink.ts';

/** CloudWatch takes no more in one call. */
const MOST_METRICS = 1000;

/** As much of the client as is used. */
export type PutMetricData = (input: PutMetricDataCommandInput) => Promise<unknown>;

/** Metrics to CloudWatch, or to whatever AWS_ENDPOINT_URL_CLOUDWATCH points to. */
export function createMetricSink(put: PutMetricData = ofClient()): MetricSink {
  return {
    now: Date.now,
    async put({ namespace, dimensions, time, metrics }) {
      const data = metrics.map((metric) => datumOf(metric, dimensions, time));
      try {
        for (let from = 0; from < data.length; from += MOST_METRICS)
          await put({ Namespace: namespace, MetricData: data.slice(from, from + MOST_METRICS) });
        return 'done';
      } catch (error) {
        if (isNamespaceRefused(error as Error)) return 'namespace refused';
        throw error;
      }
    },
  };
}

function ofClient(): PutMetricData {
  const client = new CloudWatchClient({ maxAttempts: 3 });
  return (input) => client.send(new PutMetricDataCommand(input));
}

function datumOf(
  { name, value, dimensions: own }: MetricBatch['metrics'][number],
  dimensions: MetricBatch['dimensions'],
  time: number,
): MetricDatum {
  const common = {
    MetricName: name,
    Timestamp: new Date(time),
    Dimensions: Object.entries({ ...dimensions, ...own }).map(([Name, Value]) => ({ Name, Value })),
  };
  if (typeof value === 'number') return { ...common, Value: value };
  const { count, sum, minimum, maximum } = value;
  return { ...common, StatisticValues: { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } };
}

/** Namespaces that begin with AWS/ are kept for AWS; what is refused is told by the parameter the answer names. */
const isNamespaceRefused = ({ name, message }: Error): boolean =>
  /^(InvalidParameter(Value|Combination)?(Exception)?|ValidationError|ValidationException)$/.test(name) && /namespace/i.test(message);
