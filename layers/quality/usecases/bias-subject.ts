import { FEWEST_SHOWN } from '../contract/columns.ts';
import { type Facet, isInterval } from '../contract/outcomes.ts';
import { pythonNumber } from '../metrics/fairness/index.ts';
import type { BiasGroup, BiasSubject, MonitoredColumn } from '../model-monitor/index.ts';
import type { BaselineOutcomes } from '../profile/outcomes/baseline-outcomes.ts';
import { biasViolations, type DriftOptions, type NamedGroup } from './bias-drifts.ts';
import { edgesOf } from './build-baseline.ts';
import type { CountedBatch } from './count-batch.ts';
import { type FacetGroup, facetGroups, hasFairness, MOST_GROUPS, splitOf } from './facet-groups.ts';
import { flipKey } from './flip-tests.ts';
import type { JudgeRequest } from './judge-profiles.ts';
import { outcomeSide } from './outcome-side.ts';
import type { Planned } from './plan-outcomes.ts';

export interface BiasRequest extends Pick<CountedBatch, 'counted' | 'flips'>, Pick<JudgeRequest, 'cuts'> {
  planned: Planned;
  sides: MonitoredColumn[];
  /** What groups are held against; null where they are not. */
  before: BaselineOutcomes | null;
  drift: DriftOptions;
}

/** The groups a report judges, as a bias job names them; null where there are no labels or no facets. */
export function biasSubject({ planned: { plan }, counted, cuts, flips, sides, before, drift }: BiasRequest): BiasSubject | null {
  if (plan === null || plan.label === null || counted === null) return null;
  const side = outcomeSide(plan, counted.outcomes, edgesOf(plan, cuts), null);
  if (!hasFairness(side)) return null;
  const named = plan.facets.flatMap((facet) =>
    facetGroups(side, facet, MOST_GROUPS, FEWEST_SHOWN).map(
      (group): NamedGroup => ({ group, facet: facet.column, value: facetText(facet, group, sides) }),
    ),
  );
  const groups = named.flatMap(({ group, facet, value }): BiasGroup[] => {
    const split = splitOf(side, group);
    return split === null ? [] : [{ facet, value, split, flipTest: flips.get(flipKey(group)) }];
  });
  const then = before === null || before.plan.problem !== plan.problem ? null : before;
  const violations = then === null ? null : biasViolations(side, outcomeSide(then.plan, then.outcomes, then.edges, null), named, drift);
  return { label: plan.label, labelValue: plan.positive.join(','), groups, violations };
}

/** A facet's value as Clarify writes it: values, or an interval that ends with the data. */
function facetText(facet: Facet, { values }: FacetGroup, sides: MonitoredColumn[]): string {
  if (!isInterval(facet)) return values.join(',');
  const of = sides.find(({ column }) => column.name === facet.column);
  const text = (value: number): string => pythonNumber(value, of?.column.type === 'number');
  const { above, upTo } = facet;
  const largest = upTo ?? Math.max(above!, of?.current?.extremes?.maximum ?? above!);
  return `(${above === null ? '-inf' : text(above)}, ${text(largest)}]`;
}
