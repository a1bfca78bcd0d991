import { total } from '../../layers/quality/math/total.ts';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import type { Slice } from '../../layers/quality/metrics/performance/index.ts';

/** A label and a prediction for every score, and how often they come. */
export const sliceOf = (rows: [score: number, positives: number, negatives: number][]): Slice => {
  const of = (at: 0 | 1 | 2, keep = (_: number): boolean => true): number[] => rows.filter(([score]) => keep(score)).map((row) => row[at]);
  const chosen = (score: number): boolean => score >= 0.5;
  const not = (score: number): boolean => score < 0.5;
  const counts = fromConfusion(total(of(1, chosen)), total(of(2, chosen)), total(of(1, not)), total(of(2, not)));
  const scored = { scores: Float64Array.from(of(0)), positives: Float64Array.from(of(1)), negatives: Float64Array.from(of(2)) };
  return { rows: counts.rows, counts, scored, scale: 1, matrix: null, sums: null };
};
