import type { AucEstimate } from './delong.ts';
import type { Interval } from './interval.ts';
import { newcombeAucVariance } from './newcombe-auc.ts';
import { scoreEnds } from './score-ends.ts';
import { studentTOf } from './student-t-quantile.ts';

/** As many degrees of freedom does Newcombe's variance weigh. */
const PRIOR = 10;

/**
 * Interval of ROC AUC for classes of any size. DeLong's variance of three positives is known with two degrees of freedom, of one not at all, of parted
 * classes it is 0: so it is moderated by Newcombe's, of the class sizes alone, which weighs as ten: c = (ν D/N + 10)/(ν + 10), D DeLong's and N Newcombe's
 * variance at the estimate, ν the rows of the rarer class less one. The interval is the A with |estimate − A| ≤ t √(c N(A)), t of ν + 10 degrees of freedom:
 * Newcombe's with Student's law for the smallest classes, DeLong's for large ones. Null without one of the classes, or where all have one score.
 * Moderation: Smyth (2004), doi:10.2202/1544-6115.1027. That it weighs as ten was chosen by coverage (docs/verdicts.md).
 */
export function aucInterval({ value, variance, positives, negatives }: AucEstimate, confidence = 0.95): Interval | null {
  if (value === null) return null;
  const own = Math.max(0, Math.min(positives, negatives) - 1);
  const expected = newcombeAucVariance(value, positives, negatives);
  if (expected > 0 && variance === 0) return null;
  const ratio = expected > 0 && variance !== null ? variance / expected : 1;
  const moderated = (own * ratio + PRIOR) / (own + PRIOR);
  return scoreEnds(value, studentTOf(confidence, own + PRIOR), (auc) => moderated * newcombeAucVariance(auc, positives, negatives));
}
