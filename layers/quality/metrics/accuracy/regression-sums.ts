/**
 * What the errors of a regression come to; error = prediction − label. Sums are weighted; the squares of labels and of errors are about their own
 * means, so that a large offset costs no digits.
 */
export interface RegressionSums {
  rows: number;
  weight: number;
  labelMean: number;
  labelSquares: number;
  errorMean: number;
  errorSquares: number;
  absoluteError: number;
  squaredError: number;
  largestError: number;
  absoluteLabel: number;
  /** Sum of |error|·|label|. */
  errorByLabel: number;
  /** Weight of rows with a label other than 0, and the sum of |error|/|label| over them. */
  nonzeroWeight: number;
  relativeError: number;
  /** Sum of |error|/max(|label|, 2⁻⁵²), and of 2|error|/(|label| + |prediction|). */
  flooredRelativeError: number;
  symmetricError: number;
  /** Sum of (ln(1 + prediction) − ln(1 + label))²; NaN where one is not above −1. */
  squaredLogError: number;
}

export const noRegressionSums = (): RegressionSums => ({
  rows: 0,
  weight: 0,
  labelMean: 0,
  labelSquares: 0,
  errorMean: 0,
  errorSquares: 0,
  absoluteError: 0,
  squaredError: 0,
  largestError: 0,
  absoluteLabel: 0,
  errorByLabel: 0,
  nonzeroWeight: 0,
  relativeError: 0,
  flooredRelativeError: 0,
  symmetricError: 0,
  squaredLogError: 0,
});

/** Sums of rows with finite labels and predictions, in two passes. */
export function regressionSums(labels: ArrayLike<number>, predictions: ArrayLike<number>, weights?: ArrayLike<number>): RegressionSums {
  const sums = noRegressionSums();
  let label = 0;
  let error = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (!(weight >= 0)) continue;
    sums.rows++;
    sums.weight += weight;
    label += weight * (labels[i]! - labels[0]!);
    error += weight * (predictions[i]! - labels[i]!);
    addErrors(sums, labels[i]!, predictions[i]!, weight);
  }
  if (!(sums.weight > 0)) return { ...sums };
  const labelOffset = label / sums.weight;
  sums.labelMean = labels[0]! + labelOffset;
  sums.errorMean = error / sums.weight;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (!(weight >= 0)) continue;
    sums.labelSquares += weight * (labels[i]! - labels[0]! - labelOffset) ** 2;
    sums.errorSquares += weight * (predictions[i]! - labels[i]! - sums.errorMean) ** 2;
  }
  return sums;
}

function addErrors(sums: RegressionSums, label: number, prediction: number, weight: number): void {
  const error = Math.abs(prediction - label);
  const size = Math.abs(label) + Math.abs(prediction);
  sums.absoluteError += weight * error;
  sums.squaredError += weight * error * error;
  sums.largestError = Math.max(sums.largestError, error);
  sums.absoluteLabel += weight * Math.abs(label);
  sums.errorByLabel += weight * error * Math.abs(label);
  if (label !== 0) {
    sums.nonzeroWeight += weight;
    sums.relativeError += (weight * error) / Math.abs(label);
  }
  sums.flooredRelativeError += (weight * error) / Math.max(Math.abs(label), Number.EPSILON);
  if (size > 0) sums.symmetricError += (weight * 2 * error) / size;
  sums.squaredLogError += label > -1 && prediction > -1 ? weight * (Math.log1p(prediction) - Math.log1p(label)) ** 2 : Number.NaN;
}

/** Sums of both sides' rows, means and squares by Chan et al. (1979). */
export function mergeRegressionSums(a: RegressionSums, b: RegressionSums): RegressionSums {
  if (!(a.weight > 0) || !(b.weight > 0)) return { ...(a.weight > 0 ? a : b), rows: a.rows + b.rows };
  const merged = { ...a };
  for (const key of Object.keys(a) as (keyof RegressionSums)[]) merged[key] = a[key] + b[key];
  const both = (a.weight * b.weight) / merged.weight;
  const share = b.weight / merged.weight;
  merged.labelMean = a.labelMean + (b.labelMean - a.labelMean) * share;
  merged.errorMean = a.errorMean + (b.errorMean - a.errorMean) * share;
  merged.labelSquares = a.labelSquares + b.labelSquares + (b.labelMean - a.labelMean) ** 2 * both;
  merged.errorSquares = a.errorSquares + b.errorSquares + (b.errorMean - a.errorMean) ** 2 * both;
  merged.largestError = Math.max(a.largestError, b.largestError);
  return merged;
}
