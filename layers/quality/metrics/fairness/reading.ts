import { noValue, type Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type GroupCounts, weightOf } from './group-counts.ts';

/** `clarify` gives what SageMaker Clarify gives, quirks and all; `default` has no value where there is none. docs/clarify-differences.md. */
export type Reading = 'default' | 'clarify';

/** A part and the whole it is divided by. */
export type Fraction = [part: number, whole: number];

/** Clarify's division: 0/0 is 0, x/0 infinite. */
export const clarifyDivide = (part: number, whole: number): number => (whole === 0 && part === 0 ? 0 : part / whole);

/** Clarify's difference: equal infinities cancel. */
export const clarifyDifference = (a: number, b: number): number => (a === b ? 0 : a - b);

/** Why a split compares nothing, or null if both sides have rows. */
export function emptySide({ facet, rest }: Split, reading: Reading): Outcome | null {
  if (!(weightOf(rest) > 0)) return noValue(reading === 'clarify' ? 'Negated facet set is empty' : 'no rows outside the facet');
  if (!(weightOf(facet) > 0)) return noValue(reading === 'clarify' ? 'Facet set is empty' : 'no rows in the facet');
  return null;
}

/**
 * A fraction of the rest minus that of the facet, or the other way round. A side whose whole is empty has no fraction: there is no difference,
 * because of `lack` (there are "no positive labels in the facet").
 */
export function sideDifference(
  split: Split,
  reading: Reading,
  lack: string,
  fraction: (counts: GroupCounts) => Fraction,
  order: 'rest − facet' | 'facet − rest' = 'rest − facet',
): Outcome {
  const empty = emptySide(split, reading);
  if (empty !== null) return empty;
  const [rest, facet] = [fraction(split.rest), fraction(split.facet)];
  if (reading === 'default' && !(rest[1] > 0)) return noValue(`${lack} outside the facet`);
  if (reading === 'default' && !(facet[1] > 0)) return noValue(`${lack} in the facet`);
  const [first, second] = order === 'rest − facet' ? [rest, facet] : [facet, rest];
  return { value: clarifyDifference(clarifyDivide(...first), clarifyDivide(...second)) };
}
