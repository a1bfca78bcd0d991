import { formatAge, formatNumber, formatShare } from '../contract/format.ts';
import { offBy } from './explains.ts';
import type { Judged } from './verdict.ts';

/** What each check says of itself in a line, whatever its verdict. */
const WORDS: Record<string, (value: number, expected: number) => string> = {
  drift: (value, expected) => `Jensen–Shannon distance ${formatNumber(value)}; chance explains ${formatNumber(expected)}`,
  type: (value, expected) => `${formatShare(value)} of the values fit the type, ${formatShare(expected)} in the baseline`,
  completeness: (value, expected) => `${formatShare(value)} complete, ${formatShare(expected)} in the baseline`,
  missing_rate: (value, expected) => `${formatShare(value)} missing, ${formatShare(expected)} in the baseline`,
  range: (value) => `${formatShare(value)} of the values outside the baseline's range`,
  categories: (value, expected) =>
    `${formatShare(value)} of the values not among the baseline's categories, ${formatShare(expected)} in the baseline`,
  blank: (value, expected) => `${formatShare(value)} blank, ${formatShare(expected)} in the baseline`,
  infinite: (value, expected) => `${formatShare(value)} infinite, ${formatShare(expected)} in the baseline`,
  uniqueness: (value, expected) => `${formatShare(value)} of the values repeat another, ${formatShare(expected)} in the baseline`,
  duplicate_rows: (value, expected) => `${formatShare(value)} of the rows repeat another, ${formatShare(expected)} in the baseline`,
  constant: (value, expected) =>
    `${formatNumber(Math.round(value))} different values, ${formatNumber(Math.round(expected))} in the baseline`,
  fairness_gap: (value, expected) => `${formatPoints(value)} from the others, ${formatPoints(expected)} in the baseline`,
  label_coverage: (value, expected) => `${formatShare(value)} of the rows have a label, ${formatShare(expected)} elsewhere`,
  freshness: (value) => `the newest row is ${formatAge(value)} old`,
  row_count: (value) => `${formatNumber(value)} rows`,
  rejected: (value) => `${formatShare(value)} of the lines could not be read`,
};

/** Metrics by the words people know them by; shares are written in per cent. */
const SPOKEN: Record<string, string> = { roc_auc: 'ROC AUC', brier_score: 'Brier score', f1: 'F1' };
const RATES = ['accuracy', 'precision', 'recall', 'specificity'];

const spoken = (metric: string): string => SPOKEN[metric] ?? metric.replaceAll('_', ' ');
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;
function formatPoints(share: number): string {
  const points = signed(100 * share);
  return `${points} ${points.slice(1) === '1' ? 'point' : 'points'}`;
}

/** "recall of class a 61 %, 83 % in the baseline". */
function ofPerformance({ metric, measurement, parameters }: Judged): string {
  const { value, expected, ofSize, ofRows } = measurement!;
  if (metric === 'observed_over_expected')
    return `${formatNumber(value)} times as many ${parameters?.class === undefined ? 'positive labels' : `labels of class ${parameters.class}`} came as the scores promise, ${formatNumber(expected)} in the baseline`;
  if (metric === 'mean_error') return `predictions are ${offBy(value)} on average, ${offBy(expected)} in the baseline`;
  const of = parameters?.class === undefined ? '' : ` of class ${parameters.class}`;
  const then = `${written(metric, expected)} in the baseline`;
  const beside = (other: number | undefined, what: string): string =>
    other === undefined || written(metric, other) === written(metric, expected) ? '' : `, ${written(metric, other)} ${what}`;
  const like = beside(ofSize, 'for labels as large as these') + beside(ofRows, 'in as many rows of it');
  return `${spoken(metric)}${of} ${written(metric, value)}, ${then}${like}`;
}

/** What estimates tell; that something has changed where the verdict says so. */
function ofEstimate({ metric, measurement, verdict, threshold, parameters }: Judged): string {
  const name = metric.slice('estimated_'.length);
  const { value, expected } = measurement!;
  const moved = threshold?.direction === 'above' ? 'risen' : 'fallen';
  const change = verdict === 'warn' || verdict === 'fail' ? ` has probably ${moved}:` : '';
  const by = name.endsWith('_error') ? 'features alone' : parameters === undefined ? 'scores alone' : 'scores and inputs';
  return `${spoken(name)}${change} ${written(name, value)} by the ${by}, ${written(name, expected)} in the baseline`;
}

const written = (metric: string, value: number): string => (RATES.includes(metric) ? formatShare(value) : formatNumber(value));

const ofFourFifths = ({ measurement, threshold, known, verdict }: Judged): string => {
  const least =
    threshold?.source === 'configured'
      ? `at least ${formatNumber(threshold.fail ?? threshold.warn ?? 0)} is wanted`
      : 'four fifths would be 0.8';
  const before = known === undefined ? '' : `, ${formatNumber(known.value)} in the baseline${verdict === 'warn' ? ' already' : ''}`;
  return `chosen ${formatNumber(measurement!.value)} times as often as the most favoured group${before}; ${least}`;
};

export function messageOf(check: Judged): string {
  const where = check.column === null ? placeOf(check) : `${check.column}: `;
  if (check.settled !== undefined) return `${check.column === null ? '' : where}${check.settled.reason}`;
  if (check.measurement === null) return `${where}not measured`;
  const { value, expected } = check.measurement;
  if (check.id.startsWith('performance/')) return `${where}${ofPerformance(check)}`;
  if (check.id.startsWith('estimated_performance/')) return `${where}${ofEstimate(check)}`;
  if (check.id.startsWith('four_fifths/')) return `${where}${ofFourFifths(check)}`;
  if (check.id.startsWith('label_coverage/') && check.parameters?.prediction !== undefined)
    return `${formatShare(value)} of the rows predicted ${check.parameters.prediction} have a label, ${formatShare(expected)} had they come as in the baseline`;
  if (check.metric === 'observed_over_expected_difference')
    return `${where}observed over expected ${signed(value)} from the others, ${signed(expected)} in the baseline`;
  if (check.id.startsWith('fairness_gap/'))
    return `${where}${spoken(check.metric.replace(/_difference$/, ''))} ${WORDS.fairness_gap!(value, expected)}`;
  const words = check.metric === 'jensen_shannon_distance' || !check.id.startsWith('drift') ? WORDS[check.id.split('/')[0]!] : undefined;
  return `${where}${words === undefined ? `${check.metric} ${formatNumber(value)}` : words(value, expected)}`;
}

/** The rows a check of the table is about, where not all. */
const placeOf = ({ facet, segment }: Judged): string =>
  [facet, segment]
    .filter((place) => place != null)
    .map((place) => `${place}: `)
    .join('');
