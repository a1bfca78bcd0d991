import { UsageError } from '../contract/errors.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { MOST_CLASSES, quoted, sameValue } from './outcome-classes.ts';
import type { OutcomeOptions } from './plan-outcomes.ts';

/**
 * A positive value that occurs nowhere, in the baseline or here, is a slip: everything would be negative. An error where it was asked for, else said and
 * nothing judged, unless there is one value alone, which may be the negative one.
 */
export function neverPositive(
  { positive, strict }: OutcomeOptions,
  before: OutcomePlan | null,
  values: string[],
  column: string | null,
): string | null {
  if (positive === undefined || column === null || values.length === 0) return null;
  const known = [...new Set([...values, ...(before?.classes ?? []), ...(before?.positive ?? [])])];
  if (positive.some((value) => known.some((each) => sameValue(value, each)))) return null;
  const never = `${quoted(positive)} never occurs in ${column}: found ${quoted(known.slice(0, 10))}`;
  if (strict) throw new UsageError(`--positive: ${never}`);
  return known.length > 1 ? `Accuracy and fairness are not judged: the positive value ${never}.` : null;
}

/** Where every value of a label is positive there is nothing to tell apart: a slip. */
export function alwaysPositive({ positive = [], strict }: OutcomeOptions, values: string[], column: string | null): string | null {
  if (column === null || values.length < 2 || !values.every((value) => positive.some((each) => sameValue(each, value)))) return null;
  const always = `every value of ${column} is positive (${quoted(values.slice(0, 10))})`;
  if (strict) throw new UsageError(`--positive: ${always}; name the class that is looked for`);
  return `Accuracy and fairness are not judged: ${always}.`;
}

/** With several classes a score that is of none of them is not used; without one for each, what needs all is not there. */
export function unusedScores(
  { problem, scoreClasses }: OutcomeOptions,
  { scores }: Pick<OutcomePlan, 'scores'>,
  classes: string[],
): string[] {
  if (scores.length === 0) return [];
  const lone = scores.filter(({ class: of }) => of === null).map(({ column }) => column);
  const without = classes.filter((name) => !scores.some((score) => score.class === name));
  if (lone.length > 0) {
    const two = problem === undefined ? ' With --problem binary it is that of the positive class.' : '';
    return [
      `The score ${lone.join(', ')} is not used: of several classes (${quoted(classes.slice(0, 10))}) each takes its own (--score COLUMN=CLASS, or "class" of the column in the monitor).${two}`,
    ];
  }
  return without.length === 0 || scoreClasses === undefined
    ? []
    : [`There is no score of ${quoted(without.slice(0, 10))}: what needs the scores of all classes is not measured.`];
}

/** Of several positive values those that occur nowhere, where others do: a slip, or only rare. */
export function unseenPositives(
  { positive = [] }: OutcomeOptions,
  before: OutcomePlan | null,
  values: string[],
  column: string | null,
): string[] {
  if (column === null || values.length === 0) return [];
  const known = [...values, ...(before?.classes ?? []), ...(before?.positive ?? [])];
  const unseen = positive.filter((value) => !known.some((each) => sameValue(value, each)));
  return unseen.length === 0 ? [] : [`Of the positive values ${quoted(unseen)} never occurs in ${column}.`];
}

/** Predictions that are no value of a label of several are written otherwise: each would be wrong, unless the positive ones of both were given. */
export function strangers(
  values: string[],
  predicted: string[],
  { label, prediction }: Pick<OutcomePlan, 'label' | 'prediction'>,
  positive: string[] = [],
): string | null {
  const bridged = (of: string[]): boolean => of.some((each) => positive.some((value) => sameValue(each, value)));
  if (bridged(values) && bridged(predicted)) return null;
  if (values.length < 2 || predicted.length === 0 || predicted.length > MOST_CLASSES) return null;
  if (predicted.some((each) => values.some((value) => sameValue(each, value)))) return null;
  return `Accuracy and fairness are not judged: ${prediction} holds no value of ${label} (${quoted(values.slice(0, 10))}), but ${quoted(predicted.slice(0, 10))}.`;
}

/** Of two classes, the scores of the positive one where they say of which class they are. */
export function ofPositive(scores: OutcomePlan['scores'], positive: string[]): OutcomePlan['scores'] {
  const [own] = scores.filter(({ class: of }) => of !== null && positive.some((value) => sameValue(value, of)));
  const unnamed = scores.filter(({ class: of }) => of === null);
  if (own !== undefined || unnamed.length === scores.length) return own === undefined ? scores : [own];
  if (unnamed.length > 0) return unnamed;
  const given = scores.map(({ column, class: of }) => `${column}=${of}`).join(', ');
  throw new UsageError(`--score ${given}: of two classes the scores of the positive one are wanted (${positive.join(', ')})`);
}

/** A second score of a class is a slip, and one of a class that never occurs where another has none. `occurring` are those of labels and predictions. */
export function requireClasses({ scoreClasses = new Map() }: OutcomeOptions, scores: OutcomePlan['scores'], occurring: string[]): void {
  const isOf = (name: string) => (score: { class: string | null }) => score.class !== null && sameValue(score.class, name);
  const without = occurring.filter((name) => !scores.some(isOf(name)));
  for (const [column, of] of scoreClasses) {
    const twin = [...scoreClasses].find(([other, each]) => other !== column && sameValue(each, of));
    if (twin !== undefined) throw new UsageError(`--score: ${column} and ${twin[0]} are both of class "${of}"`);
    if (without.length > 0 && !occurring.some((name) => sameValue(name, of)))
      throw new UsageError(`--score ${column}=${of}: no class "${of}"; there are ${quoted(occurring)}`);
  }
}
