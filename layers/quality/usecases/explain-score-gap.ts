import type { FairnessSection } from '../contract/outcome-report.ts';
import { type AdditiveModel, codesOf, fitAdditiveModel, sharesOf } from '../metrics/estimates/index.ts';
import { decomposeScoreGap } from '../metrics/fairness/index.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import type { FacetGroup } from './facet-groups.ts';
import type { OutcomeSide } from './outcome-side.ts';

type ScoreGap = NonNullable<FairnessSection['gaps'][number]['score']>;

/** Columns named one by one. */
const SHOWN = 5;
/** Rows of a side without which nothing is said. */
const FEWEST = 100;

const models = new WeakMap<RowSample, AdditiveModel>();

/** The score as an additive function of the columns' bins, fitted on the rows of both sides. */
function modelOf(sample: RowSample): AdditiveModel {
  let model = models.get(sample);
  if (model === undefined) models.set(sample, (model = fitAdditiveModel(sample.columns, sample.scores)));
  return model;
}

/** Which columns carry the distance of the group's mean score from the others', on a sample of rows; undefined where too few have a score. */
export function explainScoreGap(side: OutcomeSide, sample: RowSample | null, { column, values }: FacetGroup): ScoreGap | undefined {
  if (sample === null || side.plan.scores.length !== 1 || sample.columns.length === 0) return undefined;
  const at = side.plan.groups.findIndex((group) => group.name === column);
  const known = side.plan.groups[at]!.values;
  const codes = sample.groups[at]!;
  const sides = [new Float64Array(codes.length), new Float64Array(codes.length)] as const;
  const sums = [0, 0];
  const rows = [0, 0];
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! > known.length || !Number.isFinite(sample.scores[i]!)) continue;
    const which = values.includes(known[codes[i]!] ?? '') ? 0 : 1;
    sides[which][i] = 1;
    sums[which]! += sample.scores[i]!;
    rows[which]!++;
  }
  if (Math.min(...rows) < FEWEST) return undefined;
  const shares = (weights: Float64Array): number[][] => sample.columns.map((each) => sharesOf(codesOf(each), each.bins, weights));
  const { value } = decomposeScoreGap({
    columns: sample.columns.map(({ name }) => name),
    coefficients: modelOf(sample).coefficients,
    group: shares(sides[0]),
    rest: shares(sides[1]),
    gap: sums[0]! / rows[0]! - sums[1]! / rows[1]!,
  });
  if (value === null) return undefined;
  const parts = value.parts.map(({ column: name, contribution }) => ({ column: name, contribution }));
  const others = parts.slice(SHOWN).reduce((sum, { contribution }) => sum + contribution, 0);
  return { gap: value.gap, parts: parts.slice(0, SHOWN), others, unexplained: value.unexplained };
}
