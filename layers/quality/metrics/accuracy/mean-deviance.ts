import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';

/** Unit deviances of the Tweedie family; 1 is Poisson, 2 gamma. */
function deviance(label: number, prediction: number, power: number): number {
  if (power === 1) return 2 * ((label > 0 ? label * Math.log(label / prediction) : 0) - label + prediction);
  if (power === 2) return 2 * (Math.log(prediction / label) + label / prediction - 1);
  return (
    2 *
    (label ** (2 - power) / ((1 - power) * (2 - power)) -
      (label * prediction ** (1 - power)) / (1 - power) +
      prediction ** (2 - power) / (2 - power))
  );
}

/**
 * Weighted mean of the Tweedie deviance of power 1 (Poisson, counts), 2 (gamma) or between (sums of gammas with zeros). Needs predictions above 0
 * and labels of at least 0 (above 0 at power 2). A mean of rows, so that parts merge by weight. Range [0, ∞); null without rows or beyond the
 * law's domain. Jørgensen (1987).
 */
export function meanDeviance(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  power: number,
  weights?: ArrayLike<number>,
): Outcome {
  if (!(power >= 1 && power <= 2)) throw new RangeError('power must be from 1 to 2');
  let sum = 0;
  let all = 0;
  for (let i = 0; i < labels.length; i++) {
    if (!(predictions[i]! > 0)) return noValue('predictions of 0 or less');
    if (!(power === 2 ? labels[i]! > 0 : labels[i]! >= 0)) return noValue(power === 2 ? 'labels of 0 or less' : 'negative labels');
    const weight = weights?.[i] ?? 1;
    sum += weight * deviance(labels[i]!, predictions[i]!, power);
    all += weight;
  }
  return all > 0 ? { value: sum / all } : noValue(NO_ROWS);
}
