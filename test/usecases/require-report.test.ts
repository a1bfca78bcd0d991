import { expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { requireReport } from '../../layers/quality/usecases/require-report.ts';
import { calm } from '../report/reports.ts';

const broken = (change: (report: Report) => void) => (): Report => {
  const report = structuredClone(calm());
  change(report);
  return requireReport(report);
};

it('a report that its schema accepts is as it was', () => {
  expect(requireReport(calm())).toEqual(calm());
});

it('a number without end is an error that names the data, the place, what was expected and what was found', () => {
  const { uri } = calm().subject.objects[0]!;
  const { name } = calm().columns[0]!;
  const row = calm().metrics.findIndex(({ column }) => column === name);
  const wrong = (report: Report): void => void (report.metrics[row]!.error = Number.POSITIVE_INFINITY);
  expect(broken(wrong)).toThrow(
    `${uri}: column ${name}, metric ${calm().metrics[row]!.metric}, error: expected a finite number, found Infinity;`,
  );
  const check = calm().checks[0]!.id;
  expect(broken((report) => (report.checks[0]!.effect = Number.NaN))).toThrow(
    `${uri}: check ${check}, effect: expected a finite number, found NaN`,
  );
});

it('anything else is said in one line', () => {
  expect(broken((report) => Object.assign(report, { kind: 'other' }))).toThrow(/: kind: .*expected one of[^\n]*$/);
});
