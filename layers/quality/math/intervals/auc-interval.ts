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
export function aucInterval(estimate: AucEstimate, confidence = 0.95): Interval | null {
  const { value, variance, positives, negatives } = estimate;
  if (value === null) return null;
  if (newcombeAucVariance(value, positives, negatives) > 0 && variance === 0) return null;
  const c = moderation(estimate, value);
  return scoreEnds(value, studentTOf(confidence, freedomOf(estimate) + PRIOR), (auc) => c * newcombeAucVariance(auc, positives, negatives));
}

/** DeLong's variance moderated by Newcombe's, as the interval has it; null without one of the classes. */
export const moderatedAucVariance = (estimate: AucEstimate): number | null =>
  estimate.value === null
    ? null
    : moderation(estimate, estimate.value) * newcombeAucVariance(estimate.value, estimate.positives, estimate.negatives);

const freedomOf = ({ positives, negatives }: AucEstimate): number => Math.max(0, Math.min(positives, negatives) - 1);

function moderation(estimate: AucEstimate, value: number): number {
  const { variance, positives, negatives } = estimate;
  const expected = newcombeAucVariance(value, positives, negatives);
  const ratio = expected > 0 && variance !== null ? variance / expected : 1;
  const own = freedomOf(estimate);
  return (own * ratio + PRIOR) / (own + PRIOR);
}
