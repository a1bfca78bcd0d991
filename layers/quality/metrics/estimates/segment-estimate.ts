import { moderatedAucVariance } from '../../math/intervals/auc-interval.ts';
import { delong } from '../../math/intervals/delong.ts';
import { shareVariance } from '../../math/share-variance.ts';
import { total } from '../../math/total.ts';
import type { Outcome } from '../outcome.ts';
import { confusionShares } from './confusion-shares.ts';
import { type BesideBaseline, correctEstimates, type SegmentEstimate } from './correct-estimates.ts';
import { type Confusion, expectedConfusion } from './expected-confusion.ts';
import { expectedRocAuc } from './expected-roc-auc.ts';
import { labelCounts } from './label-counts.ts';
import type { ScoredRows } from './scored-rows.ts';

export const ESTIMATED_OF_SEGMENTS = ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc'] as const;
export type SegmentEstimateId = (typeof ESTIMATED_OF_SEGMENTS)[number];

type Cells = ScoredRows & { rows: readonly number[] };

/** A segment's rows with calibrated probabilities, now and in the baseline, and the baseline's labelled rows twice: calibrated, and with their labels for probabilities. */
export type SegmentCells = BesideBaseline<Cells>;

/**
 * What scores promise of a segment: CBPE's estimate by the calibration of all rows, corrected as `correctEstimates` has it. The sampling error is that of the realised
 * metric of as many rows (as the baseline's labels show it, or where some rows have none as it is expected of all; as the scores of now have it, where that is more), its shares with a hit and a miss more.
 */
export function estimateSegment(cells: SegmentCells): Record<SegmentEstimateId, SegmentEstimate> {
  const { now, before, expected, realised } = cells;
  const [rows, learned] = [total(now.rows), total(realised.rows)];
  const beside = {
    now: segmentPerformance(now),
    before: segmentPerformance(before),
    expected: segmentPerformance(expected),
    realised: segmentPerformance(realised),
  };
  // Rows with a label may be the surer ones: of all of them chance is what they are expected to be.
  const [was, is] = [deviationsOf(total(before.rows) > learned ? before : realised), deviationsOf(now)];
  const deviations = Object.fromEntries(ESTIMATED_OF_SEGMENTS.map((id) => [id, larger(was[id], is[id])])) as Deviations;
  return correctEstimates(ESTIMATED_OF_SEGMENTS, beside, { deviations, rows, learned, most: 1 });
}

type Metrics = Record<SegmentEstimateId, Outcome>;

/** What is estimated of a segment; with labels for probabilities what was realised. */
export const segmentPerformance = (cells: Cells): Metrics => ({
  ...confusionShares(expectedConfusion(cells)),
  roc_auc: expectedRocAuc(cells),
});

type Deviations = Record<SegmentEstimateId, number | null>;

/** A share that has fallen to a half is less sure than it was. Null where the baseline cannot tell. */
const larger = (was: number | null, is: number | null): number | null => (was === null ? null : Math.max(was, is ?? 0));

/** Of one row's part in each metric: √(variance · rows). */
function deviationsOf(cells: Cells): Deviations {
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
