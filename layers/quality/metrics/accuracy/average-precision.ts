import { noValue, type Outcome } from '../outcome.ts';
import { bounded } from './bounded.ts';
import { NO_POSITIVES } from './found.ts';
import { isMerged, labelWeights, type ScoredCounts } from './scored-counts.ts';

/**
 * Average precision as scikit-learn defines it: Σ (Rᵢ − Rᵢ₋₁)Pᵢ over the distinct scores downwards, without interpolation. Range [0, 1]; the
 * base rate by chance. A merged bin counts as one score: in truth its positives may all stand first together (most) or one by one behind
 * all of its negatives (least, an integral for weights however small); `error` covers both. Null without positives (scikit-learn: 0).
 */
export function averagePrecision(counts: ScoredCounts): Outcome {
  const { positives } = labelWeights(counts);
  if (!(positives > 0)) return noValue(NO_POSITIVES);
  let tp = 0;
  let fp = 0;
  let value = 0;
  let most = 0;
  let least = 0;
  for (let i = counts.scores.length - 1; i >= 0; i--) {
    const hit = counts.positives[i]!;
    const missed = counts.negatives[i]!;
    if (hit > 0) {
      const step = (hit * (tp + hit)) / (tp + hit + fp + missed);
      const merged = isMerged(counts, i);
      value += step;
      most += merged ? (hit * (tp + hit)) / (tp + hit + fp) : step;
      least += merged ? oneByOne(tp, hit, fp + missed) : step;
    }
    tp += hit;
    fp += missed;
  }
  return bounded(counts, value / positives, Math.max(most - value, value - least) / positives);
}

/** ∫ (tp + x)/(tp + x + fp) dx over 0 … hit. */
const oneByOne = (tp: number, hit: number, fp: number): number => (fp > 0 ? hit - fp * Math.log1p(hit / (tp + fp)) : hit);
