import type { OutcomePlan, Problem } from '../contract/outcomes.ts';
import { plainClass } from '../engine/outcome-sql.ts';
import type { PlanRequest } from './plan-outcomes.ts';

/** More are not told apart. */
export const MOST_CLASSES = 50;

export const quoted = (texts: string[]): string => texts.map((text) => `"${text}"`).join(', ');

/** The values a positive class usually goes by, of a pair of which the other is negative. */
const PAIRS: [string, string][] = [
  ['0', '1'],
  ['-1', '1'],
  ['false', 'true'],
  ['False', 'True'],
];

export function classesOf(
  problem: Problem,
  values: string[],
  predicted: string[],
  { options, before }: Pick<PlanRequest, 'options' | 'before'>,
): Pick<OutcomePlan, 'classes' | 'positive'> | string {
  if (problem === 'regression') return { classes: [], positive: [] };
  if (problem === 'multiclass') {
    const classes = before?.problem === 'multiclass' ? before.classes : [...bothOf(bothOf(values, predicted), scored(options))].sort();
    if (classes.length > MOST_CLASSES)
      return `Accuracy is not judged: labels have more than ${MOST_CLASSES} classes${numbersAmong(classes)}.`;
    return { classes, positive: options.positive ?? before?.positive ?? [] };
  }
  const positive = options.positive ?? before?.positive ?? pairOf(values)?.slice(1);
  if (positive === undefined) {
    const shown = values.length <= 2 ? ` ${values.map((value) => `"${value}"`).join(' and ')}` : '';
    return `Accuracy and fairness are not judged: which of the label's values${shown} is positive was not said (--positive, or "positive" in the monitor).`;
  }
  if (before?.problem === 'binary' && String(before.positive) === String(positive)) return { classes: before.classes, positive };
  const both = bothOf(values, predicted);
  const negative = both.length > MOST_CLASSES ? [] : both.filter((value) => !positive.some((each) => sameValue(each, value)));
  return { classes: negative, positive };
}

function numbersAmong(classes: string[]): string {
  const others = classes.filter((value) => Number.isNaN(Number(value)));
  if (others.length === 0) return '; all are numbers (--problem regression takes them as such)';
  const most = others.length < 0.1 * classes.length;
  return most ? `; most are numbers, ${quoted(others)} not (--problem regression takes such for missing)` : '';
}

/** Classes that have a score: one may be too rare to have come. */
const scored = ({ scoreClasses }: PlanRequest['options']): string[] => [...(scoreClasses?.values() ?? [])];

export const bothOf = (values: string[], predicted: string[]): string[] => [
  ...values,
  ...predicted.filter((value) => !values.some((each) => sameValue(each, value))),
];

/** Scores with their classes in the spelling the labels have. */
export const spelledAs = (scores: OutcomePlan['scores'], classes: string[]): OutcomePlan['scores'] =>
  scores.map((score) => ({ ...score, class: classes.find((name) => score.class !== null && sameValue(name, score.class)) ?? score.class }));

/** Values as they are told apart, each in the spelling it comes in first. */
export const toldApart = (values: string[]): string[] =>
  values.filter((value, i) => values.findIndex((other) => sameValue(other, value)) === i);

/** The same text, or the same number: 1 is 1.0, and true. */
export const sameValue = (a: string, b: string): boolean => plainClass(a) === plainClass(b);

/** A lone value belongs to a pair as well: a window may hold one class only. */
function pairOf(values: string[]): [string, string] | undefined {
  if (values.length === 0) return PAIRS[0];
  const within = (same: (a: string, b: string) => boolean) =>
    PAIRS.find((pair) => values.every((value) => pair.some((each) => same(each, value))));
  return within((a, b) => a === b) ?? within(sameValue);
}
