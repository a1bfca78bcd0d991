import type { OutcomePlan } from '../contract/outcomes.ts';
import type { BaselineOutcomes } from '../profile/outcomes/baseline-outcomes.ts';
import { sameValue } from './outcome-classes.ts';

/** The baseline's outcomes, where they are of the same problem, positive class and score. */
export const comparableTo = (plan: OutcomePlan, before: BaselineOutcomes | null): BaselineOutcomes | null =>
  before?.plan.problem === plan.problem && unlike(plan, before.plan) === null ? before : null;

/** What makes two plans of a binary problem those of different things. */
export function unlike(now: OutcomePlan, then: OutcomePlan): string | null {
  if (now.problem !== 'binary') return null;
  const same =
    now.positive.length === then.positive.length && now.positive.every((value) => then.positive.some((each) => sameValue(value, each)));
  if (!same) return `took ${then.positive.join(', ')} for positive, not ${now.positive.join(', ')}`;
  const [score, before] = [now, then].map(({ scores }) => scores.map(({ column }) => column).join(', ')) as [string, string];
  return score === before || score === '' || before === '' ? null : `has scores in ${before}, not in ${score}`;
}
