import { UsageError } from '../contract/errors.ts';
import type { Scalar } from '../metrics/fairness/index.ts';
import type { PandasColumn } from './pandas-column.ts';
import type { AnalysisRequest } from './request.ts';
import { type RowSelection, selectRows } from './select-rows.ts';

const OTHER_KIND = 'Predicted Label Column series datatype is not the same as Label Column series';
/** Without a probability_threshold. */
export const DEFAULT_THRESHOLD = 0.5;

/** Which rows have the positive outcome. */
export function labelOf(column: PandasColumn, positive: readonly Scalar[], at: string): RowSelection {
  const selection = selectRows(column, positive);
  if (selection.kind === 'continuous' && !Number.isFinite(Number(positive[0]))) {
    const { distinct, count } = column.facts;
    throw new UsageError(
      `${at}: Clarify takes "${column.name}" for continuous (${distinct} different values in ${count} rows): expected a number, got "${positive[0]}"`,
    );
  }
  return selection;
}

/** Which were predicted to have it: by the same values, or in the interval that ends at the largest label or prediction. */
export function predictionOf(
  column: PandasColumn,
  label: PandasColumn,
  selection: RowSelection,
  positive: readonly Scalar[],
): NonNullable<AnalysisRequest['prediction']> & { positive: string | null } {
  const largest = Math.max(label.maximum ?? Number.NEGATIVE_INFINITY, column.maximum ?? Number.NEGATIVE_INFINITY);
  const predicted = selectRows(column, positive, largest);
  if (predicted.kind !== selection.kind) return { name: column.name, error: OTHER_KIND, positive: null };
  return { name: column.name, sql: predicted.sql, positive: predicted.sql };
}

/** Whether a column of predictions holds probabilities: fractions from 0 to 1. */
export const isProbability = ({ facts, maximum }: PandasColumn): boolean => facts.type === 'float' && maximum !== null && maximum <= 1;

/** Above the threshold, not at it. */
export const decidedBy = ({ name, number }: PandasColumn, threshold: number): { name: string; sql: string } => ({
  name,
  sql: `CASE WHEN ${number} IS NULL OR isnan(${number}) THEN NULL ELSE ${number} > ${threshold} END`,
});

/** The next double above: a score is above a threshold where it is at least this. */
export function nextAbove(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  view.setBigInt64(0, view.getBigInt64(0) + (value < 0 ? -1n : 1n));
  return view.getFloat64(0);
}
