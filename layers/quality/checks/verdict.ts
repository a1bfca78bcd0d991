import type { Threshold } from '../contract/report.ts';
import type { Factor, Verdict } from '../contract/verdict.ts';
import type { Measurement } from './check.ts';
import { holm } from './significance.ts';

/** A check on its way to a verdict: measured, but not yet seen together with the others of its report. */
export interface Measured {
  id: string;
  column: string | null;
  metric: string;
  factor: Factor;
  threshold: Threshold | null;
  bounds: 'effect' | 'value';
  measurement: Measurement | null;
  /** Which rows it is about, if not all; and what else tells its metric from others of the name. */
  segment?: string | null;
  facet?: string | null;
  parameters?: Record<string, string | number>;
  /** What of the table it is about: checks of one subject make one finding. */
  subject?: string;
  /** What the baseline showed already: it only warns, unless it is worse than there, by its own p-value. */
  known?: { value: number; worse: number };
  /** What made it worse than in the baseline, in words; null where nothing alone did. */
  why?: () => string | null;
  /** Whether the group has the worse of a gap, or is the one whose scores moved: of two alike it is named first. */
  worseOff?: boolean;
  /** A verdict that needs no statistics, or the reason why there is none. */
  settled?: { verdict: Verdict; reason: string };
}

export interface Judged extends Measured {
  verdict: Verdict;
  adjustedPValue: number | null;
}

/** All checks of a report together: p-values adjusted by Holm's method over all that were tested, then each against its threshold. */
export function judge(measured: Measured[], falseAlarmRate: number): Judged[] {
  const pValues = measured.map(({ measurement, settled }) => (settled === undefined ? (measurement?.pValue ?? null) : null));
  const tested = pValues.filter((pValue) => pValue !== null).length;
  const adjusted = holm(pValues);
  return measured.map((check, i) => {
    const adjustedPValue = adjusted[i] ?? null;
    if (check.settled !== undefined) return { ...check, verdict: check.settled.verdict, adjustedPValue: null };
    if (check.measurement === null || check.threshold === null) return { ...check, verdict: 'not_applicable', adjustedPValue };
    return {
      ...check,
      verdict: capped(
        check,
        verdictOf(check.measurement, check.threshold, check.bounds, adjustedPValue, falseAlarmRate),
        falseAlarmRate / tested,
      ),
      adjustedPValue,
    };
  });
}

const capped = ({ known }: Measured, verdict: Verdict, chance: number): Verdict =>
  known !== undefined && verdict === 'fail' && !(known.worse < chance) ? 'warn' : verdict;

/** It fails when what exceeds chance is beyond its threshold and chance cannot explain it (docs/verdicts.md). */
function verdictOf(
  measurement: Measurement,
  threshold: Threshold,
  bounds: Measured['bounds'],
  adjusted: number | null,
  falseAlarmRate: number,
): Verdict {
  if (measurement.pValue !== null && (adjusted === null || adjusted >= falseAlarmRate)) return 'pass';
  if (measurement.severe) return 'fail';
  if (excess(measurement, threshold.fail, threshold.direction, bounds) > 0) return 'fail';
  return excess(measurement, threshold.warn, threshold.direction, bounds) > 0 ? 'warn' : 'pass';
}

/** By how much a measurement is beyond a bound; -Infinity where there is no bound. */
export function excess(
  measurement: Measurement,
  bound: number | null,
  direction: Threshold['direction'],
  bounds: Measured['bounds'],
): number {
  if (bound === null) return Number.NEGATIVE_INFINITY;
  if (bounds === 'effect') return measurement.effect - bound;
  return direction === 'above' ? measurement.value - bound : bound - measurement.value;
}
