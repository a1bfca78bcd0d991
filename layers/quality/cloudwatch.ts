/** CloudWatch for functions that put metrics: by itself, as nothing else is to load its client. */
export { createMetricSink } from './cloudwatch/metric-sink.ts';
export type { MetricSink } from './usecases/metric-sink.ts';
