import { describe, expect, it } from 'vitest';
import * as a from '../../layers/quality/metrics/accuracy/index.ts';
import type { Outcome } from '../../layers/quality/metrics/outcome.ts';

/** Park & Miller's generator: the same rows everywhere. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function randomRows(seed: number, rows: number, decimals: number) {
  const next = uniform(seed);
  const scores = Array.from({ length: rows }, () => Math.round(next() ** 1.5 * 10 ** decimals) / 10 ** decimals);
  const labels = scores.map((score) => (next() < 0.15 + 0.6 * score ? 1 : 0));
  const weights = scores.map(() => (next() < 0.1 ? 0 : 0.25 + 3 * next()));
  return { scores, labels, weights };
}

const METRICS: Record<string, (counts: a.ScoredCounts) => Outcome> = {
  rocAuc: a.rocAuc,
  gini: a.gini,
  scoreSeparation: a.scoreSeparation,
  averagePrecision: a.averagePrecision,
  logLoss: a.logLoss,
  brierScore: a.brierScore,
  expectedCalibrationError: a.expectedCalibrationError,
};

describe('merged bins', () => {
  it.each(Object.keys(METRICS))('%s is within its error of the exact value, and exact again in bins of one score', (name) => {
    for (let seed = 1; seed <= 60; seed++) {
      const { scores, labels, weights } = randomRows(seed * 7919, 20 + seed * 5, 2 + (seed % 3));
      const counts = a.scoredCounts(scores, labels, weights);
      const exact = METRICS[name]!(counts);
      const edges = Array.from({ length: 2 + (seed % 37) }, (_, i) => (i + 1) / (3 + (seed % 37)) + 1e-3);
      const merged = METRICS[name]!(a.binScored(counts, edges));
      expect(exact.error).toBeUndefined();
      expect(Math.abs(merged.value! - exact.value!)).toBeLessThanOrEqual(merged.error! + 1e-12);
      const alone = METRICS[name]!(a.binScored(counts, counts.scores));
      expect(alone.value).toBeCloseTo(exact.value!, 12);
      expect(alone.error).toBeLessThan(1e-12);
    }
  });
  it('have errors that can be reached', () => {
    const worst = a.scoredCounts([0.1, 0.2, 0.3, 0.4], [1, 1, 0, 0]);
    const best = a.scoredCounts([0.1, 0.2, 0.3, 0.4], [0, 0, 1, 1]);
    expect(a.rocAuc(a.binScored(worst, []))).toEqual({ value: 0.5, error: 0.5 });
    expect(a.averagePrecision(a.binScored(best, []))).toEqual({ value: 0.5, error: 0.5 });
    expect(a.averagePrecision(best).value).toBe(1);
    expect(a.averagePrecision(worst).value).toBeCloseTo(5 / 12, 14);
    const behind = a.scoredCounts(
      Array.from({ length: 21 }, (_, i) => i / 100),
      Array.from({ length: 21 }, (_, i) => (i < 10 ? 1 : 0)),
    );
    const bins = a.averagePrecision(a.binScored(behind, [0.105]));
    expect(bins.value).toBeCloseTo(10 / 21, 14);
    expect(bins.value! - bins.error!).toBeCloseTo(1 - 1.1 * Math.log(21 / 11), 14);
    expect(bins.value! - bins.error!).toBeLessThan(a.averagePrecision(behind).value!);
  });
  it('lose little at the cuts of a baseline: 1,000 bins of 20,000 scores', () => {
    const { scores, labels, weights } = randomRows(11, 20000, 12);
    const counts = a.scoredCounts(scores, labels, weights);
    const edges = [...scores].sort((x, y) => x - y).filter((_, i) => i % 20 === 0);
    const bins = a.binScored(counts, edges);
    expect(a.rocAuc(bins).error).toBeLessThan(6e-4);
    expect(a.averagePrecision(bins).error).toBeLessThan(4e-3);
    expect(a.brierScore(bins).error).toBeLessThan(2e-3);
  });
  it('bound the gain where the cut falls into one', () => {
    const counts = a.scoredCounts([0.1, 0.2, 0.3, 0.4], [1, 0, 1, 0]);
    const bins = a.binScored(counts, [0.15]);
    const [exact, merged] = [a.gainsTable(counts, [1]), a.gainsTable(bins, [1])].map(({ value }) => value![0]!);
    expect(exact).toMatchObject({ gain: 0, lift: 0 });
    expect(merged!.gain).toBeCloseTo(1 / 6, 14);
    expect(merged!.gain - merged!.error!).toBeLessThanOrEqual(0);
    expect(a.countsAt(bins, 0.35).uncertain).toEqual({ positives: 1, negatives: 2 });
    expect(a.countsAt(bins, 0.2).uncertain).toEqual({ positives: 0, negatives: 0 });
  });
});

describe('counts merge', () => {
  it('confusion counts and matrices of parts are those of the whole', () => {
    const { scores, labels } = randomRows(5, 400, 2);
    const predictions = scores.map((score) => (score >= 0.4 ? 1 : 0));
    const cells = (from: number, to: number) => a.confusionCounts(labels.slice(from, to), predictions.slice(from, to));
    expect(a.mergeCounts(cells(0, 90), cells(90, 400))).toEqual(a.confusionCounts(labels, predictions));
    const matrix = (from: number, to: number) => a.confusionMatrix(2, labels.slice(from, to), predictions.slice(from, to));
    const whole = a.mergeMatrices(matrix(0, 90), matrix(90, 400));
    expect(whole).toEqual(a.confusionMatrix(2, labels, predictions));
    expect(a.oneAgainstRest(whole, 1)).toEqual(a.confusionCounts(labels, predictions));
  });
  it('a weight of 2 is a row twice', () => {
    const { scores, labels } = randomRows(9, 150, 2);
    const twice = scores.map((_, i) => 1 + (i % 2));
    const rows = scores.flatMap((_, i) => new Array<number>(twice[i]!).fill(i));
    const weighted = a.scoredCounts(scores, labels, twice);
    const repeated = a.scoredCounts(
      rows.map((i) => scores[i]!),
      rows.map((i) => labels[i]!),
    );
    expect(weighted).toEqual(repeated);
    const mass = a.equalMass(weighted);
    expect(a.expectedCalibrationError(weighted, mass)).toEqual(a.expectedCalibrationError(repeated, a.equalMass(repeated)));
  });
});
