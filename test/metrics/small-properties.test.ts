import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, scoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { BINARY_METRICS } from '../../layers/quality/metrics/performance/binary-metrics.ts';
import { jackknifedPrecision } from '../../layers/quality/metrics/performance/jackknifed-precision.ts';
import { precisionInterval } from '../../layers/quality/metrics/performance/precision-interval.ts';
import { around, grows, within } from '../math/interval-properties.ts';
import { sliceOf } from './slices.ts';

const rows = fc.integer({ min: 0, max: 4 });
const byScore = fc
  .array(fc.tuple(rows, rows), { minLength: 1, maxLength: 8 })
  .map((counts) => ({
    scores: counts.map((_, i) => (i + 1) / 10),
    positives: counts.map(([positive]) => positive),
    negatives: counts.map(([, negative]) => negative),
  }))
  .filter(({ positives }) => positives.some((count) => count > 0));
const printed = (id: string, slice: ReturnType<typeof sliceOf>) => {
  const metric = BINARY_METRICS.find((each) => each.id === id)!;
  return { ...metric.compute(slice), interval: metric.interval(slice, 'seed') };
};

describe('average precision', () => {
  it('without each row in turn is what computing it anew gives', () => {
    fc.assert(
      fc.property(byScore, (counts) => {
        const value = averagePrecision(counts).value!;
        const gaps: number[] = [];
        for (const side of ['positives', 'negatives'] as const)
          counts[side].forEach((count, i) => {
            const without = averagePrecision({ ...counts, [side]: counts[side].with(i, count - 1) }).value;
            for (let row = 0; row < count; row++) if (without !== null) gaps.push(without - value);
          });
        const all = [...counts.positives, ...counts.negatives].reduce((sum, count) => sum + count, 0);
        const mean = gaps.reduce((sum, gap) => sum + gap, 0) / all;
        const squares = gaps.reduce((sum, gap) => sum + gap ** 2, 0) - all * mean ** 2;
        const found = jackknifedPrecision(counts)!;
        expect(found.value).toBeCloseTo(value, 12);
        expect(found.bias).toBeCloseTo((all - 1) * mean, 10);
        expect(found.variance).toBeCloseTo(((all - 1) / all) * squares, 10);
      }),
    );
  });
  it('is held by an interval within 0 and 1 that grows with the level', () => {
    fc.assert(
      fc.property(byScore, (counts) => {
        const interval = precisionInterval(counts)!;
        expect(around(interval, averagePrecision(counts).value!) && within(interval, [0, 1])).toBe(true);
        grows((level) => precisionInterval(counts, level)!);
      }),
    );
  });
  it('of three positives above all others does not promise that it stays so', () => {
    const [low, high] = precisionInterval({ positives: [0, 3], negatives: [97, 0] })!;
    expect(low).toBeLessThan(0.6);
    expect(high).toBe(1);
  });
});

describe('mean losses', () => {
  it('are held by an interval within their range', () => {
    fc.assert(
      fc.property(byScore, (counts) => {
        fc.pre([...counts.positives, ...counts.negatives].reduce((sum, count) => sum + count, 0) > 1);
        for (const [id, most] of [
          ['brier_score', 1],
          ['log_loss', 36.1],
        ] as const) {
          const { value, interval } = printed(id, sliceOf(counts));
          expect(around(interval!, value!) && within(interval!, [0, most])).toBe(true);
        }
      }),
    );
  });
  it('without positives reach far above it, for the positives that the scores promise', () => {
    const none = scoredCounts(new Array(100).fill(0.03), new Array(100).fill(0));
    expect(printed('brier_score', sliceOf(none)).value).toBeCloseTo(0.0009, 12);
    expect(printed('brier_score', sliceOf(none)).interval![1]).toBeGreaterThan(0.02);
  });
  it('of one row, and of scores that are no probabilities, have none', () => {
    expect(printed('brier_score', sliceOf(scoredCounts([0.4], [1]))).interval).toBeNull();
    expect(printed('log_loss', sliceOf(scoredCounts([0.4, 3], [1, 0]))).interval).toBeNull();
  });
});

describe('where there is no value', () => {
  const negatives = sliceOf(scoredCounts([0.1, 0.2, 0.3], [0, 0, 0]), [0, 0, 0, 3]);
  it.each(['roc_auc', 'average_precision', 'f0_5', 'f2', 'matthews_correlation', 'cohen_kappa'])(
    '%s of negatives alone is null with a reason, without an interval',
    (id) => {
      const { value, reason, interval } = printed(id, negatives);
      expect([value, interval]).toEqual([null, null]);
      expect(reason).toMatch(/\w/);
    },
  );
});

describe('what is of the four cells', () => {
  it.each(['f0_5', 'f2', 'matthews_correlation', 'cohen_kappa', 'balanced_accuracy'])(
    '%s of 3 positives, all found, has an interval that reaches well below 1',
    (id) => {
      const { value, interval } = printed(id, sliceOf(null, [3, 0, 0, 97]));
      expect(value).toBeCloseTo(1, 12);
      expect(interval![0]).toBeLessThan(0.9);
      expect(interval![1]).toBeCloseTo(1, 12);
    },
  );
});
