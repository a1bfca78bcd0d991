import { labelledScores } from '../../layers/quality/math/intervals/index.ts';
import { accuracy, averagePrecision, f1, precision, recall, rocAuc, specificity } from '../../layers/quality/metrics/accuracy/index.ts';

export interface Rows {
  labels: Float64Array;
  predictions: Float64Array;
  scores: Float64Array;
}

export function confusionOf({ labels, predictions }: Rows): { tp: number; fp: number; fn: number; tn: number } {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  labels.forEach((label, row) => {
    counts[label === 1 ? (predictions[row] === 1 ? 'tp' : 'fn') : predictions[row] === 1 ? 'fp' : 'tn']++;
  });
  return counts;
}

/** What came of rows whose labels are all known. */
export function truthOf(rows: Rows) {
  const counts = confusionOf(rows);
  const { positives, negatives, scores } = labelledScores(rows.labels, rows.scores);
  const scored = { scores, positives, negatives };
  return {
    accuracy: accuracy(counts).value,
    precision: precision(counts).value,
    recall: recall(counts).value,
    specificity: specificity(counts).value,
    f1: f1(counts).value,
    roc_auc: rocAuc(scored).value,
    average_precision: averagePrecision(scored).value,
  };
}
