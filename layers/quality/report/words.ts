import type { Cause, Threshold } from '../contract/report.ts';
import type { Factor, Verdict } from '../contract/verdict.ts';

/** A verdict is always a shape and a word, never a colour alone. */
export const VERDICT_WORDS: Record<Verdict, { icon: string; word: string }> = {
  not_applicable: { icon: '–', word: 'Not judged' },
  pass: { icon: '✓', word: 'Pass' },
  warn: { icon: '!', word: 'Warn' },
  fail: { icon: '✕', word: 'Fail' },
  error: { icon: '?', word: 'Error' },
};

/** `absent`: why a factor is not judged where neither a check nor a metric says so. */
export const FACTOR_WORDS: Record<Factor, { name: string; absent: string }> = {
  data_quality: { name: 'Data quality', absent: 'nothing to check' },
  stability: { name: 'Stability', absent: 'no baseline: give one with --baseline' },
  accuracy: { name: 'Accuracy', absent: 'needs labels: name their column with --label, or give them with --labels' },
  fairness: { name: 'Fairness', absent: 'needs facets: name the columns with --facet' },
  transparency: { name: 'Transparency', absent: 'no explanations captured' },
  soundness: { name: 'Soundness', absent: 'the model was not probed' },
  reliability: { name: 'Reliability', absent: 'the endpoint was not probed' },
  security: { name: 'Security', absent: 'the endpoint was not probed' },
  privacy: { name: 'Privacy', absent: 'not measured' },
};

export const CAUSE_WORDS: Record<Cause, string | null> = {
  missing_column: 'The column is no longer delivered, or goes by another name.',
  extra_column: 'A column was added at the source, or renamed.',
  type_change: 'The source writes this column in another format.',
  null_surge: 'A source or a join stopped filling this column.',
  unit_change: 'Values are off by a constant factor: a change of unit or of scale at the source.',
  category_renamed: 'A category was given a new spelling; a model that knows the old one sees an unknown value.',
  category_new: 'Values the model has never seen: a new product, region or code.',
  out_of_range: 'Values beyond anything in the baseline: bad input, or a new population.',
  sentinel: 'A placeholder (such as 0 or −999) stands in for missing values.',
  constant: 'The column no longer varies: a default value, or a broken source.',
  duplicates: 'The same rows were delivered more than once.',
  blanks: 'Empty text instead of values.',
  infinite: 'A division by zero or an overflow upstream.',
  shift: 'The population or its behaviour changed.',
  performance_drop:
    'What the inputs lead to changed, the inputs changed, or something that feeds the model broke: look at the findings about columns first.',
  estimated_drop:
    'Scores that are less sure, decisions at another threshold, or inputs of which the model is wrong more often. Labels will tell; until then look at what drifted.',
  disparity: 'The model, or the world it learned from, treats this group differently: look at where the gap comes from.',
  missing_labels: 'Outcomes of some rows are known later, or never: what is measured on the labelled rows need not hold for the others.',
  unknown: null,
};

export const SOURCE_WORDS: Record<Threshold['source'], string> = {
  default: "Assay's default",
  suggested: 'suggested from the baseline',
  configured: 'configured',
};

/** How a metric's values are written: a share in %, a whole count, or a number. */
export type Unit = 'share' | 'points' | 'count' | 'seconds' | 'number' | 'ratio';

const SHORT: Record<string, string> = {
  jensen_shannon_distance: 'Jensen–Shannon',
  population_stability_index: 'PSI',
  kolmogorov_smirnov_statistic: 'Kolmogorov–Smirnov',
  wasserstein_distance: 'Wasserstein',
  hellinger_distance: 'Hellinger',
  total_variation_distance: 'total variation',
  l_infinity_distance: 'L-infinity',
  l_infinity_robust: 'L-infinity, robust',
  kullback_leibler_divergence: 'Kullback–Leibler',
  chi_square_statistic: 'chi-square',
  unseen_category_share: 'unseen',
  out_of_range_share: 'out of range',
  roc_auc: 'ROC AUC',
  brier_score: 'Brier score',
  observed_over_expected: 'observed ÷ expected',
  f0_5: 'F0.5',
  f1: 'F1',
  f2: 'F2',
  r2: 'R²',
  matthews_correlation: 'Matthews correlation',
  cohen_kappa: 'Cohen’s kappa',
  selection_rate_difference: 'selection rate gap',
  true_positive_rate_difference: 'true positive rate gap',
  false_positive_rate_difference: 'false positive rate gap',
  observed_over_expected_difference: 'observed over expected gap',
  freshness_seconds: 'age of the data',
};

const SHARES = new Set([
  'completeness',
  'uniqueness',
  'type_conformance',
  'missing_rate',
  'accuracy',
  'balanced_accuracy',
  'precision',
  'recall',
  'specificity',
]);

const ESTIMATED = /^estimated_(.*?)(_error)?$/;

export function metricLabel(metric: string): string {
  const [, of, error] = ESTIMATED.exec(metric) ?? [];
  if (of === undefined) return SHORT[metric] ?? metric.replaceAll('_', ' ');
  return error === undefined ? `estimated ${metricLabel(of)}` : `estimated less measured ${metricLabel(of)}`;
}

export function metricUnit(metric: string): Unit {
  const [, of, error] = ESTIMATED.exec(metric) ?? [];
  if (of !== undefined) return error !== undefined && metricUnit(of) === 'share' ? 'points' : metricUnit(of);
  if (metric.endsWith('_rate_difference')) return 'points';
  if (SHARES.has(metric) || metric.endsWith('_share') || metric.endsWith('_rate')) return 'share';
  if (metric.endsWith('_count')) return 'count';
  if (metric === 'observed_over_expected') return 'ratio';
  return metric.endsWith('_seconds') ? 'seconds' : 'number';
}

/** What the bounds beside a value are: of an estimate before labels they are wider. */
export const boundsLabel = (estimated: boolean): string => (estimated ? '± 3 standard errors' : '95 % interval');
