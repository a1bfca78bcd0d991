import type { Report } from '../contract/report.ts';
import { FACTORS, type Verdict } from '../contract/verdict.ts';
import { escapeHtml } from './html/escape.ts';
import { boundText, effectText } from './measures.ts';
import { type JudgedCheck, viewChecks } from './view.ts';

interface Case {
  name: string;
  verdict: Verdict;
  message: string;
  numbers: string;
}

/**
 * One test suite a factor, one test case a check: a failed check is a failure, one that could not run an error.
 * Warnings pass, with their words in system-out. Objects that could not be read are errors of a suite of their own.
 */
export function renderJunit(report: Report): string {
  const checks = viewChecks(report);
  const suites = [
    { name: 'objects', cases: report.subject.objects.flatMap(unreadable) },
    ...FACTORS.map((name) => ({ name, cases: checks.filter(({ check }) => check.factor === name).map(caseOf) })),
  ].filter(({ cases }) => cases.length > 0);
  const name = report.monitor ?? report.subject.objects[0]?.uri ?? report.id;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeHtml(name)}" ${totals(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${suite.name}" ${totals(suite.cases)}>`,
      ...suite.cases.map((each) => testcase(suite.name, each)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

const unreadable = ({ uri, error }: Report['subject']['objects'][number]): Case[] =>
  error === undefined ? [] : [{ name: uri, verdict: 'error', message: error, numbers: '' }];

const caseOf = ({ check, measure }: JudgedCheck): Case => ({
  name: check.id,
  verdict: check.verdict,
  message: check.message,
  numbers: [effectText(check, measure), boundText(check, measure)].filter((part) => part !== '').join(', '),
});

function totals(cases: Case[]): string {
  const count = (verdict: Verdict): number => cases.filter((each) => each.verdict === verdict).length;
  return `tests="${cases.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('not_applicable')}"`;
}

function testcase(suite: string, { name, verdict, message, numbers }: Case): string {
  const open = `    <testcase classname="${suite}" name="${escapeHtml(name)}"`;
  const body = OUTCOMES[verdict];
  return body === null ? `${open}/>` : `${open}>${body(escapeHtml(message), escapeHtml(numbers))}</testcase>`;
}

type Outcome = (message: string, numbers: string) => string;

const OUTCOMES: Record<Verdict, Outcome | null> = {
  pass: null,
  warn: (message) => `<system-out>warning: ${message}</system-out>`,
  fail: (message, numbers) => `<failure type="fail" message="${message}">${numbers}</failure>`,
  error: (message, numbers) => `<error type="error" message="${message}">${numbers}</error>`,
  not_applicable: (message) => `<skipped message="${message}"/>`,
};
