import type { Slice } from '../metrics/performance/slice.ts';
import { explains, offBy } from './explains.ts';
import { whyBinary } from './why-binary.ts';
import { whyClasses } from './why-classes.ts';

export interface Worse {
  metric: string;
  parameters?: Record<string, string | number>;
  now: Slice;
  before: Slice;
  /** Of several classes. */
  classes: readonly string[];
}

/** What made a metric worse than in the baseline, where one thing accounts for most of it; null where none does. */
export function whyWorse(worse: Worse): string | null {
  const { metric, now, before } = worse;
  if (now.sums !== null && before.sums !== null) return metric === 'mean_absolute_error' ? whyErrors(now, before) : null;
  return now.matrix !== null && before.matrix !== null ? whyClasses(worse) : whyBinary(worse);
}

/** A bias shows in the mean error, which errors to both sides leave where it was, up to chance. */
function whyErrors(now: Slice, before: Slice): string | null {
  const [is, was] = [meanErrorOf(now), meanErrorOf(before)];
  const grew = Math.abs(is.mean) - Math.abs(was.mean);
  if (!explains(grew, is.absolute - was.absolute) || !(grew > 2 * Math.sqrt(is.variance + was.variance))) return null;
  const said = ({ mean, absolute }: MeanError): string => offBy(Math.abs(mean) < EXACT * absolute ? 0 : mean);
  return `predictions are ${said(is)} on average, were ${said(was)}`;
}

/** A mean of so small a part of the errors is what adding up leaves of none. */
const EXACT = 1e-9;

interface MeanError {
  mean: number;
  variance: number;
  /** Mean absolute error. */
  absolute: number;
}

function meanErrorOf({ sums, scale }: Slice): MeanError {
  const { weight, errorMean, errorSquares, absoluteError } = sums!;
  return { mean: errorMean, variance: errorSquares / weight / (weight * scale), absolute: absoluteError / weight };
}
