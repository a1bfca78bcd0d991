import type { Problem } from '../contract/outcomes.ts';
import type { CheckResult, Report } from '../contract/report.ts';
import { performanceMetricOf } from './check-types.ts';
import { Double, type Written } from './json-text.ts';
import { problemKeyOf } from './schemas.ts';

type Operator = 'LessThanThreshold' | 'GreaterThanThreshold';

/** A scalar of Model Monitor, and how far it may go by the check that asks the same. */
export interface QualityConstraint {
  name: string;
  threshold: number;
  operator: Operator;
  check: CheckResult;
}

/** A share must not fall, an error not rise, and what is left of 1 not rise as the share falls. */
const BOUNDS: Record<'share' | 'rest' | 'error', { operator: Operator; at: (expected: number, fail: number) => number }> = {
  share: { operator: 'LessThanThreshold', at: (expected, fail) => expected - fail },
  rest: { operator: 'GreaterThanThreshold', at: (expected, fail) => 1 - expected + fail },
  error: { operator: 'GreaterThanThreshold', at: (expected, fail) => expected + fail },
};

const CONSTRAINED: Record<Problem, Record<string, keyof typeof BOUNDS>> = {
  binary: {
    ...{ recall: 'share', precision: 'share', accuracy: 'share', true_positive_rate: 'share', true_negative_rate: 'share' },
    ...{ false_positive_rate: 'rest', false_negative_rate: 'rest', auc: 'share', f0_5: 'share', f1: 'share', f2: 'share' },
  },
  multiclass: { accuracy: 'share', weighted_recall: 'share' },
  regression: { mae: 'error', mse: 'error', rmse: 'error', r2: 'share' },
};

/** What a report's model was held to, of the checks that Model Monitor has too: the baseline's value and the loss that fails. */
export function qualityConstraints({ checks, performance }: Report): QualityConstraint[] {
  if (performance === undefined) return [];
  return Object.entries(CONSTRAINED[performance.problem]).flatMap(([name, kind]) => {
    const check = checks.find(({ id }) => id === `performance/${performanceMetricOf(name)}`);
    const fail = check?.threshold?.fail ?? null;
    if (check === undefined || check.expected === null || fail === null) return [];
    const { operator, at } = BOUNDS[kind];
    return [{ name, threshold: at(check.expected, fail), operator, check }];
  });
}

/** constraints.json of a model-quality job. */
export const qualityConstraintsOf = (constraints: readonly QualityConstraint[], problem: Problem): Written => ({
  version: new Double(0),
  [`${problemKeyOf(problem)}_constraints`]: Object.fromEntries(
    constraints.map(({ name, threshold, operator }) => [name, { threshold: new Double(threshold), comparison_operator: operator }]),
  ),
});
