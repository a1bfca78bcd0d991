import type { Outcome } from '../outcome.ts';
import { type Band, outside } from './alarm-band.ts';
import type { PerformanceEstimate } from './estimator.ts';

/** Sampling errors to either side of an estimate. */
const WIDTH = 3;

/**
 * An estimate with all that is printed beside it: its sampling error, value ± 3 errors held within 0 and `most`, the band of the baseline, and
 * whether the value lies outside. What cannot be told is null; an error of 0, where all of the baseline's rows were alike, tells of no bounds. NannyML 0.13.
 */
export function completeEstimate(outcome: Outcome, error: number | null, band: Band | null, most: number): PerformanceEstimate {
  const { value } = outcome;
  const samplingError = value === null || error === null || !Number.isFinite(error) ? null : error;
  const confidence =
    value === null || samplingError === null || samplingError === 0
      ? null
      : { lower: Math.max(0, value - WIDTH * samplingError), upper: Math.min(most, value + WIDTH * samplingError) };
  return { ...outcome, samplingError, confidence, band, alarm: value === null || band === null ? null : outside(value, band) };
}
