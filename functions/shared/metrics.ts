import type { MetricSink } from '../../layers/quality/usecases/metric-sink.ts';

/** CloudWatch, whose client is loaded by the first window that has metrics for it. */
export function lazyMetricSink(): MetricSink {
  let sink: MetricSink | undefined;
  return {
    now: Date.now,
    put: async (batch) => {
      sink ??= (await import('@assay/quality/cloudwatch')).createMetricSink();
      return sink.put(batch);
    },
  };
}
