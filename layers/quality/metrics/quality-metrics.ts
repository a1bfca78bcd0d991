import type { ColumnSide } from '../profile/column-side.ts';
import { outsideOf } from '../profile/column-side.ts';
import { estimateDistinct } from '../states/bottom-k.ts';
import {
  binnedQuantile,
  completeness,
  entropy,
  kurtosis,
  mean,
  missingRate,
  share,
  skewness,
  standardDeviation,
  sum,
  uniqueness,
} from './data_quality/index.ts';
import type { ColumnMetric, MetricOutcome } from './metric.ts';
import { noValue, type Outcome } from './outcome.ts';

const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

const always = (): boolean => true;
const isNumber = (side: ColumnSide): boolean => side.moments !== undefined;
const isCounted = (side: ColumnSide): boolean => side.categories !== undefined;
const isText = (side: ColumnSide): boolean => side.lengths !== undefined;
const hasDistinct = (side: ColumnSide): boolean => side.distinct !== undefined;

const metric = (
  name: string,
  applies: ColumnMetric['applies'],
  compute: (side: ColumnSide) => MetricOutcome | MetricOutcome[],
): ColumnMetric => ({ name, factor: 'data_quality', applies, compute });

const extreme =
  (of: 'minimum' | 'maximum') =>
  ({ extremes }: ColumnSide): Outcome =>
    extremes!.minimum > extremes!.maximum ? noValue('no finite values') : { value: extremes![of] };

function distinctCount({ distinct, tally }: ColumnSide): Outcome {
  const estimate = estimateDistinct(distinct!);
  return estimate.exact ? { value: estimate.distinct } : { value: Math.min(estimate.distinct, tally.present), error: 2 * estimate.error };
}

/** Values seen once among the present ones; from a sample of the distinct values where there are too many of them. */
function uniquenessOf({ distinct, tally }: ColumnSide): Outcome {
  const estimate = estimateDistinct(distinct!);
  const outcome = uniqueness(Math.min(estimate.once, tally.present), tally.present);
  return estimate.exact || outcome.value === null ? outcome : { ...outcome, error: 2 / Math.sqrt(estimate.kept) };
}

function quantiles({ cuts, context, extremes }: ColumnSide): MetricOutcome[] {
  const { minimum, maximum } = extremes!;
  return QUANTILES.map((p) => ({ ...binnedQuantile(context.edges!, cuts!.counts, minimum, maximum, p), parameters: { p } }));
}

/** Every data-quality metric of a column. */
export const QUALITY_METRICS: readonly ColumnMetric[] = [
  metric('type_conformance', always, ({ counts }) => (counts.rows > 0 ? { value: 1 - counts.misfit / counts.rows } : noValue('no rows'))),
  metric('completeness', always, ({ counts }) => completeness(counts.missing, counts.rows)),
  metric('missing_rate', always, ({ counts }) => missingRate(counts.missing, counts.rows)),
  metric('null_count', always, ({ tally }) => ({ value: tally.rows - tally.present - tally.misfit })),
  metric('nan_count', isNumber, ({ tally }) => ({ value: tally.nan })),
  metric('blank_count', isText, ({ tally }) => ({ value: tally.blank })),
  metric('infinite_count', isNumber, ({ tally }) => ({ value: tally.infinite })),
  metric('distinct_count', hasDistinct, distinctCount),
  metric('uniqueness', hasDistinct, uniquenessOf),
  metric('unseen_category_share', isCounted, ({ counts }) => share(counts.unseen, counts.rows)),
  metric('out_of_range_share', isNumber, (side) => {
    const outside = outsideOf(side);
    return outside === null ? noValue('the baseline has no finite values') : share(outside, side.counts.rows);
  }),
  metric('minimum', isNumber, extreme('minimum')),
  metric('maximum', isNumber, extreme('maximum')),
  metric('mean', isNumber, ({ moments }) => mean(moments!)),
  metric('sum', isNumber, ({ moments }) => sum(moments!)),
  metric('standard_deviation', isNumber, ({ moments }) => standardDeviation(moments!)),
  metric('skewness', isNumber, ({ moments }) => skewness(moments!)),
  metric('kurtosis', isNumber, ({ moments }) => kurtosis(moments!)),
  metric('quantile', (side) => isNumber(side) && side.context.edges!.length > 0, quantiles),
  metric('entropy', isCounted, ({ categories }) => entropy([...categories!.known, ...Object.values(categories!.unknown)])),
  metric('mean_length', isText, ({ lengths }) => (lengths!.count > 0 ? { value: lengths!.sum / lengths!.count } : noValue('no values'))),
];
