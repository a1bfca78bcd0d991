import { noValue, type Outcome } from '../outcome.ts';
import { bounded } from './bounded.ts';
import { type BinOf, straddles, TENTHS } from './reliability-bins.ts';
import { type ReliabilityBin, reliabilityTable } from './reliability-table.ts';
import { highOf, labelWeights, lowOf, type ScoredCounts } from './scored-counts.ts';

const gap = ({ meanScore, eventRate }: ReliabilityBin): number => Math.abs(meanScore - eventRate);

/**
 * Expected calibration error of the positive class: Σ w_b/W · |mean score − event rate| over the bins, 10 of equal width closed on the left
 * unless told otherwise (libraries differ in both; see reliability-bins). Range [0, 1]. Merged scores are exact unless they straddle an edge:
 * `error` is twice what such rows could carry over it. Null without rows or with scores outside 0 to 1. Naeini et al. (2015).
 */
export function expectedCalibrationError(counts: ScoredCounts, binOf: BinOf = TENTHS): Outcome {
  const { value: table, reason } = reliabilityTable(counts, binOf);
  if (table === null) return noValue(reason!);
  const { all } = labelWeights(counts);
  let moved = 0;
  for (let i = 0; i < (counts.highs?.length ?? 0); i++) {
    if (straddles(counts, i, binOf)) moved += counts.positives[i]! * (1 - lowOf(counts, i)) + counts.negatives[i]! * highOf(counts, i);
  }
  return bounded(
    counts,
    table.reduce((sum, bin) => sum + (bin.weight / all) * gap(bin), 0),
    (2 * moved) / all,
  );
}

/** The largest gap of a bin. Range [0, 1]; noisy where bins are small. Null as the expected calibration error. */
export const maximumCalibrationError = (counts: ScoredCounts, binOf: BinOf = TENTHS): Outcome =>
  overBins(counts, binOf, (table) => Math.max(...table.map(gap)));

/** Plain mean of the gaps of the bins that have rows. Range [0, 1]. Null as the expected calibration error. */
export const averageCalibrationError = (counts: ScoredCounts, binOf: BinOf = TENTHS): Outcome =>
  overBins(counts, binOf, (table) => table.reduce((sum, bin) => sum + gap(bin), 0) / table.length);

/** √(Σ w_b/W · gap²). Range [0, 1]. Null as the expected calibration error. */
export const rootMeanSquareCalibrationError = (counts: ScoredCounts, binOf: BinOf = TENTHS): Outcome =>
  overBins(counts, binOf, (table) => {
    const { all } = labelWeights(counts);
    return Math.sqrt(table.reduce((sum, bin) => sum + (bin.weight / all) * gap(bin) ** 2, 0));
  });

/** A value of the table as it stands; of merged scores that straddle an edge it is an approximation without a bound, so there is none. */
function overBins(counts: ScoredCounts, binOf: BinOf, compute: (table: ReliabilityBin[]) => number): Outcome {
  for (let i = 0; i < counts.scores.length; i++) {
    if (straddles(counts, i, binOf)) return noValue('merged scores lie across the edges of the bins');
  }
  const { value, reason } = reliabilityTable(counts, binOf);
  return value === null ? noValue(reason!) : { value: compute(value) };
}
