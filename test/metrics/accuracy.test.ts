import { describe, expect, it } from 'vitest';
import * as a from '../../layers/quality/metrics/accuracy/index.ts';
import { classBrierScore, classLogLoss } from '../../layers/quality/metrics/performance/class-losses.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { lossesOf } from '../outcomes/losses.ts';

const none = (reason: string) => ({ value: null, reason });
const counts = (tp: number, fp: number, fn: number, tn: number): a.ConfusionCounts => ({ tp, fp, fn, tn });

describe('metrics without a value say why', () => {
  it('of confusion counts', () => {
    const empty = a.noCounts();
    for (const metric of [a.accuracy, a.balancedAccuracy, a.matthewsCorrelation, a.cohenKappa, a.prevalence, a.selectionRate]) {
      expect((metric as (c: a.ConfusionCounts) => unknown)(empty)).toEqual(none('no rows'));
    }
    expect(a.precision(counts(0, 0, 3, 4))).toEqual(none('no positive predictions'));
    expect(a.negativePredictiveValue(counts(1, 2, 0, 0))).toEqual(none('no negative predictions'));
    expect(a.recall(counts(0, 3, 0, 4))).toEqual(none('no positive labels'));
    expect(a.specificity(counts(3, 0, 1, 0))).toEqual(none('no negative labels'));
    expect(a.f1(counts(0, 0, 0, 5))).toEqual(none('no positives, labelled or predicted'));
    expect(a.f1(counts(0, 0, 5, 5))).toEqual({ value: 0 });
    expect(a.matthewsCorrelation(counts(2, 0, 1, 0))).toEqual(none('labels of one class only'));
    expect(a.matthewsCorrelation(counts(2, 1, 0, 0))).toEqual(none('predictions of one class only'));
    expect(a.cohenKappa(counts(4, 0, 0, 0))).toEqual(none('labels and predictions of the same class only'));
    expect(a.geometricMean(counts(4, 0, 1, 0))).toEqual(none('labels of one class only'));
    expect(a.classAverage({ classes: 3, cells: new Float64Array(9) }, a.recall, 'macro')).toEqual(none('no rows'));
  });
  it('of scores', () => {
    const positive = a.scoredCounts([0.2, 0.7], [1, 1]);
    const negative = a.scoredCounts([0.2, 0.7], [0, 0]);
    const nothing = a.scoredCounts([], []);
    const logits = a.scoredCounts([-1, 2], [0, 1]);
    for (const metric of [a.rocAuc, a.gini, a.scoreSeparation, a.rocCurve, a.logisticRecalibration]) {
      for (const side of [positive, negative, nothing]) expect(metric(side)).toEqual(none('labels of one class only'));
    }
    for (const metric of [a.averagePrecision, a.precisionRecallCurve, a.precisionRecallArea, a.gainsTable]) {
      expect(metric(negative)).toEqual(none('no positive labels'));
    }
    expect(a.observedOverExpected(negative)).toEqual({ value: 0 });
    expect(a.observedOverExpected(a.scoredCounts([0, 0], [0, 1]))).toEqual(none('the scores promise no positive labels'));
    for (const metric of [
      a.logLoss,
      a.brierScore,
      a.expectedCalibrationError,
      a.maximumCalibrationError,
      a.brierParts,
      a.spiegelhalterTest,
      a.observedOverExpected,
    ]) {
      expect(metric(nothing)).toEqual(none('no rows'));
      expect(metric(logits)).toEqual(none('scores outside 0 to 1'));
    }
    expect(a.cheapestThreshold(nothing, { falsePositive: 1, falseNegative: 1 })).toEqual(none('no rows'));
    expect(a.hosmerLemeshow(nothing)).toEqual(none('no rows'));
    expect(a.logisticRecalibration(a.scoredCounts([0.2, 0.7], [0, 1]))).toEqual(none('the classes separate: no finite fit'));
    expect(a.logisticRecalibration(a.scoredCounts([0.2, 0.5, 0.5, 0.7], [1, 0, 1, 0]))).toEqual(
      none('the classes separate: no finite fit'),
    );
    expect(a.logisticRecalibration(a.scoredCounts([0, 0.7], [1, 0]))).toEqual(none('scores of exactly 0 or 1'));
    expect(a.maximumCalibrationError(a.binScored(a.scoredCounts([0.05, 0.15], [0, 1]), []))).toEqual(
      none('merged scores lie across the edges of the bins'),
    );
  });
  it('of several classes', () => {
    const rows = { classes: 3, labels: [0, 1], probabilities: [0.5, 0.3, 0.2, 0.2, 0.6, 0.2] };
    const scores = [0, 1, 2].map((k) => a.classScores(rows, k));
    expect(a.rocAucOneAgainstRest(scores, a.classWeights(rows), 'macro')).toEqual(none('a class without rows, or only one'));
    expect(a.rocAucOneAgainstOne(rows, 'macro')).toEqual(none('a class without rows, or only one'));
    for (const metric of [classLogLoss, classBrierScore]) {
      const of = (given: a.ClassProbabilities) => metric.compute({ losses: lossesOf(given) } as unknown as Slice);
      expect(of({ classes: 3, labels: [], probabilities: [] })).toEqual(none('no rows'));
      expect(of({ classes: 2, labels: [0, 1], probabilities: [0.5, 0.5, 1.5, -0.5] })).toEqual(none('scores outside 0 to 1'));
    }
  });
});

describe('the best constant predictor', () => {
  const rare = counts(3, 2, 7, 88);
  it('is the majority for accuracy and always positive for F', () => {
    expect(a.bestConstant(rare, a.accuracy).value).toBeCloseTo(0.9, 14);
    expect(a.bestConstant(rare, a.f1).value).toBeCloseTo(20 / 110, 14);
    expect(a.bestConstant(rare, a.recall)).toEqual({ value: 1 });
    expect(a.bestConstant(rare, a.matthewsCorrelation)).toEqual(none('predictions of one class only'));
    expect(a.constantCounts(rare, 'majority')).toEqual(counts(0, 0, 10, 90));
    expect(a.constantCounts(rare, 'positive')).toEqual(counts(10, 90, 0, 0));
  });
  it('of several classes is the most frequent one', () => {
    const matrix = a.confusionMatrix(3, [0, 1, 1, 1, 2], [0, 0, 1, 2, 2]);
    expect(a.accuracy(a.constantMatrix(matrix)).value).toBeCloseTo(0.6, 14);
    expect(a.classAverage(a.constantMatrix(matrix), a.recall, 'macro').value).toBeCloseTo(1 / 3, 14);
  });
  it('of scores gives the base rate', () => {
    const base = a.scoredCounts([0.2, 0.2, 0.2, 0.2, 0.2], [0, 0, 1, 0, 0]);
    expect(a.logLoss(base).value).toBeCloseTo(a.constantLogLoss(1, 4).value!, 14);
    expect(a.brierScore(base).value).toBeCloseTo(a.constantBrier(1, 4).value!, 14);
    expect(a.constantLogLoss(0, 4)).toEqual({ value: 0 });
  });
});

describe('thresholds', () => {
  const scored = a.scoredCounts([0.1, 0.4, 0.4, 0.6, 0.9], [0, 1, 0, 1, 1]);
  it('the cheapest depends on the costs, the highest of equals', () => {
    const cheapest = (costs: a.Costs) => a.cheapestThreshold(scored, costs).value!;
    expect(cheapest({ falsePositive: 5, falseNegative: 1 })).toMatchObject({ threshold: 0.6, cost: 0.2, counts: counts(2, 0, 1, 2) });
    expect(cheapest({ falsePositive: 1, falseNegative: 5 })).toMatchObject({ threshold: 0.4, cost: 0.2, counts: counts(3, 1, 0, 1) });
    expect(cheapest({ falsePositive: 1, falseNegative: 1 }).threshold).toBe(0.6);
    expect(cheapest({ falsePositive: 1, falseNegative: 0 }).threshold).toBe(Number.POSITIVE_INFINITY);
    expect(cheapest({ falsePositive: 1, falseNegative: 0, truePositive: -4 }).threshold).toBe(0.4);
  });
  it('each step is what counting at it gives', () => {
    for (const step of a.allThresholds(scored)) expect(a.countsAt(scored, step.threshold).counts).toEqual(step.counts);
  });
  it('gains share the positives of equal scores and end at all of them', () => {
    expect(a.wholeRowTops(12)).toEqual([2, 3, 4, 5, 6, 8, 9, 10, 11, 12]);
    const gains = a.gainsTable(scored, [1, 2, 3, 4, 5]).value!.map(({ gain }) => gain * 3);
    [1, 2, 2.5, 3, 3].forEach((goal, i) => void expect(gains[i]).toBeCloseTo(goal, 13));
    expect(a.gainsTable(scored).value!.at(-1)).toMatchObject({ share: 1, gain: 1, lift: 1 });
  });
});

describe('isotonic regression', () => {
  it('leaves out points without weight and has no curve without points', () => {
    expect(a.isotonicRegression([1, 2, 3], [0, 9, 1], [1, 0, 1]).knots).toEqual({ x: [1, 3], y: [0, 1] });
    expect(a.isotonicAt(a.isotonicRegression([], []).knots, 1)).toBeNaN();
  });
});
