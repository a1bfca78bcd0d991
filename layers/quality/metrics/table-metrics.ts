import { type BottomK, estimateDistinct } from '../states/bottom-k.ts';
import { share } from './data_quality/index.ts';
import type { Table, TableMetric } from './metric.ts';
import { noValue, type Outcome } from './outcome.ts';

/** Rows beyond the first of each group of equal rows: exact while the distinct rows fit the sketch, else estimated. */
function duplicateRows({ profile }: Table): Outcome {
  if (profile === null) return noValue('no rows');
  const { distinct, exact, error } = estimateDistinct(profile.table.distinct as BottomK);
  return exact ? { value: profile.rows - distinct } : { value: Math.max(0, Math.round(profile.rows - distinct)), error: 2 * error };
}

/** Every metric of a table as a whole. */
export const TABLE_METRICS: readonly TableMetric[] = [
  { name: 'row_count', factor: 'data_quality', compute: ({ dataset }) => ({ value: dataset.rows }) },
  { name: 'column_count', factor: 'data_quality', compute: ({ dataset }) => ({ value: dataset.columns.length }) },
  { name: 'rejected_share', factor: 'data_quality', compute: ({ dataset }) => share(dataset.rejected, dataset.rows + dataset.rejected) },
  { name: 'duplicate_row_count', factor: 'data_quality', compute: duplicateRows },
];

/** Their names, and that of the age of the data, which is measured where somebody asks how old it may be. */
export const TABLE_METRIC_NAMES: readonly string[] = [...TABLE_METRICS.map(({ name }) => name), 'freshness_seconds'];
