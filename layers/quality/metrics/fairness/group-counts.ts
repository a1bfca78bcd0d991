/**
 * What the fairness metrics know of a group: sums of weights (counts, where rows have none) by label and prediction, each positive, negative or
 * absent. States of parts of the rows add up to the state of the whole, in any order.
 */
export interface GroupCounts {
  /** Rows, whatever their weights. */
  rows: number;
  /** Σ w² of these. */
  squares: number;
  /** Rows with a label and a prediction. */
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  /** Rows with a label alone. */
  positiveLabel: number;
  negativeLabel: number;
  /** Rows with a prediction alone. */
  positivePrediction: number;
  negativePrediction: number;
  /** Rows with neither. */
  neither: number;
}

/** Weights by one outcome, the label or the prediction. */
export interface Outcomes {
  positive: number;
  negative: number;
}

type Known = boolean | null;
type Weight = Exclude<keyof GroupCounts, 'rows' | 'squares'>;

export const emptyCounts = (): GroupCounts => ({
  rows: 0,
  squares: 0,
  tp: 0,
  fp: 0,
  fn: 0,
  tn: 0,
  positiveLabel: 0,
  negativeLabel: 0,
  positivePrediction: 0,
  negativePrediction: 0,
  neither: 0,
});

/** The state a confusion matrix alone gives. */
export const fromConfusion = (tp: number, fp: number, fn: number, tn: number): GroupCounts => ({
  ...emptyCounts(),
  ...{ rows: tp + fp + fn + tn, squares: tp + fp + fn + tn, tp, fp, fn, tn },
});

function cellOf(label: Known, prediction: Known): Weight {
  if (label === null) return prediction === null ? 'neither' : prediction ? 'positivePrediction' : 'negativePrediction';
  if (prediction === null) return label ? 'positiveLabel' : 'negativeLabel';
  return label ? (prediction ? 'tp' : 'fn') : prediction ? 'fp' : 'tn';
}

/** Counts one row, or `rows` rows of `weight` in all. */
export function countRow(counts: GroupCounts, label: Known, prediction: Known, weight = 1, rows = 1): void {
  counts.rows += rows;
  if (rows > 0) counts.squares += (weight * weight) / rows;
  counts[cellOf(label, prediction)] += weight;
}

export function addCounts(target: GroupCounts, part: GroupCounts): GroupCounts {
  for (const key of Object.keys(target) as (keyof GroupCounts)[]) target[key] += part[key];
  return target;
}

export const sumCounts = (parts: Iterable<GroupCounts>): GroupCounts => {
  const sum = emptyCounts();
  for (const part of parts) addCounts(sum, part);
  return sum;
};

/** The rows that are not of the part; never below none, for sums of weights round. */
export function restOf(whole: GroupCounts, part: GroupCounts): GroupCounts {
  const rest = { ...whole };
  for (const key of Object.keys(rest) as (keyof GroupCounts)[]) rest[key] = Math.max(0, rest[key] - part[key]);
  return rest;
}

/** Weights by label, of all rows with one. */
export const labelsOf = (counts: GroupCounts): Outcomes => ({
  positive: counts.tp + counts.fn + counts.positiveLabel,
  negative: counts.fp + counts.tn + counts.negativeLabel,
});

/** Weights by prediction, of all rows with one. */
export const predictionsOf = (counts: GroupCounts): Outcomes => ({
  positive: counts.tp + counts.fp + counts.positivePrediction,
  negative: counts.fn + counts.tn + counts.negativePrediction,
});

/** Weight of the rows with a label and a prediction. */
export const judgedWeight = ({ tp, fp, fn, tn }: GroupCounts): number => tp + fp + fn + tn;

/** Weight of all rows. */
export const weightOf = (counts: GroupCounts): number => {
  const { positive, negative } = labelsOf(counts);
  return positive + negative + counts.positivePrediction + counts.negativePrediction + counts.neither;
};

/** Rows of weight 1 that tell as much as these, over their weight: Σ w / Σ w². 1 without weights. Kish (1965). */
export const scaleOf = (counts: GroupCounts): number => (counts.squares > 0 ? weightOf(counts) / counts.squares : 1);

/** As many counts as rows of weight 1 that tell as much would be. */
export function scaledCounts(counts: GroupCounts): GroupCounts {
  const scale = scaleOf(counts);
  if (scale === 1) return counts;
  const scaled = timesCounts(counts, scale);
  return { ...scaled, squares: weightOf(scaled) };
}

/** The same rows with all weights so many times as large. */
export function timesCounts(counts: GroupCounts, factor: number): GroupCounts {
  if (factor === 1) return counts;
  const times = { ...counts };
  for (const key of Object.keys(times) as (keyof GroupCounts)[]) if (key !== 'rows') times[key] *= key === 'squares' ? factor ** 2 : factor;
  return times;
}
