/**
 * Variance of ROC AUC A from the class sizes m and n alone: Hanley and McNeil's with both sizes replaced by their mean in the numerator, so that it
 * does not matter which class scatters more: A(1−A)(1 + N(1−A)/(2−A) + N A/(1+A))/(mn), N = (m + n)/2 − 1. 0 at A = 0 and 1.
 * Newcombe (2006), Statist. Med. 25, 559–573, doi:10.1002/sim.2324, method 5.
 */
export function newcombeAucVariance(auc: number, positives: number, negatives: number): number {
  const mean = Math.max(0, (positives + negatives) / 2 - 1);
  return (auc * (1 - auc) * (1 + (mean * (1 - auc)) / (2 - auc) + (mean * auc) / (1 + auc))) / (positives * negatives);
}
