import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawn } from '../../layers/quality/metrics/fairness/fairness-intervals.ts';
import {
  addCounts,
  disparity,
  emptyCounts,
  fromConfusion,
  type GapSources,
  type GroupCounts,
  gapSources,
} from '../../layers/quality/metrics/fairness/index.ts';

const PARTS = ['baseRates', 'truePositiveRates', 'falsePositiveRates', 'unlabelled'] as const;
const sumOf = (sources: GapSources): number => PARTS.reduce((sum, part) => sum + sources[part], 0);

/** Weights, so that sums are not whole numbers; both labels occur. */
const weight = fc.integer({ min: 0, max: 1e6 }).map((sevenths) => sevenths / 7);
const labelled = fc
  .tuple(weight, weight, weight, weight)
  .map((cells) => fromConfusion(...cells))
  .filter(({ tp, fp, fn, tn }) => tp + fn > 0 && fp + tn > 0);
const some = fc.tuple(labelled, weight, weight, weight, weight).map(([counts, positive, negative, yes, no]): GroupCounts => {
  return { ...counts, positiveLabel: positive, negativeLabel: negative, positivePrediction: yes, negativePrediction: no };
});

describe('the sources of a gap of selection rates', () => {
  it('add up to the gap to 1e-12, whatever the weights and whatever lacks a label', () => {
    fc.assert(
      fc.property(some, some, (group, rest) => {
        const sources = gapSources(group, rest).value!;
        expect(Math.abs(sumOf(sources) - sources.gap)).toBeLessThan(1e-12);
        expect(sources.gap).toBe(disparity(group, rest, 'selection_rate').difference.value);
      }),
    );
  });

  it('turn their signs, to the bit, when the sides are swapped', () => {
    fc.assert(
      fc.property(some, some, (group, rest) => {
        const [there, back] = [gapSources(group, rest).value!, gapSources(rest, group).value!];
        for (const part of ['gap', ...PARTS] as const) expect(there[part] === -back[part]).toBe(true);
      }),
    );
  });

  it('are the means over all orders of giving the group what the rest has', () => {
    fc.assert(
      fc.property(labelled, labelled, (group, rest) => {
        const sources = gapSources(group, rest).value!;
        const shapley = overAllOrders(threeRates(group), threeRates(rest));
        PARTS.slice(0, 3).forEach((part, i) => {
          expect(Math.abs(sources[part] - shapley[i]!)).toBeLessThan(1e-12);
        });
        expect(Math.abs(sources.unlabelled)).toBe(0);
      }),
    );
  });

  it('are 0 between sides of the same rates, whatever their sizes', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 20 }), (rest, doublings) => {
        const group = emptyCounts();
        for (const key of Object.keys(group) as (keyof GroupCounts)[]) group[key] = rest[key] * 2 ** doublings;
        expect(Object.values(gapSources(group, rest).value!).every((part) => part === 0)).toBe(true);
      }),
    );
  });

  it.each<[string, GroupCounts, GroupCounts, keyof GapSources, number]>([
    ['labels alone, where equal labels are treated equally', fromConfusion(16, 8, 4, 72), fromConfusion(40, 5, 10, 45), 'baseRates', -0.21],
    [
      'true positive rates alone, where deserving rows are refused',
      fromConfusion(30, 5, 20, 45),
      fromConfusion(40, 5, 10, 45),
      'truePositiveRates',
      -0.1,
    ],
    [
      'false positive rates alone, where others are let through',
      fromConfusion(40, 15, 10, 35),
      fromConfusion(40, 5, 10, 45),
      'falsePositiveRates',
      0.1,
    ],
  ])('are %s', (_, group, rest, only, expected) => {
    const sources = gapSources(group, rest).value!;
    expect(sources.gap).toBeCloseTo(expected, 14);
    for (const part of PARTS) expect(sources[part]).toBeCloseTo(part === only ? expected : 0, 14);
  });

  it('are a mixture, as worked out by hand', () => {
    // p 0.2 and 0.5, TPR 0.5 and 0.8, FPR 0.25 and 0.1: q 0.3 and 0.45.
    const sources = gapSources(fromConfusion(10, 20, 10, 60), fromConfusion(40, 5, 10, 45)).value!;
    const expected = { gap: -0.15, baseRates: -0.3 * (0.65 - 0.175), truePositiveRates: 0.35 * -0.3, falsePositiveRates: 0.65 * 0.15 };
    for (const [part, value] of Object.entries(expected)) expect(sources[part as 'gap']).toBeCloseTo(value, 14);
  });

  it('are not known where labels come for selected rows only: the whole gap is of rows without a label', () => {
    const granted = { ...fromConfusion(20, 10, 0, 0), negativePrediction: 70 };
    const others = { ...fromConfusion(40, 20, 0, 0), negativePrediction: 40 };
    const sources = gapSources(granted, others).value!;
    expect(sources.unlabelled).toBe(sources.gap);
    expect(sources.gap).toBeCloseTo(-0.3, 14);
    for (const part of PARTS.slice(0, 3)) expect(sources[part]).toBeCloseTo(0, 14);
  });

  it('do not change by rows with a label alone or with neither', () => {
    const [group, rest] = [fromConfusion(10, 20, 10, 60), fromConfusion(40, 5, 10, 45)];
    const more = addCounts({ ...group }, { ...emptyCounts(), rows: 99, positiveLabel: 50, negativeLabel: 9, neither: 40 });
    expect(gapSources(more, rest)).toEqual(gapSources(group, rest));
  });

  it.each<[GroupCounts, GroupCounts, string]>([
    [emptyCounts(), fromConfusion(1, 1, 1, 1), 'no rows with label and prediction in the group'],
    [
      fromConfusion(1, 1, 1, 1),
      { ...emptyCounts(), positivePrediction: 9, positiveLabel: 9 },
      'no rows with label and prediction in the rest',
    ],
    [fromConfusion(0, 1, 0, 1), fromConfusion(1, 1, 1, 1), 'no positive labels in the group'],
    [fromConfusion(1, 1, 1, 1), fromConfusion(1, 0, 1, 0), 'no negative labels in the rest'],
  ])('are null with the reason where a rate is missing (%#)', (group, rest, reason) => {
    expect(gapSources(group, rest)).toEqual({ value: null, reason });
  });

  it('have intervals by drawing the cells of both sides anew', () => {
    const [group, rest] = [fromConfusion(100, 200, 100, 600), fromConfusion(400, 50, 100, 450)];
    const [low, high] = drawn([group, rest], ([a, b]) => gapSources(a!, b!).value?.baseRates ?? null, 'base rates')!;
    const { baseRates } = gapSources(group, rest).value!;
    expect(low).toBeLessThan(baseRates);
    expect(high).toBeGreaterThan(baseRates);
    expect(high - low).toBeLessThan(0.1);
  });
});

type Three = [base: number, truePositive: number, falsePositive: number];

const threeRates = ({ tp, fp, fn, tn }: GroupCounts): Three => [(tp + fn) / (tp + fp + fn + tn), tp / (tp + fn), fp / (fp + tn)];

/** Shapley values by definition: each of the 6 orders, one rate at a time from the rest's to the group's. */
function overAllOrders(group: Three, rest: Three): Three {
  const selection = ([p, t, f]: Three): number => p * t + (1 - p) * f;
  const sums: Three = [0, 0, 0];
  for (const order of [0, 1, 2].flatMap((a) => [0, 1, 2].filter((b) => b !== a).map((b) => [a, b, 3 - a - b]))) {
    const rates: Three = [...rest];
    for (const i of order) {
      const before = selection(rates);
      rates[i] = group[i]!;
      sums[i]! += (selection(rates) - before) / 6;
    }
  }
  return sums;
}
