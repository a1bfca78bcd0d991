import { noValue, type Outcome } from '../outcome.ts';
import { calibrationFactor, completeEstimate } from './complete-estimate.ts';
import type { PerformanceEstimate } from './estimator.ts';

/** Of a segment: its rows now, all of them in the baseline, and those with a label there, as they were expected and as they came. */
export interface BesideBaseline<T> {
  now: T;
  before: T;
  expected: T;
  realised: T;
}

/** An estimate, and the same of all of the segment's rows in the baseline. */
export interface SegmentEstimate extends PerformanceEstimate {
  before: number | null;
}

export interface Certainty<Id extends string> {
  /** Of one row's part in each metric; null where the baseline cannot tell. */
  deviations: Record<Id, number | null>;
  /** Rows of now, and labelled rows of the baseline's segment. */
  rows: number;
  learned: number;
  /** The largest value there may be. */
  most: number;
}

/**
 * Estimates of a segment by what was learned of all rows, plus what that was off by in this segment of the baseline (realised less expected of its labelled rows), for
 * what a score or an input means in a segment is not what it means in all. Range [0, most]. Sampling error: deviation/√rows; interval ± 3 of these, wider by √(1 + n/m) for the
 * m labelled rows of the baseline. Null where one of the parts is.
 */
export function correctEstimates<Id extends string>(
  ids: readonly Id[],
  { now, before, expected, realised }: BesideBaseline<Record<Id, Outcome>>,
  { deviations, rows, learned, most }: Certainty<Id>,
): Record<Id, SegmentEstimate> {
  const estimate = (id: Id): SegmentEstimate => {
    const offBy = difference(realised[id], expected[id]);
    const corrected = ({ value, ...rest }: Outcome): Outcome =>
      value === null ? { value, ...rest } : offBy.value === null ? offBy : { value: Math.min(most, Math.max(0, value + offBy.value)) };
    const deviation = deviations[id];
    const error = deviation === null ? null : deviation / Math.sqrt(rows);
    return {
      ...completeEstimate(corrected(now[id]), error, null, most, calibrationFactor(rows, learned)),
      before: corrected(before[id]).value,
    };
  };
  return Object.fromEntries(ids.map((id) => [id, estimate(id)])) as Record<Id, SegmentEstimate>;
}

function difference(came: Outcome, promised: Outcome): Outcome {
  if (came.value === null || promised.value === null) return noValue(`${came.reason ?? promised.reason} in the baseline`);
  return { value: came.value - promised.value };
}
