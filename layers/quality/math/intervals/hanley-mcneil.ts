/**
 * Hanley and McNeil's standard error of ROC AUC A from the class sizes alone:
 * √((A(1−A) + (m−1)(Q₁−A²) + (n−1)(Q₂−A²)) / mn), Q₁ = A/(2−A), Q₂ = 2A²/(1+A), exact for exponential scores. Range [0, 0.5]; 0 at A = 0
 * and 1; null without one of the classes. Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747.
 */
export function hanleyMcNeil(auc: number, positives: number, negatives: number): number | null {
  if (!(positives > 0 && negatives > 0)) return null;
  const square = auc * auc;
  const q1 = auc / (2 - auc) - square;
  const q2 = (2 * square) / (1 + auc) - square;
  return Math.sqrt(Math.max(0, auc * (1 - auc) + (positives - 1) * q1 + (negatives - 1) * q2) / (positives * negatives));
}
