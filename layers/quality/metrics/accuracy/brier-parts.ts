import { noValue, type Outcome } from '../outcome.ts';
import type { Found } from './found.ts';
import { type BinOf, eachEntry } from './reliability-bins.ts';
import { type ReliabilityBin, reliabilityTable } from './reliability-table.ts';
import { type LabelWeights, labelWeights, type ScoredCounts } from './scored-counts.ts';

/** What bins tell of a Brier score. */
export type MurphyParts = Pick<BrierParts, 'reliability' | 'resolution' | 'uncertainty'>;

/** The three parts over the bins of a reliability table: see brierParts. */
function murphyParts(table: ReliabilityBin[], { all, positives, negatives }: LabelWeights): MurphyParts {
  const base = positives / all;
  const parts = { reliability: 0, resolution: 0, uncertainty: base * (negatives / all) };
  for (const { weight, meanScore, eventRate } of table) {
    parts.reliability += (weight / all) * (meanScore - eventRate) ** 2;
    parts.resolution += (weight / all) * (eventRate - base) ** 2;
  }
  return parts;
}

/** Murphy's parts over tenths of the score: reliability − resolution + uncertainty is the Brier score but for what varies within a tenth. */
export function brierPart(counts: ScoredCounts, part: keyof MurphyParts): Outcome {
  const { value: table, reason } = reliabilityTable(counts);
  return table === null ? noValue(reason!) : { value: murphyParts(table, labelWeights(counts))[part] };
}

/** Brier score = reliability − resolution + uncertainty + withinBinVariance − withinBinCovariance. */
export interface BrierParts {
  reliability: number;
  resolution: number;
  uncertainty: number;
  withinBinVariance: number;
  withinBinCovariance: number;
}

/**
 * Murphy's parts over bins (each distinct score its own unless told otherwise): reliability Σ w_b/W (s̄_b − ȳ_b)², less is better; resolution
 * Σ w_b/W (ȳ_b − ȳ)², more is better; uncertainty ȳ(1 − ȳ), the labels' own. Bins of several scores add the variance of scores and twice the
 * covariance with labels within bins, without which the parts do not add up. From merged scores these two miss what varies within an
 * entry. Null without rows or with scores outside 0 to 1. Murphy (1973); Stephenson et al. (2008), doi:10.1175/2007WAF2006116.1.
 */
export function brierParts(counts: ScoredCounts, binOf: BinOf = eachEntry): Found<BrierParts> {
  const { value: table, reason } = reliabilityTable(counts, binOf);
  if (table === null) return { value: null, reason };
  const { all } = labelWeights(counts);
  const bins = new Map(table.map((bin) => [bin.bin, bin]));
  const parts = { ...murphyParts(table, labelWeights(counts)), withinBinVariance: 0, withinBinCovariance: 0 };
  for (let i = 0; i < counts.scores.length; i++) {
    const { meanScore, eventRate } = bins.get(binOf(counts.scores[i]!, i))!;
    const deviation = counts.scores[i]! - meanScore;
    const weight = counts.positives[i]! + counts.negatives[i]!;
    parts.withinBinVariance += (weight * deviation ** 2) / all;
    parts.withinBinCovariance += (2 * deviation * (counts.positives[i]! - weight * eventRate)) / all;
  }
  return { value: parts };
}
