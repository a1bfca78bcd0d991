import type { ModelMonitorMetric } from '../model-monitor/index.ts';

export interface MetricBatch {
  namespace: string;
  dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  time: number;
  metrics: readonly ModelMonitorMetric[];
}

/** Where metrics go: CloudWatch, in the cloud. */
export interface MetricSink {
  /** Milliseconds since the epoch: what belongs to a later time is not put yet. */
  now(): number;
  /** `namespace refused` where the namespace is not ours to write to; any other failure is thrown. */
  put(batch: MetricBatch): Promise<'done' | 'namespace refused'>;
}
