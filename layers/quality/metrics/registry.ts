import type { Column } from '../contract/columns.ts';
import { type MetricRow, toJsonNumber } from '../contract/report.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import { presentOnly } from '../profile/column-counts.ts';
import type { ColumnSide } from '../profile/column-side.ts';
import type { Profile } from '../profile/profile.ts';
import type { ColumnMetric, MetricOutcome } from './metric.ts';
import { noValue } from './outcome.ts';
import { QUALITY_METRICS } from './quality-metrics.ts';
import { STABILITY_METRICS } from './stability-metrics.ts';
import { TABLE_METRICS } from './table-metrics.ts';

/** Every metric of a column, in the order reports list them. */
export const COLUMN_METRICS: readonly ColumnMetric[] = [...QUALITY_METRICS, ...STABILITY_METRICS];

export interface Measurable {
  dataset: Dataset;
  profile: Profile | null;
  sides: { column: Column; current: ColumnSide | null; baseline: ColumnSide | null }[];
}

/** All metrics of a table: its own, then each column's. */
export function metricRows({ dataset, profile, sides }: Measurable): MetricRow[] {
  const table = TABLE_METRICS.map(({ name, factor, compute }) =>
    row({ metric: name, factor, column: null, rows: dataset.rows }, compute({ dataset, profile })),
  );
  const columns = sides.flatMap(({ column, current, baseline }) => {
    if (current === null) return [];
    return COLUMN_METRICS.filter((metric) => metric.applies(current, column)).flatMap((metric) => {
      const side = (of: ColumnSide): ColumnSide => (isDistance(metric) && column.role === 'label' ? labelledOnly(of) : of);
      const outcomes = metric.compute(side(current), baseline && side(baseline));
      return (Array.isArray(outcomes) ? outcomes : [outcomes]).map((outcome) =>
        row({ metric: metric.name, factor: metric.factor, column: column.name, rows: current.counts.rows }, outcome),
      );
    });
  });
  return [...table, ...columns];
}

const isDistance = ({ name, factor }: ColumnMetric): boolean => factor === 'stability' && name !== 'missing_rate_difference';

/** Labels that have not come make no distance, as in what `drift` judges. */
const labelledOnly = (side: ColumnSide): ColumnSide => ({ ...side, counts: presentOnly(side.counts) });

const row = (of: Pick<MetricRow, 'metric' | 'factor' | 'column' | 'rows'>, outcome: MetricOutcome): MetricRow => {
  const { value, error, reason } = bounded(outcome) ? outcome : noValue('the values are too large for it');
  return {
    metric: of.metric,
    factor: of.factor,
    column: of.column,
    segment: null,
    facet: null,
    parameters: outcome.parameters ?? {},
    value: value === null ? null : toJsonNumber(value),
    interval: null,
    rows: of.rows,
    error: error ?? null,
    reason: reason ?? null,
  };
};

/** A value beyond a double is none, and an approximation whose error is says nothing. */
const bounded = ({ value, error }: MetricOutcome): boolean =>
  (value === null || Number.isFinite(value)) && (error === undefined || error === null || Number.isFinite(error));
