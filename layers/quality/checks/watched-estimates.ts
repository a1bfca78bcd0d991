/** Estimates whose fall (of an error, whose rise) is a finding. */
export const WATCHED_ESTIMATES = {
  binary: ['accuracy', 'precision', 'recall', 'roc_auc'],
  multiclass: ['accuracy'],
  regression: ['mean_absolute_error'],
} as const;
