import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createMetricSink } from '../../layers/quality/cloudwatch/metric-sink.ts';
import { fakeCloudWatch } from './fake-cloudwatch.ts';

const batch = (count: number) => ({
  namespace: 'aws/sagemaker/Endpoints/data-metrics',
  dimensions: { Endpoint: 'e', MonitoringSchedule: 's' },
  time: Date.UTC(2026, 6, 1, 14),
  metrics: Array.from({ length: count }, (_, i) => ({ name: `feature_non_null_${i}`, value: i })),
});
const failing = (name: string, message: string) =>
  createMetricSink(async () => Promise.reject(Object.assign(new Error(message), { name })));

it('puts numbers and statistics with their dimensions, a thousand at a time', async () => {
  const asked: PutMetricDataCommandInput[] = [];
  const sink = createMetricSink(async (input) => asked.push(input));
  const statistics = { name: 'feature_data_x', value: { count: 3, sum: 6, minimum: 1, maximum: 3 } };
  expect(await sink.put({ ...batch(1000), metrics: [statistics, ...batch(1000).metrics] })).toBe('done');
  expect(asked.map(({ MetricData }) => MetricData!.length)).toEqual([1000, 1]);
  const common = {
    Timestamp: new Date('2026-07-01T14:00:00Z'),
    Dimensions: [
      { Name: 'Endpoint', Value: 'e' },
      { Name: 'MonitoringSchedule', Value: 's' },
    ],
  };
  expect(asked[0]).toMatchObject({ Namespace: 'aws/sagemaker/Endpoints/data-metrics' });
  expect(asked[0]!.MetricData!.slice(0, 2)).toEqual([
    { ...common, MetricName: 'feature_data_x', StatisticValues: { SampleCount: 3, Sum: 6, Minimum: 1, Maximum: 3 } },
    { ...common, MetricName: 'feature_non_null_0', Value: 0 },
  ]);
});

it('adds what a metric has of dimensions to those of all', async () => {
  const asked: PutMetricDataCommandInput[] = [];
  const metric = { name: 'bias_metric_DI', value: 0.5, dimensions: { Facet: 'sex' } };
  await createMetricSink(async (input) => asked.push(input)).put({ ...batch(1), metrics: [metric] });
  expect(asked[0]!.MetricData![0]!.Dimensions).toEqual([
    { Name: 'Endpoint', Value: 'e' },
    { Name: 'MonitoringSchedule', Value: 's' },
    { Name: 'Facet', Value: 'sex' },
  ]);
});

it('tells a namespace that is refused from everything else', async () => {
  const refused = failing('InvalidParameterValueException', 'The value AWS/ for parameter Namespace is invalid.');
  expect(await refused.put(batch(1))).toBe('namespace refused');
  const other = failing(
    'InvalidParameterValueException',
    'The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past.',
  );
  await expect(other.put(batch(1))).rejects.toThrow('two weeks');
  await expect(failing('AccessDenied', 'not authorized on namespace').put(batch(1))).rejects.toThrow('not authorized');
});

it('puts with the real client, and knows its refusal', async () => {
  const { url, put } = await fakeCloudWatch(['AWS/Other']);
  const variables = {
    AWS_ENDPOINT_URL_CLOUDWATCH: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const sink = createMetricSink();
  expect([await sink.put(batch(2)), await sink.put({ ...batch(1), namespace: 'AWS/Other' })]).toEqual(['done', 'namespace refused']);
  expect(put).toMatchObject([{ Namespace: 'aws/sagemaker/Endpoints/data-metrics', MetricData: [{ Value: 0 }, { Value: 1 }] }]);
});
