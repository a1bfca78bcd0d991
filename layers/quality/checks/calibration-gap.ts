import { formatNumber } from '../contract/format.ts';
import { labelWeights, meanScore, observedOverExpected } from '../metrics/accuracy/index.ts';
import { calibrationGapSpread, type ScoredGroup, type ScoredSides } from '../metrics/performance/calibration-gap.ts';
import { ratioSpread } from '../metrics/performance/observed-ratio.ts';
import { notEnough, ofGroup, tooLittle } from './fairness.ts';
import { gapGrowth } from './gap-growth.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { UNEVEN_LABELS } from './prediction-coverage.ts';
import { thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

/** A group's labelled rows by score against everyone else's, then and now. */
export interface CalibrationEvidence {
  /** As reports name it: `sex=F`. */
  facet: string;
  now: ScoredSides | null;
  before: ScoredSides | null;
  /** The ratio of all rows in the baseline's chunks: those of groups are not kept by score. */
  chunks: readonly ScoredGroup[];
  uneven: boolean;
}

/**
 * What scores promise a group is further off from what they promise the others than in the baseline: ratios of labels to scores, compared as means; the spread
 * between windows is that of all rows. Bounds are parts of the baseline's ratio of all.
 */
export function calibrationGapGrew(
  { facet, now, before, chunks, uneven }: CalibrationEvidence,
  { settings, minimumRows, timeless }: MeasureOptions,
): Measured | null {
  const [current, baseline] = [now && calibrationGapSpread(now), before && calibrationGapSpread(before)];
  if (current === null || baseline === null) return null;
  const unit = ratioOfBoth(before!);
  const bounds = { warn: 0.1 * unit, fail: 0.25 * unit, direction: 'above', source: 'default' } as const;
  const threshold = thresholdFor(settings, `fairness_gap/observed_over_expected/${facet}`, bounds);
  if (threshold === null) return null;
  const check: Measured = {
    ...{ ...ofGroup('fairness_gap/observed_over_expected', 'observed_over_expected_difference', facet), threshold, bounds: 'effect' },
  };
  if (uneven) return { ...check, settled: { verdict: 'not_applicable', reason: `${facet}: ${UNEVEN_LABELS}` } };
  if (current.freedom + 1 < minimumRows) return { ...check, settled: notEnough(facet, current.freedom + 1, minimumRows) };
  const spread = chunks.flatMap(({ counts, scale }) => ratioSpread(counts, scale) ?? []);
  const measurement = gapGrowth(current, baseline, spread, timeless);
  if (measurement === null) return { ...check, settled: tooLittle(facet) };
  return {
    ...{ ...check, worseOff: movedBy('group', now!, before!) >= movedBy('rest', now!, before!), measurement },
    why: () => whyOff(now!, before!),
  };
}

const ratioOf = ({ counts }: ScoredGroup): number => observedOverExpected(counts).value ?? 0;

function ratioOfBoth({ group, rest }: ScoredSides): number {
  const [[observed, expected], [others, promised]] = [sumsOf(group), sumsOf(rest)];
  return (observed + others) / (expected + promised);
}

function sumsOf({ counts }: ScoredGroup): [observed: number, expected: number] {
  const { positives, all } = labelWeights(counts);
  return [positives, all * (meanScore(counts).value ?? 0)];
}

/** By how much a ratio moved: of two groups the one whose scores no longer mean the same is named first. */
const movedBy = (name: keyof ScoredSides, now: ScoredSides, before: ScoredSides): number =>
  Math.abs(ratioOf(now[name]) - ratioOf(before[name]));

/** "of it 1.31 times as many positive labels came as the scores promise (1.02 in the baseline), of the others 0.98 (1)". */
function whyOff(now: ScoredSides, before: ScoredSides): string {
  const beside = (name: keyof ScoredSides): [string, string] => [formatNumber(ratioOf(now[name])), formatNumber(ratioOf(before[name]))];
  const [[of, then], [others, thenOthers]] = [beside('group'), beside('rest')];
  return `of it ${of} times as many positive labels came as the scores promise (${then} in the baseline), of the others ${others} (${thenOthers})`;
}
