import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCounts, type GroupCounts, scaleOf, weightOf } from '../../layers/quality/metrics/fairness/index.ts';
import type { Slice } from '../../layers/quality/metrics/performance/index.ts';
import { countsStandingForAll, standForAll, verifiedByPrediction } from '../../layers/quality/metrics/performance/verification.ts';

const sliceOf = (counts: GroupCounts): Slice => ({
  rows: counts.rows,
  counts,
  scored: null,
  scale: scaleOf(counts),
  matrix: null,
  sums: null,
});
const countsOf = (of: Partial<GroupCounts>): GroupCounts => {
  const counts = { ...emptyCounts(), ...of };
  return { ...counts, rows: weightOf(counts), squares: weightOf(counts) };
};

describe('rows with a label standing for all of their prediction', () => {
  /** Liver scans, of 344 of 650 patients verified: Drum & Christacopoulos (1972), by Zhou, Obuchowski & McClish (2002), chapter 10: 0.836 and 0.738. */
  it('have the recall and the specificity that the literature gives', () => {
    const scans = countsOf({ tp: 231, fp: 32, fn: 27, tn: 54, positivePrediction: 166, negativePrediction: 140 });
    const { tp, fp, fn, tn } = countsStandingForAll(scans)!;
    expect(tp / (tp + fn)).toBeCloseTo(0.836, 3);
    expect(tn / (tn + fp)).toBeCloseTo(0.738, 3);
  });
  it('are as many, tell as much as they did or less, and leave a precision as it was', () => {
    const cell = fc.integer({ min: 1, max: 400 });
    const law = fc.property(fc.tuple(cell, cell, cell, cell, cell, cell), ([tp, fp, fn, tn, positivePrediction, negativePrediction]) => {
      const before = countsOf({ tp, fp, fn, tn, positivePrediction, negativePrediction });
      const after = standForAll(sliceOf(before))!;
      const { counts, scale } = after;
      expect(weightOf(counts)).toBeCloseTo(weightOf(before), 6);
      expect(scale).toBeCloseTo(scaleOf(counts), 12);
      expect(scale * weightOf(counts)).toBeLessThanOrEqual(tp + fp + fn + tn + 1e-6);
      expect(counts.tp / (counts.tp + counts.fp)).toBeCloseTo(tp / (tp + fp), 12);
      expect(verifiedByPrediction(after).every(({ all, labelled }) => all === labelled)).toBe(true);
    });
    fc.assert(law, { numRuns: 200, seed: 1 });
  });
  it('that came alike stay as they are but for their number', () => {
    const alike = countsOf({ tp: 30, fp: 10, fn: 20, tn: 60, positivePrediction: 40, negativePrediction: 80 });
    const { counts, scale } = standForAll(sliceOf(alike))!;
    expect([counts.tp, counts.fp, counts.fn, counts.tn]).toEqual([60, 20, 40, 120]);
    expect(scale).toBeCloseTo(0.5, 12);
  });
  it('of several classes are weighted by the predicted one', () => {
    const matrix = { classes: 3, cells: Float64Array.from([10, 0, 2, 5, 20, 0, 0, 1, 8]) };
    const slice: Slice = { ...sliceOf(emptyCounts()), matrix, unlabelled: Float64Array.from([15, 0, 30]), scale: 1 };
    const standing = standForAll(slice)!;
    expect(Array.from(standing.matrix!.cells)).toEqual([20, 0, 8, 10, 20, 0, 0, 1, 32]);
    expect(standing.scale).toBeCloseTo((30 + 21 + 40) / (30 * 2 + 21 + 40 * 4), 12);
  });
  it('do not stand for a prediction that has none, unless it is of few rows', () => {
    expect(countsStandingForAll(countsOf({ fn: 20, tn: 60, positivePrediction: 40 }))).toBeNull();
    expect(countsStandingForAll(countsOf({ fn: 2000, tn: 6000, positivePrediction: 40 }))).toMatchObject({ fn: 2000, tn: 6000, tp: 0 });
  });
});
