import type { Report } from '../contract/report.ts';
import { numberText, type Written } from './json-text.ts';
import type { QualityConstraint } from './quality-constraints.ts';
import { deviationOf } from './quality-deviation.ts';
import { modelQualityMetrics } from './quality-metrics.ts';

/** Violations name the four rates as no other file does. */
const CAMEL = ['true_positive_rate', 'true_negative_rate', 'false_positive_rate', 'false_negative_rate'];
const nameOf = (name: string): string =>
  CAMEL.includes(name) ? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) : name;

/** constraint_violations.json of a model-quality job: the constraints whose check fails. */
export function qualityViolationsOf(constraints: readonly QualityConstraint[], report: Report): Written {
  const values = new Map(modelQualityMetrics(report).map(({ name, value }) => [name, value]));
  const violations = constraints.flatMap(({ name, threshold, operator, check }): Written[] => {
    const value = values.get(name);
    if (check.verdict !== 'fail' || value === undefined) return [];
    const measured = `${numberText(value)} +/- ${numberText(deviationOf(report, name))}`;
    const description = `Metric ${nameOf(name)} with ${measured} was ${operator} '${numberText(threshold)}'`;
    return [{ constraint_check_type: operator, description, metric_name: nameOf(name) }];
  });
  return { violations };
}
