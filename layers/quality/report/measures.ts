import { type CheckResult, fromJsonNumber, type MetricRow } from '../contract/report.ts';
import { formatCount, formatNumber, formatPoints, formatShare, signed } from './format.ts';
import { metricLabel, metricUnit, type Unit } from './words.ts';

/** A check's numbers in words: what was measured, what chance explains of it, and what it was held against. */
export interface Measure {
  label: string;
  unit: Unit;
  value: number | null;
  /** What the threshold is compared with: the part of the value that chance does not explain, or the value itself. */
  bounds: 'effect' | 'value';
  judged: number | null;
}

/** Checks whose thresholds bound the value itself; those of all others bound what exceeds chance. */
const BOUND_BY_VALUE = new Set(['completeness', 'row_count', 'rejected', 'freshness', 'four_fifths']);
/** Checks judged by the share of rows where their metric is a count. */
const JUDGED_BY_SHARE = new Set(['blank', 'infinite', 'duplicate_rows']);

/** Checks of outcomes: what follows the slash is a metric, a group or a segment, no column. */
const OF_OUTCOMES = new Set(['performance', 'estimated_performance', 'label_coverage', 'four_fifths', 'fairness_gap']);

export const checkName = (id: string): string => id.split('/', 1)[0]!;
export const isOfOutcomes = (id: string): boolean => OF_OUTCOMES.has(checkName(id));

export function measureOf(check: CheckResult, metric: MetricRow | null): Measure {
  const name = checkName(check.id);
  const id = metric?.metric ?? name;
  const asShare = JUDGED_BY_SHARE.has(name) && metricUnit(id) === 'count' && metric !== null && metric.rows > 0;
  const unit = asShare ? 'share' : metricUnit(id);
  const raw = metric?.value == null ? null : fromJsonNumber(metric.value);
  const value = raw !== null && asShare ? raw / metric.rows : raw;
  const byValue = BOUND_BY_VALUE.has(name) || (check.effect === null && !OF_OUTCOMES.has(name));
  const bounds = byValue ? 'value' : 'effect';
  const label = metricLabel(asShare ? id.replace(/_count$/, '') : id);
  return { label, unit, value, bounds, judged: bounds === 'effect' ? check.effect : value };
}

export const inUnit = (value: number, unit: Unit): string => UNITS[unit](value);

const UNITS: Record<Unit, (value: number) => string> = {
  share: formatShare,
  points: (value) => signed(value, formatPoints(value)),
  count: formatCount,
  seconds: (value) => (Math.abs(value) < 7200 ? `${formatNumber(value)} s` : `${formatNumber(value / 3600)} h`),
  number: (value) => formatNumber(value),
  ratio: (value) => formatNumber(value),
};

/** Whether a share is judged by its rise over a baseline that is not zero: then the difference is in points. */
const inPoints = (measure: Measure, check: CheckResult): boolean =>
  measure.bounds === 'effect' && (measure.unit === 'points' || (measure.unit === 'share' && Math.abs(check.expected ?? 0) >= 5e-5));

/** Whether a number is judged by how far it moved: a score of a model. */
const isMove = (measure: Measure, check: CheckResult): boolean =>
  measure.bounds === 'effect' && (measure.unit === 'number' || measure.unit === 'ratio') && checkName(check.id).endsWith('performance');

/** `missing rate +28 points`, `Jensen–Shannon 0.87`. */
export function effectText(check: CheckResult, measure: Measure): string {
  return measure.judged === null ? '' : `${measure.label} ${effectValue(check, measure)}`;
}

export function effectValue(check: CheckResult, measure: Measure): string {
  const { judged } = measure;
  if (judged === null) return '–';
  const points = inPoints(measure, check);
  if (!points && !isMove(measure, check)) return inUnit(judged, measure.unit);
  const write = points ? formatPoints : (value: number) => formatNumber(value);
  const [size, falls] = [Math.abs(judged), fell(check, measure)];
  return falls === judged > 0 ? `\u2212${write(size)}` : signed(size, write(size));
}

/** Whether what is judged counts downwards: the more, the lower the value. */
const fell = ({ threshold, expected }: CheckResult, { unit, value, judged }: Measure): boolean =>
  threshold?.direction === 'below' ||
  ((unit === 'share' || unit === 'ratio') &&
    judged !== null &&
    value !== null &&
    expected !== null &&
    value < expected === judged > 0 &&
    value !== expected);

/** The bound that gave the verdict, or the first that would: `fails above 5 points`. */
export function boundText(check: CheckResult, measure: Measure): string {
  if (check.threshold === null) return '';
  const { warn, fail, direction } = check.threshold;
  const verb = check.verdict === 'warn' || fail === null ? 'warns' : 'fails';
  const bound = verb === 'warns' ? (warn ?? fail) : fail;
  const relation = inPoints(measure, check) || isMove(measure, check) ? 'beyond' : direction;
  return bound === null ? '' : `${verb} ${relation} ${boundValue(bound, check, measure)}`;
}

export const boundValue = (bound: number, check: CheckResult, measure: Measure): string =>
  inPoints(measure, check) ? formatPoints(bound) : inUnit(bound, measure.unit);

/** `92.8 to 93.2 %`: the unit once. */
export const intervalInUnit = ([low, high]: [number, number], unit: Unit): string =>
  unit === 'share' ? `${formatNumber(low * 100)} to ${formatNumber(high * 100)} %` : `${inUnit(low, unit)} to ${inUnit(high, unit)}`;
