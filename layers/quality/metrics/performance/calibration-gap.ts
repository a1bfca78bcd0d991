import type { Interval } from '../../math/intervals/index.ts';
import { observedOverExpected, type ScoredCounts } from '../accuracy/index.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { ratioInterval, ratioSpread } from './observed-ratio.ts';
import type { Spread } from './performance-metric.ts';

/** Labelled rows by score, and the rows of equal weight that tell as much, over their weight. */
export interface ScoredGroup {
  counts: ScoredCounts;
  scale: number;
}

/** A group, and everyone else. */
export interface ScoredSides {
  group: ScoredGroup;
  rest: ScoredGroup;
}

/**
 * How much further off the scores of a group are than those of the others: Σ label ÷ Σ score of the group less the same of the others. 0 where scores promise
 * both alike too much or too little. Null where one has no ratio. A gap of calibration in the large; Kleinberg et al. (2017), doi:10.4230/LIPIcs.ITCS.2017.43.
 */
export function calibrationGap({ group, rest }: ScoredSides): Outcome {
  const [of, others] = [observedOverExpected(group.counts), observedOverExpected(rest.counts)];
  if (of.value === null) return of;
  return others.value === null ? noValue(`${others.reason} outside the group`) : { value: of.value - others.value };
}

/** Its 95 % interval: the distances of the ends of both ratios' intervals, squared and added, as Newcombe does of shares (Zou & Donner 2008, doi:10.1002/sim.3095). */
export function calibrationGapInterval({ group, rest }: ScoredSides): Interval | null {
  const [of, others] = [observedOverExpected(group.counts).value, observedOverExpected(rest.counts).value];
  const [bounds, beside] = [ratioInterval(group.counts, group.scale), ratioInterval(rest.counts, rest.scale)];
  if (of === null || others === null || bounds === null || beside === null) return null;
  const gap = of - others;
  return [gap - Math.hypot(of - bounds[0], beside[1] - others), gap + Math.hypot(bounds[1] - of, others - beside[0])];
}

/** The gap with the variance that sampling gives it. */
export function calibrationGapSpread({ group, rest }: ScoredSides): Spread | null {
  const [of, others] = [ratioSpread(group.counts, group.scale), ratioSpread(rest.counts, rest.scale)];
  if (of === null || others === null) return null;
  return { value: of.value - others.value, variance: of.variance + others.variance, freedom: Math.min(of.freedom, others.freedom) };
}
