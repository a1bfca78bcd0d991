import type { Column } from '../contract/columns.ts';
import type { Factor } from '../contract/verdict.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { ColumnSide } from '../profile/column-side.ts';
import type { Profile } from '../profile/profile.ts';
import type { Outcome } from './outcome.ts';

/** One metric's answer; a metric with parameters (a quantile) gives several. */
export interface MetricOutcome extends Outcome {
  parameters?: Record<string, number | string>;
}

/** A metric of a column: a pure function of its current states, or of both sides. */
export interface ColumnMetric {
  name: string;
  factor: Factor;
  /** Whether there is anything to measure; a metric that applies and has no value says why. */
  applies(side: ColumnSide, column: Column): boolean;
  compute(current: ColumnSide, baseline: ColumnSide | null): MetricOutcome | MetricOutcome[];
}

export interface Table {
  dataset: Dataset;
  profile: Profile | null;
}

/** A metric of the table as a whole. */
export interface TableMetric {
  name: string;
  factor: Factor;
  compute(table: Table): Outcome;
}

/** Stability compares: without a baseline it has nothing to say. */
export const compared = (
  name: string,
  applies: ColumnMetric['applies'],
  compute: (current: ColumnSide, baseline: ColumnSide) => MetricOutcome,
): ColumnMetric => ({
  name,
  factor: 'stability',
  applies,
  compute: (current, baseline) => (baseline === null ? [] : compute(current, baseline)),
});
