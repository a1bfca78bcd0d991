import { numberText } from './json-text.ts';

/** A metric of a group that is worse than in the baseline. */
export interface BiasViolation {
  facet: string;
  value: string;
  /** Clarify's code of it. */
  metric: string;
  now: number;
  before: number;
}

/** constraint_violations.json of a bias job. */
export function biasViolationsJson(found: readonly BiasViolation[]): string {
  const violations = found.map(({ facet, value, metric, now, before }) => ({
    facet,
    facet_value: value,
    metric_name: metric,
    constraint_check_type: 'bias_drift_check',
    description: `Metric value ${numberText(now)} doesn't meet the baseline constraint requirement ${numberText(before)}`,
  }));
  return `${JSON.stringify({ version: '1.0', violations }, null, 4)}\n`;
}
