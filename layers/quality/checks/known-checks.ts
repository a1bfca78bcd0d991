import { UsageError } from '../contract/errors.ts';
import type { Monitor } from '../contract/monitor.ts';
import { nearest } from '../contract/nearest.ts';
import { performanceMetrics } from '../metrics/performance/index.ts';
import { COLUMN_METRICS } from '../metrics/registry.ts';
import { WATCHED_RATES } from './fairness.ts';
import { COLUMN_CHECKS } from './index.ts';
import { splitId } from './thresholds.ts';
import { WATCHED_ESTIMATES } from './watched-estimates.ts';

const OTHERS = [
  'missing_column',
  'extra_column',
  'uniqueness',
  'constant',
  'duplicate_rows',
  'repeated_object',
  'row_count',
  'rejected',
  'freshness',
];
/** Checks of outcomes: what follows the slash is a metric, a group or a segment, no column. */
const OF_OUTCOMES = ['performance', 'estimated_performance', 'label_coverage', 'four_fifths', 'fairness_gap'];

const watched = (['binary', 'multiclass', 'regression'] as const).flatMap((problem) =>
  performanceMetrics({ problem, classes: ['a', 'b'] }).filter(({ better }) => better !== null),
);
/** Those that are measured within segments. */
const WITHIN = [...new Set(watched.flatMap(({ id, segments }) => (segments ? id : [])))];

/** What follows the slash first, where it is a metric. */
const MEASURED: Record<string, readonly string[]> = {
  performance: [...new Set(watched.map(({ id }) => id))],
  estimated_performance: [...new Set(Object.values(WATCHED_ESTIMATES).flat())],
  fairness_gap: [...WATCHED_RATES, 'observed_over_expected'],
};

/** Every check a configuration may name, before the slash and the column. */
export const CHECK_NAMES: readonly string[] = [...COLUMN_CHECKS.map(({ id }) => id), ...OTHERS, ...OF_OUTCOMES];

/** Every metric of a column that is one number, which a check of columns may be by. */
const METRIC_NAMES = COLUMN_METRICS.map(({ name }) => name).filter((name) => name !== 'quantile');

/** A setting for a check that does not exist, of a column that does not, or by a metric it cannot be of, would be ignored in silence. */
export function requireChecks(checks: NonNullable<Monitor['checks']>, where: string, columns?: string[]): void {
  for (const [id, setting] of Object.entries(checks)) {
    const [check, column] = splitId(id);
    if (!CHECK_NAMES.includes(check)) throw new UsageError(`${where}: no check "${check}"${suggestion(check, CHECK_NAMES)}`);
    const measured = column === undefined ? undefined : MEASURED[check];
    const metric = column?.split(/[/@[]/)[0] ?? '*';
    if (measured !== undefined && metric !== '*' && !measured.includes(metric))
      throw new UsageError(`${where}: ${id}: no metric "${metric}"${suggestion(metric, measured)}`);
    if (check === 'performance' && column?.includes('@') && metric !== '*' && !WITHIN.includes(metric))
      throw new UsageError(`${where}: ${id}: no metric "${metric}" within segments; there are ${WITHIN.join(', ')}`);
    if (columns !== undefined && column !== undefined && !OF_OUTCOMES.includes(check) && column !== '*' && !columns.includes(column))
      throw new UsageError(`${where}: ${id}: no column "${column}"${suggestion(column, columns)}`);
    if (typeof setting === 'object' && setting.metric !== undefined) requireMetric(check, setting.metric, `${where}: ${id}`);
  }
}

function requireMetric(check: string, metric: string, where: string): void {
  if (!COLUMN_CHECKS.some(({ id }) => id === check)) throw new UsageError(`${where}: a metric can be chosen for checks of columns alone`);
  if (!METRIC_NAMES.includes(metric)) throw new UsageError(`${where}: no metric "${metric}"${suggestion(metric, METRIC_NAMES)}`);
}

function suggestion(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  return near === null ? `; there are ${candidates.join(', ')}` : `; did you mean "${near}"?`;
}
