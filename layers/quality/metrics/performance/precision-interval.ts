import { type Interval, type LabelledScores, scoreEnds, studentTOf } from '../../math/intervals/index.ts';
import { jackknifedPrecision } from './jackknifed-precision.ts';

/** As many degrees of freedom does the variance of a share of the positives weigh. */
const PRIOR = 5;

/**
 * Interval of average precision, a mean over the k positives of a share: Wilson's with as many rows as its variance is worth, k/c, and Student's law.
 * c = (1 + 1/k)(ν J/B + 5)/(ν + 5): J the jackknife's variance, known with ν degrees of freedom, at most k − 1, moderated by B = p(1 − p)/k, that of a share of
 * k positives, which weighs as five; t has ν + 5. About the value less half of the jackknife's bias (of few positives the value is too high; all of it would move
 * the errors to the other side), widened to hold the value. Null without positives. Shape: Boyd, Eng & Page (2013), doi:10.1007/978-3-642-40994-3_29;
 * moderation: Smyth (2004). Half, five and 1/k were chosen by coverage (docs/verdicts.md).
 */
export function precisionInterval(scored: LabelledScores, confidence = 0.95): Interval | null {
  const found = jackknifedPrecision(scored);
  if (found === null) return null;
  const { value, positives, bias, variance, freedom } = found;
  const centre = Math.min(1, Math.max(0, value - bias / 2));
  const own = Math.min(freedom, Math.max(0, positives - 1));
  const near = (centre * positives + 0.5) / (positives + 1);
  const ratio = (variance * positives) / (near * (1 - near));
  const rows = positives / ((1 + 1 / positives) * ((own * ratio + PRIOR) / (own + PRIOR)));
  const [low, high] = scoreEnds(centre, studentTOf(confidence, own + PRIOR), (share) => (share * (1 - share)) / rows);
  return [Math.min(low, value), Math.max(high, value)];
}
