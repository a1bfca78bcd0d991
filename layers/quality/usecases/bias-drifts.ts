import { holm } from '../math/holm.ts';
import { biasDrifts } from '../metrics/fairness/bias-drift.ts';
import type { Split } from '../metrics/fairness/index.ts';
import type { BiasViolation } from '../model-monitor/index.ts';
import { type FacetGroup, splitOf } from './facet-groups.ts';
import type { OutcomeSide } from './outcome-side.ts';

/** A group, and how a bias job names it. */
export interface NamedGroup {
  group: FacetGroup;
  facet: string;
  value: string;
}

export interface DriftOptions {
  falseAlarmRate: number;
  minimumRows: number;
}

/** The metrics of groups that are farther from parity than in the baseline by more than chance explains, over all of them together. */
export function biasViolations(
  now: OutcomeSide,
  before: OutcomeSide,
  groups: readonly NamedGroup[],
  { falseAlarmRate, minimumRows }: DriftOptions,
): BiasViolation[] {
  const drifts = groups.flatMap(({ group, facet, value }) => {
    const [current, earlier] = [splitOf(now, group), splitOf(before, group)];
    if (current === null || earlier === null || fewest(current) < minimumRows || fewest(earlier) === 0) return [];
    return biasDrifts(current, earlier, group.facet).map((drift) => ({ ...drift, facet, value }));
  });
  const adjusted = holm(drifts.map(({ pValue }) => pValue));
  return drifts
    .filter((_, i) => adjusted[i] !== null && adjusted[i]! < falseAlarmRate)
    .map(({ facet, value, metric, now: current, before: earlier }) => ({
      facet,
      value,
      metric: metric.code,
      now: current,
      before: earlier,
    }));
}

const fewest = ({ facet, rest }: Split): number => Math.min(facet.rows, rest.rows);
