import { CLARIFY_METRICS, type ClarifyValue, clarifyValues, type Split } from '../metrics/fairness/index.ts';
import { noValue, type Outcome } from '../metrics/outcome.ts';
import type { BiasViolation } from './bias-violations.ts';
import { isTaken, type ModelMonitorMetric } from './metric.ts';

/** What bias was measured of. */
export interface BiasSubject {
  label: string;
  /** The values taken for positive. */
  labelValue: string;
  groups: readonly BiasGroup[];
  /** What is worse than in the baseline; null where there is none to compare with. */
  violations: readonly BiasViolation[] | null;
}

/** A group of a facet against all others. */
export interface BiasGroup {
  facet: string;
  value: string;
  split: Split;
  /** The flip test, which needs rows; absent where it was not made. */
  flipTest: Outcome | undefined;
}

const PREFIX = 'bias_metric_';
const STAGES = { pre_training: 'Pre-training', post_training: 'Post-Training' } as const;
/** CloudWatch takes no infinity; Model Monitor puts this one in its place. */
const INFINITE = 2.348543e108;

/** What Clarify would say of a group: the counts as it reads them, and the flip test where it was made. */
export const biasValues = ({ split, flipTest = noValue('needs rows') }: BiasGroup): ClarifyValue[] =>
  clarifyValues(split, 'needs rows', 'clarify').map((value) =>
    value.metric.compute === null ? { ...flipTest, metric: value.metric } : value,
  );

/** What a bias job emits; what has no value is left out. */
export const biasMetrics = ({ label, labelValue, groups }: Omit<BiasSubject, 'violations'>): ModelMonitorMetric[] =>
  groups
    .flatMap((group) =>
      biasValues(group).flatMap(({ metric, value }): ModelMonitorMetric[] => {
        if (value === null || Number.isNaN(value)) return [];
        const dimensions = {
          ...{ BiasStage: STAGES[metric.stage], Label: label, LabelValue: labelValue },
          ...{ Facet: group.facet, FacetValue: group.value },
        };
        return [{ name: `${PREFIX}${metric.code}`, value: finite(value), dimensions }];
      }),
    )
    .filter(isTaken);

const finite = (value: number): number => (Number.isFinite(value) ? value : Math.sign(value) * INFINITE);

/** The stage of a metric as its dimension names it; null for a name that is none. */
export function biasStageOf(name: string): string | null {
  const found = CLARIFY_METRICS.find(({ code }) => name === `${PREFIX}${code}`);
  return found === undefined ? null : STAGES[found.stage];
}
