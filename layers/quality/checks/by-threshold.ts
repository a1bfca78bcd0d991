import { total } from '../math/total.ts';
import type { ScoredCounts } from '../metrics/accuracy/index.ts';

/** Shares of the positive and of the negative labels with the highest scores, so many of the rows: what a threshold would predict positive. */
export function byThreshold({ scores, positives, negatives }: ScoredCounts, share: number): { recall: number; fallout: number } {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const [all, none] = [total(positives), total(negatives)];
  let [left, found, alarmed] = [share * (all + none), 0, 0];
  for (const i of order) {
    const rows = positives[i]! + negatives[i]!;
    // Rows of one score are taken as drawn.
    const part = Math.min(1, left / rows);
    found += part * positives[i]!;
    alarmed += part * negatives[i]!;
    left -= rows;
    if (left <= 0) break;
  }
  return { recall: found / all, fallout: alarmed / none };
}
