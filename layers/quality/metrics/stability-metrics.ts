import type { ColumnSide } from '../profile/column-side.ts';
import { binSums } from '../states/cuts.ts';
import { type ColumnMetric, compared } from './metric.ts';
import { noValue, type Outcome } from './outcome.ts';
import {
  jensenShannonDistance,
  kolmogorovSmirnovStatistic,
  lInfinityDistance,
  lInfinityRobust,
  meanDifference,
  missingRateDifference,
  populationStabilityIndex,
  totalVariationDistance,
  wassersteinDistance,
} from './stability/index.ts';

const hasDistribution = (side: ColumnSide): boolean => side.cuts !== undefined || side.categories !== undefined;
const hasCuts = (side: ColumnSide): boolean => side.cuts !== undefined;
const always = (): boolean => true;

const overBins =
  (compute: (baseline: number[], current: number[]) => Outcome) =>
  (current: ColumnSide, baseline: ColumnSide): Outcome =>
    compute(baseline.counts.distribution, current.counts.distribution);

/** Deequ's distance of numbers is the largest difference of the distribution functions; of categories, that of the shares. */
const lInfinity = (current: ColumnSide, baseline: ColumnSide): Outcome =>
  current.cuts !== undefined && baseline.cuts !== undefined
    ? kolmogorov(current, baseline)
    : lInfinityDistance(baseline.counts.distribution, current.counts.distribution);

function kolmogorov(current: ColumnSide, baseline: ColumnSide): Outcome {
  const edges = current.context.edges!;
  const single = (bin: number): boolean => bin > 0 && bin < edges.length && edges[bin]! - edges[bin - 1]! <= Math.abs(edges[bin]!) * 3e-16;
  return kolmogorovSmirnovStatistic(baseline.cuts!.counts, current.cuts!.counts, single);
}

const values = ({ cuts, context, extremes }: ColumnSide) => ({ counts: cuts!.counts, sums: binSums(cuts!, context.edges!), ...extremes! });

function wasserstein(current: ColumnSide, baseline: ColumnSide): Outcome {
  const outcome = wassersteinDistance(current.context.edges!, values(baseline), values(current));
  const { count, m2 } = baseline.moments!;
  const deviation = Math.sqrt(m2 / count);
  if (outcome.value === null) return outcome;
  return deviation > 0
    ? { value: outcome.value / deviation, error: (outcome.error ?? 0) / deviation }
    : noValue('the baseline does not vary');
}

function robust(current: ColumnSide, baseline: ColumnSide): Outcome {
  const outcome = lInfinity(current, baseline);
  const [before, now] = [baseline.tally.present, current.tally.present];
  if (outcome.value === null) return outcome;
  if (before === 0) return noValue('no values in the baseline');
  return now === 0 ? noValue('no values to compare') : { ...outcome, value: lInfinityRobust(outcome.value, before, now) };
}

/** Every metric that compares a column with its baseline. */
export const STABILITY_METRICS: readonly ColumnMetric[] = [
  compared('jensen_shannon_distance', hasDistribution, overBins(jensenShannonDistance)),
  compared('population_stability_index', hasDistribution, overBins(populationStabilityIndex)),
  compared('total_variation_distance', hasDistribution, overBins(totalVariationDistance)),
  compared('kolmogorov_smirnov_statistic', hasCuts, kolmogorov),
  compared('wasserstein_distance', hasCuts, wasserstein),
  compared('l_infinity_distance', hasDistribution, lInfinity),
  compared('l_infinity_robust', hasDistribution, robust),
  compared('missing_rate_difference', always, (current, baseline) => missingRateDifference(baseline.counts, current.counts)),
  compared('mean_difference', hasCuts, (current, baseline) => meanDifference(baseline.moments!, current.moments!)),
];
