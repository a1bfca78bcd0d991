import { shareVariance } from '../math/share-variance.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import { FEWEST_OF_PREDICTION, UNEVEN, type Verified, verifiedByPrediction } from '../metrics/performance/verification.ts';
import type { Measurement } from './check.ts';
import { compareMeans, type Sampled } from './compare-means.ts';

/** A chance below which it is not taken for chance. */
const CHANCE = 0.001;

/** Why a metric is not judged, then. */
export const UNEVEN_LABELS = 'labels came for one prediction more often than for another';
export const ONE_SIDED = 'labels came for one prediction and not at all for another';

export interface PredictionCoverage {
  /** Place of the class whose predictions lost most labels against the others. */
  predicted: number;
  /** Its share with a label; by the share of the others, and how far apart the two were in the baseline, that expected. */
  measurement: Measurement;
  uneven: boolean;
}

/**
 * Whether the rows of one prediction lack labels more than the others do, and more than in the baseline: labels that come first for what was flagged, or never for
 * who was declined. Of each class the difference of its share and the others', against the baseline's (compareMeans); the p-value times the classes. Null where
 * there are not two predictions with rows, or labels for all or for none.
 */
export function predictionCoverage(now: Slice, before: Slice, chunks: Slice[], timeless = false): PredictionCoverage | null {
  const verified = verifiedByPrediction(now);
  if (!(hasLabels(now) && hasLabels(before)) || (isComplete(now) && isComplete(before))) return null;
  const found = verified.flatMap((_, predicted) => {
    const [is, was] = [gapOf(now, predicted), gapOf(before, predicted)];
    if (is === null || was === null) return [];
    const parts = chunks.flatMap((chunk) => gapOf(chunk, predicted) ?? []);
    const { pValue } = compareMeans(is, was, parts, 'below', timeless);
    return pValue === null ? [] : [{ predicted, is, effect: was.value - is.value, pValue: Math.min(1, verified.length * pValue) }];
  });
  if (found.length === 0) return null;
  const sure = found.filter(({ pValue }) => pValue < CHANCE);
  const { predicted, is, effect, pValue } = (sure.length > 0 ? sure : found).reduce((most, next) =>
    next.effect > most.effect ? next : most,
  );
  // Labels that are uneven in the baseline alone are no fault of these rows.
  const lacking = Math.max(0, Math.min(effect, -is.value));
  return {
    predicted,
    measurement: { value: is.share, expected: Math.min(1, is.share + lacking), effect: lacking, pValue },
    uneven: effect > UNEVEN && pValue < CHANCE,
  };
}

const hasLabels = (slice: Slice): boolean => verifiedByPrediction(slice).some(({ labelled }) => labelled > 0);
const isComplete = (slice: Slice): boolean => verifiedByPrediction(slice).every(({ labelled, all }) => labelled === all);

/** Share of a prediction's rows with a label, less that of the others'. */
function gapOf(slice: Slice, predicted: number): (Sampled & { share: number }) | null {
  const verified = verifiedByPrediction(slice);
  const own = verified[predicted];
  if (own === undefined) return null;
  const others = verified.reduce((sum, { all, labelled }) => ({ all: sum.all + all, labelled: sum.labelled + labelled }), {
    all: -own.all,
    labelled: -own.labelled,
  });
  const least = Math.min(own.all, others.all) * slice.scale;
  if (!(least >= FEWEST_OF_PREDICTION)) return null;
  const share = own.labelled / own.all;
  const varianceOf = ({ labelled, all }: Verified): number => shareVariance(labelled * slice.scale, all * slice.scale);
  return {
    ...{ share, value: share - others.labelled / others.all, freedom: least - 1 },
    variance: varianceOf(own) + varianceOf(others),
  };
}
