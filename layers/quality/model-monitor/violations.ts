import type { Column } from '../contract/columns.ts';
import { type CheckResult, fromJsonNumber, type Report } from '../contract/report.ts';
import { type CheckType, checkTypeOf, splitCheck } from './check-types.ts';
import { numberText, percentText, type Written } from './json-text.ts';
import { complement } from './settings.ts';
import { expectedType } from './side.ts';

interface Found {
  check: CheckResult;
  report: Report;
  column: Pick<Column, 'type'> | undefined;
}

/** constraint_violations.json: the failing checks that Model Monitor has as well, once for each feature and check type. */
export function violationsOf(report: Report): Written {
  const written = new Set<string>();
  const violations = report.checks.flatMap((check): Written[] => {
    const { check: name, column } = splitCheck(check.id);
    const type = checkTypeOf(name);
    if (check.verdict !== 'fail' || type === null || column === null || written.has(`${type}/${column}`)) return [];
    written.add(`${type}/${column}`);
    const found = { check, report, column: report.columns.find((of) => of.name === column) };
    return [{ feature_name: column, constraint_check_type: type, description: DESCRIBE[type](found) }];
  });
  return { violations };
}

/** The sentence in which Model Monitor's first release put a share; the later ones of these checks are not published. */
const share = (value: number): string => `Value: ${numberText(value)} does not meet the constraint requirement! `;

/** The share that held: the share of all rows less what the check found beyond the baseline's. */
const held = ({ check }: Found): number => Math.min(1, Math.max(0, (check.expected ?? 1) - (check.effect ?? 0)));

const DESCRIBE: Record<CheckType, (found: Found) => string> = {
  data_type_check: (found) => {
    const type = expectedType(found.column ?? { type: 'text' });
    const expected = percentText(complement(found.check.threshold?.fail ?? 0));
    return `Data type match requirement is not met. Expected data type: ${type}, Expected match: ${expected}. Observed: Only ${percentText(held(found))} of data is ${type}.`;
  },
  completeness_check: ({ check, report }) => {
    const value = measuredOf(check, report) ?? 0;
    return share(check.id.startsWith('missing_rate/') ? complement(value) : value);
  },
  baseline_drift_check: ({ check }) =>
    `Baseline drift distance: ${numberText(check.effect ?? 0)} exceeds threshold: ${numberText(check.threshold?.fail ?? 0)}`,
  missing_column_check: ({ report }) => columnCounts('There are missing columns in current dataset.', report),
  extra_column_check: ({ report }) => columnCounts('There are extra columns in current dataset.', report),
  categorical_values_check: ({ check, report }) => share(complement(measuredOf(check, report) ?? 0)),
};

function columnCounts(what: string, { subject, columns }: Report): string {
  const expected = columns.filter(({ role }) => role !== 'ignored' && role !== 'label').length;
  return `${what} Number of columns in current dataset: ${subject.columns}, Number of columns in baseline constraints: ${expected}`;
}

function measuredOf({ metric }: CheckResult, { metrics }: Report): number | null {
  const value = metric === null ? null : metrics[metric]!.value;
  return value === null ? null : fromJsonNumber(value);
}
