import { type GroupCounts, predictionsOf } from './group-counts.ts';
import type { Fraction } from './reading.ts';

/** Which prediction is good for whom it is about. */
export type Favourable = 'positive' | 'negative';

/** Weight of a group's favourable predictions, and of all its predictions. */
export function favouredFraction(counts: GroupCounts, favourable: Favourable): Fraction {
  const outcomes = predictionsOf(counts);
  return [outcomes[favourable], outcomes.positive + outcomes.negative];
}
