import type { OutcomePlan } from '../../contract/outcomes.ts';

/** Of several classes: which of the plan's scores is of each class; null unless every class has one. */
export function classPlaces({ problem, classes, scores }: OutcomePlan): number[] | null {
  const places = classes.map((name) => scores.findIndex((score) => score.class === name));
  return problem === 'multiclass' && !places.includes(-1) ? places : null;
}
