import type { SegmentEstimate } from '../metrics/estimates/index.ts';
import type { Outcome } from '../metrics/outcome.ts';
import type { Slice } from '../metrics/performance/index.ts';
import type { Group } from './outcome-side.ts';

/** A segment that both sides have. */
export interface SegmentSides {
  name: string;
  /** Columns and values of the segment. */
  names: string[];
  values: Group['values'];
  now: Slice;
  before: Slice;
}

/** Estimates of a segment's rows, and what they came to. */
export interface SegmentEstimates {
  rows: number;
  /** Labelled rows of the baseline they are corrected by. */
  learned: number;
  byMetric: Record<string, SegmentEstimate>;
  /** Where labels are known: what these rows came to. */
  truth: Record<string, Outcome> | null;
}

export type EstimatedSegment = SegmentSides & SegmentEstimates;
