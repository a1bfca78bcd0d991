import { moderatedAucVariance } from '../../math/intervals/auc-interval.ts';
import { delong } from '../../math/intervals/delong.ts';
import { shareVariance } from '../../math/share-variance.ts';
import { total } from '../../math/total.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { calibrationFactor, completeEstimate } from './complete-estimate.ts';
import { confusionShares } from './confusion-shares.ts';
import type { PerformanceEstimate } from './estimator.ts';
import { type Confusion, expectedConfusion } from './expected-confusion.ts';
import { expectedRocAuc } from './expected-roc-auc.ts';
import { labelCounts } from './label-counts.ts';
import type { ScoredRows } from './scored-rows.ts';

export const ESTIMATED_OF_SEGMENTS = ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc'] as const;
export type SegmentEstimateId = (typeof ESTIMATED_OF_SEGMENTS)[number];

type Cells = ScoredRows & { rows: readonly number[] };

/** A segment's rows with calibrated probabilities, now and in the baseline, and the baseline's labelled rows twice: calibrated, and with their labels for probabilities. */
export interface SegmentCells {
  now: Cells;
  before: Cells;
  expected: Cells;
  realised: Cells;
}

/** An estimate, and the same of all of the segment's rows in the baseline. */
export interface SegmentEstimate extends PerformanceEstimate {
  before: number | null;
}

/**
 * What scores promise of a segment: CBPE's estimate by the calibration of all rows, plus what that was off by in this segment of the baseline (realised less expected
 * of its labelled rows), for P(label | score) of a segment is not that of all. Range [0, 1]. The sampling error is that of the realised metric of as many rows, its shares
 * with a hit and a miss more; interval ± 3 of these, wider by √(1 + n/m) for the m labelled rows of the baseline. Null where one of the three is.
 */
export function estimateSegment({ now, before, expected, realised }: SegmentCells): Record<SegmentEstimateId, SegmentEstimate> {
  const [of, then, promised, came] = [now, before, expected, realised].map(performanceOf) as [Metrics, Metrics, Metrics, Metrics];
  const [rows, learned] = [total(now.rows), total(realised.rows)];
  const deviations = deviationsOf(realised);
  const estimate = (id: SegmentEstimateId): SegmentEstimate => {
    const [outcome, was, offBy] = [of[id], then[id].value, difference(came[id], promised[id])];
    const deviation = deviations[id];
    const corrected = (value: number): number => Math.min(1, Math.max(0, value + offBy.value!));
    const found = outcome.value === null ? outcome : offBy.value === null ? offBy : { value: corrected(outcome.value) };
    const error = deviation === null ? null : deviation / Math.sqrt(rows);
    return {
      ...completeEstimate(found, error, null, 1, calibrationFactor(rows, learned)),
      before: was === null || offBy.value === null ? null : corrected(was),
    };
  };
  return Object.fromEntries(ESTIMATED_OF_SEGMENTS.map((id) => [id, estimate(id)])) as Record<SegmentEstimateId, SegmentEstimate>;
}

type Metrics = Record<SegmentEstimateId, Outcome>;

const performanceOf = (cells: Cells): Metrics => ({ ...confusionShares(expectedConfusion(cells)), roc_auc: expectedRocAuc(cells) });

function difference(came: Outcome, promised: Outcome): Outcome {
  if (came.value === null || promised.value === null) return noValue(`${came.reason ?? promised.reason} in the baseline`);
  return { value: came.value - promised.value };
}

/** Of one row's part in each metric: √(variance · rows). */
function deviationsOf(cells: Cells): Record<SegmentEstimateId, number | null> {
  const { true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn }: Confusion = expectedConfusion(cells);
  const all = tp + fp + fn + tn;
  const ofShare = (hits: number, rows: number, slope = 1): number | null =>
    rows > 0 ? slope * Math.sqrt(shareVariance(hits, rows) * all) : null;
  const { positives, rows } = labelCounts(cells);
  const area = moderatedAucVariance(delong({ positives, negatives: rows.map((each, i) => each - positives[i]!) }));
  const relevant = tp + fp + fn;
  return {
    accuracy: ofShare(tp + tn, all),
    precision: ofShare(tp, tp + fp),
    recall: ofShare(tp, tp + fn),
    specificity: ofShare(tn, tn + fp),
    // F1 = 2J/(1 + J), J = tp/(tp + fp + fn).
    f1: ofShare(tp, relevant, 2 / (1 + tp / relevant) ** 2),
    roc_auc: area === null ? null : Math.sqrt(area * all),
  };
}
