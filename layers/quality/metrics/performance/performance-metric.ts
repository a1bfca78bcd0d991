import type { Problem } from '../../contract/outcomes.ts';
import type { Outcome } from '../outcome.ts';
import type { Slice } from './slice.ts';

/** A value with the variance that sampling gives it. */
export interface Spread {
  value: number;
  variance: number;
  /** Independent rows behind it, less one: how well its variance is known. */
  freedom: number;
}

/** What a metric grows with though nothing is wrong: the mean of some size of the rows, and the metric less so many times the size. */
export interface Sized {
  /** Null where it was not kept. */
  size(slice: Slice): number | null;
  less(slice: Slice, slope: number): Spread | null;
}

/** A metric of how right a model is. */
export interface PerformanceMetric {
  id: string;
  problem: Problem;
  parameters?: Record<string, string | number>;
  /** `same`: either way from the baseline's is worse; `zero`: the further from 0. */
  better: 'high' | 'low' | 'same' | 'zero' | null;
  /** Whether it is given for every segment too. */
  segments: boolean;
  compute(slice: Slice): Outcome;
  /** A share of the rows of one prediction, which labels that are missing by prediction leave as it is. */
  ofPrediction?: boolean;
  /** Of a share: hits and rows, as rows of equal weight. */
  fraction?(slice: Slice): [hits: number, rows: number];
  /** Of what is no share but has a known sampling variance. */
  spread?(slice: Slice): Spread | null;
  /** Of what has a spread: a size of the rows it may grow with. */
  sized?: Sized;
  /** 95 %; `seed` is of the state, for the intervals that are drawn. */
  interval(slice: Slice, seed: string): [number, number] | null;
  /** Of what is larger the fewer the rows: its mean, and the variance, in so many drawn from those of a slice. */
  drawn?(slice: Slice, rows: number, seed: string): Pick<Spread, 'value' | 'variance'> | null;
  /** Thresholds of the check against the baseline: points, or parts of some unit of the baseline. */
  check?: { warn: number; fail: number; unit?: (before: Slice) => number | null };
}
