import { WATCHED_RATES } from '../checks/fairness.ts';
import { CLARIFY_METRICS } from '../metrics/fairness/index.ts';
import { BINARY_METRICS } from '../metrics/performance/binary-metrics.ts';
import { multiclassMetrics } from '../metrics/performance/multiclass-metrics.ts';
import { REGRESSION_METRICS } from '../metrics/performance/regression-metrics.ts';
import { BETWEEN, SCORED, SHOWN_RATES } from './fairness-rows.ts';
import { ESTIMATED } from './make-estimates.ts';

/** Ids of every metric of accuracy a report may have, each once. */
export const ACCURACY_METRICS: readonly string[] = [
  ...new Set([
    ...BINARY_METRICS.map(({ id }) => id),
    ...multiclassMetrics([]).map(({ id }) => id),
    ...REGRESSION_METRICS.map(({ id }) => id),
    'labelled_share',
    ...Object.values(ESTIMATED)
      .flat()
      .flatMap((id) => [`estimated_${id}`, `estimated_${id}_error`]),
  ]),
];

/** Ids of every metric of fairness a report may have. */
export const FAIRNESS_METRICS: readonly string[] = [
  ...SHOWN_RATES,
  ...WATCHED_RATES.map((rate) => `${rate}_difference`),
  'impact_ratio',
  ...SCORED,
  'observed_over_expected_difference',
  ...CLARIFY_METRICS.map(({ name }) => name),
  ...BETWEEN.map(([name]) => name),
];
