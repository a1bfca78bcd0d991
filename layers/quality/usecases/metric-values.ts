import type { PerformanceSection } from '../contract/outcome-report.ts';
import { performanceMetrics } from '../metrics/performance/index.ts';
import type { OutcomeSide } from './outcome-side.ts';

/** Every metric of accuracy over all rows that has a value, so that others can be held against it. */
export function metricValues({ plan, whole }: OutcomeSide): NonNullable<PerformanceSection['baseline']> {
  return performanceMetrics(plan).flatMap((metric) => {
    const { value } = metric.compute(whole);
    return value === null || !Number.isFinite(value) ? [] : [{ metric: metric.id, parameters: metric.parameters ?? {}, value }];
  });
}
