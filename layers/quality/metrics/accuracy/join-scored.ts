import type { ScoredCounts } from './scored-counts.ts';

/** Counts of several groups by the same bins, added up. */
export function joinScored(parts: readonly ScoredCounts[]): Required<ScoredCounts> {
  const bins = new Map<number, { weighed: number; positives: number; negatives: number; high: number }>();
  for (const { scores, positives, negatives, lows = scores, highs = scores } of parts)
    for (let i = 0; i < scores.length; i++) {
      const bin = bins.get(lows[i]!) ?? { weighed: 0, positives: 0, negatives: 0, high: highs[i]! };
      bin.weighed += scores[i]! * (positives[i]! + negatives[i]!);
      bin.positives += positives[i]!;
      bin.negatives += negatives[i]!;
      bins.set(lows[i]!, bin);
    }
  const lows = [...bins.keys()].sort((a, b) => a - b);
  const of = lows.map((low) => bins.get(low)!);
  return {
    ...{
      lows,
      highs: of.map(({ high }) => high),
      positives: of.map(({ positives }) => positives),
      negatives: of.map(({ negatives }) => negatives),
    },
    scores: of.map(({ weighed, positives, negatives }) => weighed / (positives + negatives)),
  };
}
