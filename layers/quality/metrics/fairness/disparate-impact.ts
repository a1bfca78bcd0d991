import { noValue, type Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { predictionsOf } from './group-counts.ts';
import { clarifyDivide, emptySide, type Reading } from './reading.ts';

/**
 * DI, disparate impact: q̂_d/q̂ₐ, q̂ the share of positive predictions. Range [0, ∞); 1 for parity, below 0.8 the four-fifths rule is broken. Null
 * when a side has no predictions or the others no positive ones; Clarify has 0 there if the facet has none either, else ∞. Feldman et al. (2015).
 */
export function disparateImpact(split: Split, reading: Reading = 'default'): Outcome {
  const [rest, facet] = [predictionsOf(split.rest), predictionsOf(split.facet)];
  const [before, now] = [rest.positive + rest.negative, facet.positive + facet.negative];
  const empty = emptySide(split, reading);
  if (empty !== null) return empty;
  if (!(before > 0)) return noValue('no predictions outside the facet');
  if (!(now > 0)) return noValue('no predictions in the facet');
  if (reading === 'default' && rest.positive === 0) return noValue('no positive predictions outside the facet');
  return { value: clarifyDivide(facet.positive / now, rest.positive / before) };
}
