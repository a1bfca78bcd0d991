import { describe, expect, it } from 'vitest';
import { labelledScores } from '../../layers/quality/math/intervals/index.ts';
import { scoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { BINARY_METRICS } from '../../layers/quality/metrics/performance/binary-metrics.ts';
import { jackknifedPrecision } from '../../layers/quality/metrics/performance/jackknifed-precision.ts';
import { precisionInterval } from '../../layers/quality/metrics/performance/precision-interval.ts';
import { mismatch, readCases } from '../reference/cases.ts';
import { sliceOf } from './slices.ts';

const CASES = readCases('small-samples').filter(({ id }) => id.startsWith('scores.'));

describe('average precision and mean losses of few rows, against scikit-learn with each row left out and scipy', () => {
  it.each(CASES.map((each) => [each.id, each] as const))('%s', (_, { inputs: { labels, scores }, expected, tolerance }) => {
    const counts = labelledScores(labels, scores);
    const slice = sliceOf(scoredCounts(scores, labels));
    const printed = (id: string) => BINARY_METRICS.find((metric) => metric.id === id)!.interval(slice, '');
    const { value, bias, variance, freedom } = jackknifedPrecision(counts)!;
    const got: Record<string, number | number[] | null> = { average_precision: value, bias, variance, freedom };
    for (const level of [0.8, 0.95, 0.99]) got[`precision_${level}`] = precisionInterval(counts, level);
    Object.assign(got, { brier: printed('brier_score'), log_loss: printed('log_loss') });
    const wrong = Object.entries(got).flatMap(([key, each]) => {
      const goals = [expected[key]].flat() as number[];
      return goals.flatMap((goal, i) => mismatch([each].flat()[i] as number | null, goal, tolerance, key) ?? []);
    });
    expect(wrong).toEqual([]);
  });
});
