import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delong } from '../../layers/quality/math/intervals/index.ts';
import { averagePrecision, classScores, rocAuc, type ScoredCounts, scoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { placementParts, precisionParts, rankDeviation } from '../../layers/quality/metrics/accuracy/rank-parts.ts';
import { jackknifedPrecision } from '../../layers/quality/metrics/performance/jackknifed-precision.ts';
import { multiclassMetrics } from '../../layers/quality/metrics/performance/multiclass-metrics.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { draws } from '../checks/draw.ts';
import { around, within } from '../math/interval-properties.ts';
import { lossesOf } from '../outcomes/losses.ts';

const table = fc
  .array(
    fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 1 }), weight: fc.integer({ min: 1, max: 3 }) }),
    {
      minLength: 2,
      maxLength: 40,
    },
  )
  .filter((rows) => new Set(rows.map(({ label }) => label)).size === 2)
  .map((rows) =>
    scoredCounts(
      rows.map(({ score }) => score / 6),
      rows.map(({ label }) => label),
      rows.map(({ weight }) => weight),
    ),
  );
const over = ({ positives, negatives }: ScoredCounts, of: (rows: number, side: 'positive' | 'negative', at: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < positives.length; i++) sum += of(positives[i]!, 'positive', i) + of(negatives[i]!, 'negative', i);
  return sum;
};

describe("rows' parts in a ranking", () => {
  it('have a mean of 0', () => {
    fc.assert(
      fc.property(table, (counts) => {
        const [auc, precision] = [rocAuc(counts).value!, averagePrecision(counts).value!];
        for (const parts of [placementParts(counts, auc), precisionParts(counts, precision)])
          expect(over(counts, (rows, side, i) => rows * parts[side][i]!)).toBeCloseTo(0, 10);
      }),
    );
  });
  it("of ROC AUC have DeLong's variance, but for a row less in each class", () => {
    fc.assert(
      fc.property(table, (counts) => {
        const { value, variance, positives, negatives } = delong(counts as Parameters<typeof delong>[0]);
        fc.pre(variance !== null);
        const all = positives + negatives;
        const parts = placementParts(counts, value!);
        const of = (side: 'positive' | 'negative', rows: number): number =>
          over(counts, (weight, each, i) => (each === side ? weight * parts[side][i]! ** 2 : 0)) * (rows / (rows - 1));
        expect((of('positive', positives) + of('negative', negatives)) / all ** 2).toBeCloseTo(variance!, 12);
      }),
    );
  });
  it("of average precision have the jackknife's variance, within 2 % of many rows", () => {
    const { normal, uniform } = draws(5);
    const labels = Array.from({ length: 3000 }, () => (uniform() < 0.2 ? 1 : 0));
    const counts = scoredCounts(
      labels.map((label) => normal() + label),
      labels,
    );
    const parts = precisionParts(counts, averagePrecision(counts).value!);
    const variance = over(counts, (rows, side, i) => rows * parts[side][i]! ** 2) / 3000 ** 2;
    const known = jackknifedPrecision(counts as Parameters<typeof jackknifedPrecision>[0])!.variance;
    expect(Math.abs(variance / known - 1)).toBeLessThan(0.02);
  });
});

function classRows(rows: number, seed: number): NonNullable<Slice['classRows']> {
  const { normal, uniform } = draws(seed);
  const labels = Float64Array.from({ length: rows }, () => Math.floor(3 * uniform()));
  const odds = Array.from(labels, (label) => [0, 1, 2].map((k) => Math.exp(normal() + (k === label ? 1 : 0))));
  return { classes: 3, labels, probabilities: odds.flatMap((each) => each.map((odd) => odd / (each[0]! + each[1]! + each[2]!))) };
}
const sliceOf = (of: NonNullable<Slice['classRows']>): Slice => ({ classRows: of, losses: lossesOf(of) }) as unknown as Slice;
const METRICS = multiclassMetrics(['a', 'b', 'c']).filter(
  ({ id, parameters }) => ['roc_auc', 'average_precision', 'log_loss', 'brier_score'].includes(id) && parameters?.class === undefined,
);

describe('intervals of what needs the scores of several classes', () => {
  it('hold the value, are narrower for more rows, and a weight of 2 throughout is worth as many rows', () => {
    const [few, many] = [classRows(200, 3), classRows(3200, 4)];
    for (const metric of METRICS) {
      const [value, interval] = [metric.compute(sliceOf(few)).value!, metric.interval(sliceOf(few), '')!];
      const most = metric.better === 'high' ? 1 : 3;
      expect([metric.id, around(interval, value), within(interval, [0, most])]).toEqual([metric.id, true, true]);
      const [low, high] = metric.interval(sliceOf(many), '')!;
      expect(Math.abs((high - low) / (interval[1] - interval[0]) - 1 / 4)).toBeLessThan(0.06);
      const doubled = metric.interval(sliceOf({ ...few, weights: new Float64Array(200).fill(2) }), '')!;
      doubled.forEach((end, i) => {
        expect(end).toBeCloseTo(interval[i]!, 10);
      });
    }
  });
  it('of two classes are as wide as those of one against the other', () => {
    const three = classRows(2000, 7);
    const probabilities = Array.from({ length: 2000 }, (_, i) => {
      const [a, b] = [three.probabilities[3 * i]!, three.probabilities[3 * i + 1]!];
      return [a / (a + b), b / (a + b)];
    }).flat();
    const rows = { classes: 2, labels: Array.from(three.labels, (label) => Math.min(1, label)), probabilities };
    const perClass = [0, 1].map((k) => classScores(rows, k));
    const auc = rocAuc(perClass[1]!).value!;
    const deviation = rankDeviation(
      rows,
      perClass,
      perClass.map((counts) => placementParts(counts, auc)),
    );
    expect(deviation ** 2 / 2000 / delong(perClass[1] as Parameters<typeof delong>[0]).variance!).toBeCloseTo(1, 2);
  });
  it('of a table that parts the classes begin below 1, and losses end where a row costs most', () => {
    const parted = { classes: 2, labels: [0, 0, 1, 1], probabilities: [0.9, 0.1, 0.8, 0.2, 0.2, 0.8, 0.1, 0.9] };
    const wrong = { ...parted, labels: [1, 1, 0, 0], probabilities: [1, 0, 1, 0, 0, 1, 0.01, 0.99] };
    const of = (id: string) => multiclassMetrics(['a', 'b']).find((metric) => metric.id === id)!;
    for (const id of ['roc_auc', 'average_precision']) {
      const [low, high] = of(id).interval(sliceOf(parted), '')!;
      expect([id, low > 0.1 && low < 0.8, high]).toEqual([id, true, 1]);
    }
    expect(of('brier_score').interval(sliceOf(wrong), '')![1]).toBeLessThanOrEqual(2);
    expect(of('log_loss').interval(sliceOf(wrong), '')![1]).toBeLessThanOrEqual(-Math.log(2 ** -52));
    expect(of('log_loss').interval(sliceOf({ classes: 2, labels: [0], probabilities: [0.9, 0.1] }), '')).toBeNull();
  });
  it("are known by every class's rows, the more of them the larger its part in what is expected", () => {
    const labels = [80, 15, 5].flatMap((rows, label): number[] => Array(rows).fill(label));
    const probabilities = labels.flatMap((label) => [0, 1, 2].map((k) => (k === label ? 0.8 : 0.1)));
    const of = multiclassMetrics(['a', 'b', 'c']).find(({ id, parameters }) => id === 'average_precision' && !parameters?.class)!;
    expect(of.interval(sliceOf({ classes: 3, labels, probabilities }), '')![0]).toBeCloseTo(0.8460820322362408, 10);
  });
  it("parts of average precision are numbers whatever the weights' size", () => {
    const counts = scoredCounts([0.1, 0.2, 0.3, 0.4], [0, 1, 0, 1], [1e9, 1e9, 1e9, 1e-9]);
    const parts = precisionParts(counts, averagePrecision(counts).value!);
    expect([...parts.positive, ...parts.negative].every(Number.isFinite)).toBe(true);
  });
});
