import { describe, expect, it } from 'vitest';
import {
  agrestiCaffo,
  agrestiCoull,
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  clopperPearson,
  correlationInterval,
  delong,
  delongPaired,
  hanleyMcNeil,
  hochberg,
  jeffreys,
  katzRatio,
  labelledScores,
  mcNemar,
  meanInterval,
  newcombeDifference,
  sidak,
  wald,
  waldDifference,
  welchDifference,
  wilsonContinuity,
  woolfOddsRatio,
} from '../../layers/quality/math/intervals/index.ts';

describe('where there is no interval', () => {
  it.each([
    ['newcombe without rows', newcombeDifference(0, 0, 1, 2)],
    ['wald difference without rows', waldDifference(0, 0, 1, 2)],
    ['agresti-caffo without rows', agrestiCaffo(1, 2, 0, 0)],
    ['katz without rows', katzRatio(0, 0, 1, 2)],
    ['katz without hits', katzRatio(1, 2, 0, 2)],
    ['woolf with an empty cell', woolfOddsRatio(2, 2, 1, 2)],
    ['delong, one class', delong({ positives: [2, 3], negatives: [0, 0] })],
    ['welch without values', welchDifference({ count: 0, mean: 0, variance: 0 }, { count: 2, mean: 1, variance: 1 })],
    ['mean without values', meanInterval({ count: 0, mean: 0, variance: 0 })],
    ['paired, one class', delongPaired([1, 1], [0.1, 0.2], [0.2, 0.1])],
  ])('%s: null, with a reason', (_, { value, interval, reason }) => {
    expect([value, interval]).toEqual([null, null]);
    expect(reason).toMatch(/\w/);
  });
  it.each([
    ['katz without hits in the first', katzRatio(0, 4, 1, 2), 0],
    ['delong, a single positive', delong({ positives: [0, 1], negatives: [3, 0] }), 1],
    ['delong, parted classes', delong({ positives: [0, 3], negatives: [3, 0] }), 1],
    ['delong, one score for all', delong({ positives: [3], negatives: [3] }), 0.5],
    ['paired, both part the classes', delongPaired([0, 0, 1, 1], [1, 2, 3, 4], [1, 2, 4, 5]), 0],
    ['paired, a single positive', delongPaired([0, 0, 1], [1, 2, 3], [1, 3, 2]), 0.5],
    ['mean of one', meanInterval({ count: 1, mean: 7, variance: 0 }), 7],
    ['two constants', welchDifference({ count: 3, mean: 7, variance: 0 }, { count: 2, mean: 5, variance: 0 }), 2],
    ['correlation of three', correlationInterval(0.5, 3), 0.5],
    ['correlation of 1', correlationInterval(1, 30), 1],
  ])('%s: a value without an interval, with a reason', (_, { value, interval, reason }, expected) => {
    expect(value).toBeCloseTo(expected, 12);
    expect(interval).toBeNull();
    expect(reason).toMatch(/\w/);
  });
  it('is the whole range for a rate without rows', () => {
    for (const of of [clopperPearson, jeffreys, agrestiCoull, wald, wilsonContinuity]) expect(of(0, 0)).toEqual([0, 1]);
    expect(hanleyMcNeil(0.7, 0, 5)).toBeNull();
    expect(mcNemar(0, 0).reason).toMatch(/\w/);
  });
  it('is not of tests that were not made', () => {
    for (const adjust of [bonferroni, sidak, hochberg, benjaminiHochberg, benjaminiYekutieli]) {
      expect(adjust([0.04, null, Number.NaN])).toEqual([expect.closeTo(0.04, 12), null, null]);
      expect(adjust([])).toEqual([]);
    }
  });
});

describe('labelledScores', () => {
  it('counts by distinct score, whatever the order of rows', () => {
    const counts = labelledScores([1, 0, 1, 0], [0.5, 0.1, 0.1, 0.5]);
    expect(counts).toEqual({ scores: [0.1, 0.5], positives: [1, 1], negatives: [1, 1] });
    expect(labelledScores([0, 1, 0, 1], [0.5, 0.1, 0.1, 0.5])).toEqual(counts);
  });
});
