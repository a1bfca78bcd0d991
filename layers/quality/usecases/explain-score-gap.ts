import type { FairnessSection } from '../contract/outcome-report.ts';
import { type AdditiveModel, codesOf, fitAdditiveModel } from '../metrics/estimates/index.ts';
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
  if (model === undefined) models.set(sample, (model = fitAdditiveModel(sample.columns, sample.scores, sample.weights)));
  return model;
}

/** Rows of a sample with a score: how many, their weight, and by weight the sum of their scores and what is in each bin of each column. */
interface Sums {
  rows: number;
  weight: number;
  scores: number;
  bins: Float64Array[];
}

const noSums = (sample: RowSample): Sums => ({
  rows: 0,
  weight: 0,
  scores: 0,
  bins: sample.columns.map(({ bins }) => new Float64Array(bins + 1)),
});

const sums = new WeakMap<Uint16Array, Sums[]>();

/** By the value of a group column, those of no known value last; rows without one are left out. */
function sumsBy(sample: RowSample, codes: Uint16Array, known: number): Sums[] {
  let found = sums.get(codes);
  if (found !== undefined) return found;
  sums.set(codes, (found = Array.from({ length: known + 1 }, () => noSums(sample))));
  const places = sample.columns.map(codesOf);
  for (let i = 0; i < codes.length; i++) {
    const of = found[codes[i]!];
    if (of === undefined || !Number.isFinite(sample.scores[i]!)) continue;
    const weight = sample.weights?.[i] ?? 1;
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) continue;
    of.rows++;
    of.weight += weight;
    of.scores += weight * sample.scores[i]!;
    for (let c = 0; c < places.length; c++) of.bins[c]![places[c]![i]!]! += weight;
  }
  return found;
}

function added(sample: RowSample, parts: Sums[]): Sums {
  const all = noSums(sample);
  for (const { rows, weight, scores, bins } of parts) {
    all.rows += rows;
    all.weight += weight;
    all.scores += scores;
    for (const [c, counts] of bins.entries()) for (const [bin, count] of counts.entries()) all.bins[c]![bin]! += count;
  }
  return all;
}

/** Which columns carry the distance of the group's mean score from the others', on a sample of rows; undefined where too few have a score. */
export function explainScoreGap(side: OutcomeSide, sample: RowSample | null, { column, values }: FacetGroup): ScoreGap | undefined {
  if (sample === null || side.plan.scores.length !== 1 || sample.columns.length === 0) return undefined;
  const at = side.plan.groups.findIndex((group) => group.name === column);
  const known = side.plan.groups[at]!.values;
  const byValue = sumsBy(sample, sample.groups[at]!, known.length);
  const isOf = (_: Sums, code: number): boolean => values.includes(known[code] ?? '');
  const [group, rest] = [isOf, (...of: [Sums, number]) => !isOf(...of)].map((which) => added(sample, byValue.filter(which))) as [
    Sums,
    Sums,
  ];
  if (Math.min(group.rows, rest.rows) < FEWEST) return undefined;
  const shares = ({ bins, weight }: Sums): number[][] => bins.map((counts) => Array.from(counts, (count) => count / weight));
  const { value } = decomposeScoreGap({
    columns: sample.columns.map(({ name }) => name),
    coefficients: modelOf(sample).coefficients,
    group: shares(group),
    rest: shares(rest),
    gap: group.scores / group.weight - rest.scores / rest.weight,
  });
  if (value === null) return undefined;
  const parts = value.parts.map(({ column: name, contribution }) => ({ column: name, contribution }));
  const others = parts.slice(SHOWN).reduce((sum, { contribution }) => sum + contribution, 0);
  return { gap: value.gap, parts: parts.slice(0, SHOWN), others, unexplained: value.unexplained };
}
