import type { Found } from '../accuracy/found.ts';
import { labelWeights, type ScoredCounts } from '../accuracy/scored-counts.ts';
import { type EqualisingThreshold, equalisingThreshold } from './equalising-threshold.ts';
import { selectedShare } from './selected-share.ts';

/** A number of the group beside that of the rest; `difference` is group − rest, `error` bounds what merged bins may hide of it. */
export interface SideBySide {
  group: number;
  rest: number;
  difference: number;
  error?: number;
}

export interface ScoreGap {
  /** Mean scores: exact, for the score of a merged bin is its mean. */
  mean: SideBySide;
  /** Shares of rows at or above the threshold. */
  selected: SideBySide;
  equalising: EqualisingThreshold;
}

/**
 * The scores of a group beside those of the rest: mean score, share selected (score ≥ threshold), and the threshold that would select as large a share
 * of the group as is selected of the rest. Mean differences have the range of the scores' span, differences of shares [−1, 1]; positive where the
 * group is higher. Labels do not matter here: rows without one can be counted as either. Shares have an `error` where the threshold falls inside
 * a bin that holds several scores. Null where a side has no rows, and for a threshold that is not a number.
 *
 * The two can disagree: mean scores differ also by rows far from the threshold, which decide nothing.
 */
export function scoreGap(group: ScoredCounts, rest: ScoredCounts, threshold: number): Found<ScoreGap> {
  const equalising = equalisingThreshold(group, rest, threshold);
  if (equalising.value === null) return { value: null, reason: equalising.reason! };
  const [here, there] = [selectedShare(group, threshold), selectedShare(rest, threshold)];
  const error = here.error === undefined && there.error === undefined ? {} : { error: (here.error ?? 0) + (there.error ?? 0) };
  return {
    value: {
      mean: sideBySide(meanScore(group), meanScore(rest)),
      selected: { ...sideBySide(here.share, there.share), ...error },
      equalising: equalising.value,
    },
  };
}

const sideBySide = (group: number, rest: number): SideBySide => ({ group, rest, difference: group - rest });

function meanScore(counts: ScoredCounts): number {
  let sum = 0;
  for (let i = 0; i < counts.scores.length; i++) sum += counts.scores[i]! * (counts.positives[i]! + counts.negatives[i]!);
  return sum / labelWeights(counts).all;
}
