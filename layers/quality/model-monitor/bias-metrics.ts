import { CLARIFY_METRICS, clarifyValues, type Split } from '../metrics/fairness/index.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { isTaken, type ModelMonitorMetric } from './metric.ts';

/** What bias was measured of. */
export interface BiasSubject {
  label: string;
  /** The values taken for positive. */
  labelValue: string;
  groups: readonly BiasGroup[];
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

/** What a bias job emits, as Clarify reads the counts; what has no value is left out. */
export const biasMetrics = ({ label, labelValue, groups }: BiasSubject): ModelMonitorMetric[] =>
  groups
    .flatMap(({ facet, value: facetValue, split, flipTest }) =>
      clarifyValues(split, 'needs rows', 'clarify').flatMap(({ metric, value }): ModelMonitorMetric[] => {
        const found = metric.compute === null ? (flipTest?.value ?? null) : value;
        if (found === null || Number.isNaN(found)) return [];
        const dimensions = {
          ...{ BiasStage: STAGES[metric.stage], Label: label, LabelValue: labelValue },
          ...{ Facet: facet, FacetValue: facetValue },
        };
        return [{ name: `${PREFIX}${metric.code}`, value: finite(found), dimensions }];
      }),
    )
    .filter(isTaken);

const finite = (value: number): number => (Number.isFinite(value) ? value : Math.sign(value) * INFINITE);

/** The stage of a metric as its dimension names it; null for a name that is none. */
export function biasStageOf(name: string): string | null {
  const found = CLARIFY_METRICS.find(({ code }) => name === `${PREFIX}${code}`);
  return found === undefined ? null : STAGES[found.stage];
}
