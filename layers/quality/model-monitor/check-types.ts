/** What Model Monitor's data-quality job can find. */
export const CHECK_TYPES = [
  'data_type_check',
  'completeness_check',
  'baseline_drift_check',
  'missing_column_check',
  'extra_column_check',
  'categorical_values_check',
] as const;
export type CheckType = (typeof CHECK_TYPES)[number];

const EQUIVALENT: Record<string, CheckType> = {
  type: 'data_type_check',
  completeness: 'completeness_check',
  missing_rate: 'completeness_check',
  drift: 'baseline_drift_check',
  missing_column: 'missing_column_check',
  extra_column: 'extra_column_check',
  categories: 'categorical_values_check',
};

/** The check and the column of an id; a column's name may hold slashes. */
export function splitCheck(id: string): { check: string; column: string | null } {
  const at = id.indexOf('/');
  return at < 0 ? { check: id, column: null } : { check: id.slice(0, at), column: id.slice(at + 1) };
}

/** The check type of Model Monitor that asks the same; null where it has none. */
export const checkTypeOf = (check: string): CheckType | null => (Object.hasOwn(EQUIVALENT, check) ? EQUIVALENT[check]! : null);

/** Metrics of model quality by the names of its constraints and of its violations, and the check of Assay that asks the same. */
const MODEL_QUALITY: Record<string, string> = {
  recall: 'recall',
  true_positive_rate: 'recall',
  false_negative_rate: 'recall',
  precision: 'precision',
  accuracy: 'accuracy',
  true_negative_rate: 'specificity',
  false_positive_rate: 'specificity',
  weighted_recall: 'accuracy',
  auc: 'roc_auc',
  f0_5: 'f0_5',
  f1: 'f1',
  f2: 'f2',
  mae: 'mean_absolute_error',
  mse: 'mean_squared_error',
  rmse: 'root_mean_squared_error',
  r2: 'r2',
};

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The metric of `performance/<metric>` that Model Monitor's metric is; null where Assay has no check of it. */
export function performanceMetricOf(name: string): string | null {
  const known = snake(name);
  return Object.hasOwn(MODEL_QUALITY, known) ? MODEL_QUALITY[known]! : null;
}

/** Metrics of bias, and the rate whose gap `fairness_gap/<rate>/<facet>` asks about. */
const BIAS: Record<string, string> = {
  DPPL: 'selection_rate',
  DI: 'selection_rate',
  RD: 'true_positive_rate',
  SD: 'false_positive_rate',
};

/** The check of a group's gap that a metric of bias is of; null where Assay has none. A facet by interval is not told by what it is called there. */
export const fairnessCheckOf = (metric: string, facet: string, value: string): string | null =>
  Object.hasOwn(BIAS, metric) ? `fairness_gap/${BIAS[metric]!}/${facet}=${value}` : null;

/** Checks of one column, which `evaluate_constraints` of a feature switches. */
export const CHECKS_OF_A_COLUMN = [
  ...['type', 'completeness', 'missing_rate', 'range', 'categories', 'blank', 'infinite', 'drift', 'constant', 'uniqueness'],
  ...['missing_column', 'extra_column'],
];
