import { formatNumber } from '../contract/format.ts';
import type { RegressionSums } from '../metrics/accuracy/index.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import { explains } from './explains.ts';
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
  if (now.sums !== null && before.sums !== null) return metric === 'mean_absolute_error' ? whyErrors(now.sums, before.sums) : null;
  return now.matrix !== null && before.matrix !== null ? whyClasses(worse) : whyBinary(worse);
}

/** A bias shows in the mean error, which errors to both sides leave where it was. */
function whyErrors(now: RegressionSums, before: RegressionSums): string | null {
  const rise = now.absoluteError / now.weight - before.absoluteError / before.weight;
  if (!explains(Math.abs(now.errorMean) - Math.abs(before.errorMean), rise)) return null;
  const said = (error: number): string => `${formatNumber(Math.abs(error))} too ${error < 0 ? 'low' : 'high'}`;
  return `predictions are ${said(now.errorMean)} on average, were ${said(before.errorMean)}`;
}
