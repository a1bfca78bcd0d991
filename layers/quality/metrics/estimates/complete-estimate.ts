import type { Outcome } from '../outcome.ts';
import { type Band, outside } from './alarm-band.ts';
import type { PerformanceEstimate } from './estimator.ts';

/** Sampling errors to either side of an estimate. */
const WIDTH = 3;

/**
 * By what the bounds of n rows' estimate are wider than its sampling error, as what the scores mean is known from m rows, calibrated on them or found right by
 * them: √(1 + n/m), the variance of both means. NannyML 0.13 takes it for sure. 1 where m is not known, as in an older baseline.
 */
export const calibrationFactor = (rows: number, learned: number | undefined): number =>
  learned !== undefined && learned > 0 ? Math.sqrt(1 + rows / learned) : 1;

const around = (value: number, half: number, most: number): Band => ({
  lower: Math.max(0, value - half),
  upper: Math.min(most, value + half),
});

/**
 * An estimate with all that is printed beside it: its sampling error, value ± 3 errors (times `widened`) held within 0 and `most`, the band of the baseline, and
 * whether the value lies outside. What cannot be told is null; an error of 0, where all of the baseline's rows were alike, tells of no bounds. NannyML 0.13.
 */
export function completeEstimate(
  outcome: Outcome,
  error: number | null,
  band: Band | null,
  most: number,
  widened = 1,
): PerformanceEstimate {
  const { value } = outcome;
  const samplingError = value === null || error === null || !Number.isFinite(error) ? null : error;
  const confidence =
    value === null || samplingError === null || samplingError === 0 ? null : around(value, WIDTH * widened * samplingError, most);
  return { ...outcome, samplingError, confidence, band, alarm: value === null || band === null ? null : outside(value, band) };
}
