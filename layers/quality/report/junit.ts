import type { CheckResult, Report } from '../contract/report.ts';
import { FACTORS } from '../contract/verdict.ts';
import { escapeHtml } from './html/escape.ts';
import { boundText, effectText } from './measures.ts';
import { type JudgedCheck, viewChecks } from './view.ts';

/** One test suite a factor, one test case a check: a failed check is a failure, one that could not run an error. Warnings pass, with their words in system-out. */
export function renderJunit(report: Report): string {
  const checks = viewChecks(report);
  const suites = FACTORS.map((factor) => ({ factor, own: checks.filter(({ check }) => check.factor === factor) })).filter(
    ({ own }) => own.length > 0,
  );
  const name = report.monitor ?? report.subject.objects[0]?.uri ?? report.id;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeHtml(name)}" ${totals(report.checks)}>`,
    ...suites.flatMap(({ factor, own }) => [
      `  <testsuite name="${factor}" ${totals(own.map(({ check }) => check))}>`,
      ...own.map((each) => testcase(each)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function totals(checks: CheckResult[]): string {
  const count = (verdict: CheckResult['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  return `tests="${checks.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('not_applicable')}"`;
}

function testcase({ check, measure }: JudgedCheck): string {
  const open = `    <testcase classname="${check.factor}" name="${escapeHtml(check.id)}"`;
  const body = OUTCOMES[check.verdict];
  if (body === null) return `${open}/>`;
  const numbers = [effectText(check, measure), boundText(check, measure)].filter((part) => part !== '').join(', ');
  return `${open}>${body(escapeHtml(check.message), escapeHtml(numbers))}</testcase>`;
}

type Outcome = (message: string, numbers: string) => string;

const OUTCOMES: Record<CheckResult['verdict'], Outcome | null> = {
  pass: null,
  warn: (message) => `<system-out>warning: ${message}</system-out>`,
  fail: (message, numbers) => `<failure type="fail" message="${message}">${numbers}</failure>`,
  error: (message, numbers) => `<error type="error" message="${message}">${numbers}</error>`,
  not_applicable: (message) => `<skipped message="${message}"/>`,
};
