import type { Column } from '../contract/columns.ts';
import type { Threshold } from '../contract/report.ts';
import type { Factor } from '../contract/verdict.ts';
import type { ColumnCounts } from '../profile/column-counts.ts';

/** What a check of a column is given: what arrived, the baseline, and its chunks. */
export interface ColumnEvidence {
  column: Column;
  current: ColumnCounts;
  baseline: ColumnCounts;
  chunks: ColumnCounts[];
  /** Rows of the current data outside the baseline's range; null where the column has none. */
  outside: number | null;
  /** Rows of the baseline there: none, unless its cuts are older than it. */
  outsideBefore?: number;
}

/** What a check found before its threshold and the other checks are looked at. */
export interface Measurement {
  value: number;
  /** The value if nothing had changed, at these rows. */
  expected: number;
  /** The value to be expected of rows of this size, where it grows with it: what the effect is beyond. */
  ofSize?: number;
  /** The value to be expected of as many rows, where few have a larger one: what the effect is beyond. */
  ofRows?: number;
  /** What of the value exceeds chance, in the direction that harms. */
  effect: number;
  pValue: number | null;
  /** A change no threshold excuses, if it is significant. */
  severe?: boolean;
}

/** A check is data: a metric, a threshold, and how much of the metric's value chance explains. */
export interface ColumnCheck {
  id: string;
  factor: Factor;
  metric: string;
  warn: number | null;
  fail: number | null;
  direction: Threshold['direction'];
  /** What the thresholds bound: what exceeds chance (the default), or the value itself. */
  bounds?: 'effect' | 'value';
  /** A threshold suggested from the baseline, in place of `warn` and `fail`. */
  suggest?(evidence: ColumnEvidence): number;
  applies(evidence: ColumnEvidence): boolean;
  /** Why it says nothing of a column it applies to; null where it does. */
  unfit?(evidence: ColumnEvidence): string | null;
  measure(evidence: ColumnEvidence): Measurement | null;
}

export const defineCheck = (check: ColumnCheck): ColumnCheck => check;
