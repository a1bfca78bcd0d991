import { describe, expect, it } from 'vitest';
import { Random } from '../../examples/credit-risk/random.ts';
import { aucInterval, delong } from '../../layers/quality/math/intervals/index.ts';
import { rocAuc, scoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { BINARY_METRICS } from '../../layers/quality/metrics/performance/binary-metrics.ts';
import { LOGARITHMIC, lossInterval, SQUARED } from '../../layers/quality/metrics/performance/loss-interval.ts';
import { precisionInterval } from '../../layers/quality/metrics/performance/precision-interval.ts';
import { sliceOf } from './slices.ts';

/** Scores of a calibrated model, all different, some of them near 0 and 1. */
function manyScores(rows: number, offset: number) {
  const random = new Random(7, offset);
  const scores = Array.from({ length: rows }, () => 1 / (1 + Math.exp(offset - 2 * random.normal())));
  return scoredCounts(
    scores,
    scores.map((score) => (random.uniform() < score ? 1 : 0)),
  );
}

describe.each([
  ['even classes', 0],
  ['one positive in twenty', 4],
])('intervals of 60,000 different scores, %s', (_, offset) => {
  const counts = manyScores(60_000, offset);
  const of = (id: string) => BINARY_METRICS.find((metric) => metric.id === id)!;
  const slice = sliceOf(counts);

  it('are those of every score for itself, to a fiftieth of their width', () => {
    const exact = {
      roc_auc: aucInterval(delong(counts)),
      average_precision: precisionInterval(counts),
      log_loss: lossInterval(counts, 1, LOGARITHMIC),
      brier_score: lossInterval(counts, 1, SQUARED),
    };
    for (const [id, interval] of Object.entries(exact)) {
      const [low, high] = of(id).interval(slice, 'seed')!;
      const within = 0.02 * (interval![1] - interval![0]);
      expect([id, Math.abs(low - interval![0]) < within, Math.abs(high - interval![1]) < within]).toEqual([id, true, true]);
      const value = of(id).compute(slice).value!;
      expect([id, low < value && value < high]).toEqual([id, true]);
    }
  });

  it('leave the value exact', () => {
    expect(of('roc_auc').compute(slice).value).toBe(rocAuc(counts).value);
    expect(of('roc_auc').spread!(slice)!.value).toBe(rocAuc(counts).value);
  });
});
