import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ESTIMATED_OF_SEGMENTS, estimatePerformance, estimateSegment } from '../../layers/quality/metrics/estimates/index.ts';

interface Rows {
  scores: number[];
  probabilities: number[];
  predictions: number[];
  rows: number[];
}
const calibrated = (cells: Rows, of: (score: number) => number): Rows => ({ ...cells, probabilities: cells.scores.map(of) });
const asGiven = (score: number): number => score;

/** Scores 0.2 and 0.8, decided at one half: 100 rows of each, 30 and 60 of them positive. */
const BEFORE: Rows = {
  ...{ scores: [0.2, 0.2, 0.8, 0.8], predictions: [0, 0, 1, 1], probabilities: [0, 1, 0, 1], rows: [70, 30, 40, 60] },
};

describe('an estimate of a segment', () => {
  it('is what calibrated scores promise and what they were off by in the baseline', () => {
    const now: Rows = { scores: [0.2, 0.8], predictions: [0, 1], probabilities: [0.2, 0.8], rows: [300, 100] };
    const { accuracy, precision, recall } = estimateSegment({
      ...{ now, before: calibrated(BEFORE, asGiven), expected: calibrated(BEFORE, asGiven), realised: BEFORE },
    });
    // Promised 0.8 of all rows then, right 0.65; promised 0.8 now.
    expect(accuracy.value).toBeCloseTo(0.65, 12);
    expect(accuracy.before).toBeCloseTo(0.65, 12);
    // A precision of 0.8 was promised, 0.6 came.
    expect(precision.value).toBeCloseTo(0.6, 12);
    // Recall: 80 of 100 promised then, 60 of 90 came; 80 of 140 promised now.
    expect(recall.value).toBeCloseTo(80 / 140 + 60 / 90 - 80 / 100, 12);
    expect(recall.before).toBeCloseTo(60 / 90, 12);
    const deviation = Math.sqrt(((131 / 202) * (71 / 202)) / 400);
    expect(accuracy.samplingError).toBeCloseTo(deviation, 12);
    expect(accuracy.confidence!.upper).toBeCloseTo(0.65 + 3 * Math.sqrt(1 + 400 / 200) * deviation, 12);
  });

  it('that has fallen is as unsure as a share of its size, not as the higher one it was', () => {
    const right: Rows = { scores: [0.1, 0.9], predictions: [0, 1], probabilities: [0, 1], rows: [500, 500] };
    const sure = calibrated(right, (score) => Math.round(score));
    const now: Rows = { scores: [0.4, 0.6], predictions: [0, 1], probabilities: [0.4, 0.6], rows: [50, 50] };
    const { accuracy } = estimateSegment({ now, before: sure, expected: sure, realised: right });
    expect([accuracy.value, accuracy.samplingError! > Math.sqrt((0.6 * 0.4) / 110)]).toEqual([0.6, true]);
  });

  it('stays within its range, and says why there is none', () => {
    const sure: Rows = { scores: [0.1, 0.9], predictions: [0, 1], probabilities: [0.1, 0.9], rows: [100, 100] };
    const right: Rows = { scores: [0.4, 0.6], predictions: [0, 1], probabilities: [0, 1], rows: [100, 100] };
    const expected = calibrated(right, asGiven);
    expect(estimateSegment({ now: sure, before: expected, expected, realised: right }).accuracy.value).toBe(1);
    const none: Rows = { scores: [0.1], predictions: [0], probabilities: [0.1], rows: [100] };
    const { precision, roc_auc: area } = estimateSegment({ now: none, before: expected, expected, realised: right });
    expect([precision.value, precision.reason, area.value]).toEqual([null, 'no row is predicted positive', 0.5 + 1 - 0.6]);
    const negatives = { ...right, probabilities: [0, 0] };
    expect(estimateSegment({ now: sure, before: expected, expected, realised: negatives }).recall).toMatchObject({
      ...{ value: null, reason: 'no positive rows in the baseline', before: null },
    });
  });

  const cells = fc
    .array(
      fc.record({
        score: fc.integer({ min: 1, max: 9 }),
        positive: fc.boolean(),
        chosen: fc.boolean(),
        rows: fc.integer({ min: 1, max: 50 }),
      }),
      {
        ...{ minLength: 4, maxLength: 30 },
      },
    )
    .map((all): Rows => {
      const of = <T>(value: (cell: (typeof all)[number]) => T): T[] => all.map(value);
      return {
        ...{ scores: of(({ score }) => score / 10), probabilities: of(({ positive }) => Number(positive)) },
        ...{ predictions: of(({ chosen }) => Number(chosen)), rows: of(({ rows }) => rows) },
      };
    });

  it('of the baseline’s own rows is what they came to, whatever the calibration', () => {
    fc.assert(
      fc.property(cells, fc.double({ min: 0.1, max: 3, noNaN: true }), (realised, power) => {
        const expected = calibrated(realised, (score) => score ** power);
        const found = estimateSegment({ now: expected, before: expected, expected, realised });
        const came = estimatePerformance(realised);
        for (const id of ESTIMATED_OF_SEGMENTS) {
          if (found[id].value === null || came[id].value === null) continue;
          expect(found[id].value).toBeCloseTo(came[id].value, 12);
          expect(found[id].before).toBeCloseTo(came[id].value, 12);
        }
      }),
    );
  });

  it('by a calibration that is right in the segment is that of all rows', () => {
    fc.assert(
      fc.property(cells, (realised) => {
        const share = (score: number): number => {
          const at = realised.scores.flatMap((each, i) => (each === score ? [i] : []));
          const rows = at.reduce((sum, i) => sum + realised.rows[i]!, 0);
          return at.reduce((sum, i) => sum + realised.rows[i]! * realised.probabilities[i]!, 0) / rows;
        };
        // Where a score decides what is predicted, what it promises is what came.
        const decided = { ...realised, predictions: realised.scores.map((score) => Number(score >= 0.5)) };
        const expected = calibrated(decided, share);
        const now = calibrated({ ...decided, rows: decided.rows.map((rows, i) => rows + i) }, share);
        const found = estimateSegment({ now, before: expected, expected, realised: decided });
        const plain = estimatePerformance(now);
        for (const id of ESTIMATED_OF_SEGMENTS)
          if (found[id].value !== null && plain[id].value !== null) expect(found[id].value).toBeCloseTo(plain[id].value, 9);
      }),
    );
  });
});
