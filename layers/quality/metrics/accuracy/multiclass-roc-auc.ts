import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ClassAverage } from './class-average.ts';
import { type ClassProbabilities, classScores, classWeights } from './class-probabilities.ts';
import { rocAuc } from './roc-auc.ts';
import type { ScoredCounts } from './scored-counts.ts';

const WITHOUT_A_CLASS = 'a class without rows, or only one';

/**
 * Mean of the AUCs of each class against the rest: plain (macro) or by true weight. Takes each class's counts, so that merged states serve as
 * well; errors are averaged alike. Range [0, 1]; null where a class has no rows or all. Provost & Domingos (2000).
 */
export function rocAucOneAgainstRest(perClass: ScoredCounts[], weights: ArrayLike<number>, average: ClassAverage): Outcome {
  const all = Array.from(weights).reduce((sum, weight) => sum + weight, 0);
  if (!(all > 0)) return noValue(NO_ROWS);
  let value = 0;
  let error: number | undefined;
  for (const [k, counts] of perClass.entries()) {
    const auc = rocAuc(counts);
    if (auc.value === null) return noValue(WITHOUT_A_CLASS);
    const share = average === 'macro' ? 1 / perClass.length : weights[k]! / all;
    value += share * auc.value;
    if (auc.error !== undefined) error = (error ?? 0) + share * auc.error;
  }
  return error === undefined ? { value } : { value, error };
}

/**
 * Mean over pairs of classes of (AUC of a against b by a's probability + the other way round)/2; macro: plain (Hand & Till's M, insensitive to
 * base rates); weighted: by the pair's weight. Needs rows. Range [0, 1]; null where a class has none. Hand & Till (2001), doi:10.1023/A:1010920819831.
 */
export function rocAucOneAgainstOne(rows: ClassProbabilities, average: ClassAverage): Outcome {
  const weights = classWeights(rows);
  let sum = 0;
  let shares = 0;
  for (let a = 0; a < rows.classes; a++) {
    for (let b = a + 1; b < rows.classes; b++) {
      const one = rocAuc(classScores(rows, a, b)).value;
      const other = rocAuc(classScores(rows, b, a)).value;
      if (one === null || other === null) return noValue(WITHOUT_A_CLASS);
      const share = average === 'macro' ? 1 : weights[a]! + weights[b]!;
      sum += (share * (one + other)) / 2;
      shares += share;
    }
  }
  return shares > 0 ? { value: sum / shares } : noValue(NO_ROWS);
}
