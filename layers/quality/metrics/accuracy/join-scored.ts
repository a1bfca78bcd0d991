import type { ScoredCounts } from './scored-counts.ts';

/** Counts of several groups by the same bins, added up. */
export function joinScored(parts: readonly ScoredCounts[]): Required<ScoredCounts> {
  const bins = new Map<number, { weighed: number; positives: number; negatives: number; others: number; high: number }>();
  for (const { scores, positives, negatives, others, lows = scores, highs = scores } of parts)
    for (let i = 0; i < scores.length; i++) {
      const bin = bins.get(lows[i]!) ?? { weighed: 0, positives: 0, negatives: 0, others: 0, high: highs[i]! };
      const unlabelled = others?.[i] ?? 0;
      bin.weighed += scores[i]! * (positives[i]! + negatives[i]! + unlabelled);
      bin.positives += positives[i]!;
      bin.negatives += negatives[i]!;
      bin.others += unlabelled;
      bins.set(lows[i]!, bin);
    }
  const lows = [...bins.keys()].sort((a, b) => a - b);
  const all = lows.map((low) => bins.get(low)!);
  const of = (key: 'positives' | 'negatives' | 'others' | 'high'): number[] => all.map((bin) => bin[key]);
  return {
    ...{ lows, highs: of('high'), positives: of('positives'), negatives: of('negatives'), others: of('others') },
    scores: all.map(({ weighed, positives, negatives, others }) => weighed / (positives + negatives + others)),
  };
}
