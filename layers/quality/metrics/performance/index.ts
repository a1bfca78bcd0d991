import type { OutcomePlan } from '../../contract/outcomes.ts';
import { BINARY_METRICS } from './binary-metrics.ts';
import { multiclassMetrics } from './multiclass-metrics.ts';
import type { PerformanceMetric } from './performance-metric.ts';
import { REGRESSION_METRICS } from './regression-metrics.ts';

export { scoresPerClass, topLabelScores } from './class-scores.ts';
export { coarser } from './coarser.ts';
export type { PerformanceMetric, Spread } from './performance-metric.ts';
export { predictionStrata, strataEdges } from './prediction-strata.ts';
export type { Slice } from './slice.ts';
export { labelsApart, standForAll, UNEVEN, verifiedByPrediction } from './verification.ts';

/** The metrics of a problem; those of scores only where there is a score. */
export function performanceMetrics({ problem, classes }: Pick<OutcomePlan, 'problem' | 'classes'>): readonly PerformanceMetric[] {
  if (problem === 'multiclass') return multiclassMetrics(classes);
  return problem === 'binary' ? BINARY_METRICS : REGRESSION_METRICS;
}
