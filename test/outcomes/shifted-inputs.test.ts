import { expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { CLASSES, OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, judge, notes } from './judge.ts';
import { metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows, type Row } from './rows.ts';

/** In one region labels have nothing to do with scores. */
const noisy = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(rows, ({ region, label }, i) => (region === 'N' ? { label: i % 2 } : { label }));

const mixed = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(ofClasses(rows), ({ region, label }, i) => ({ label: region === 'N' ? CLASSES[Math.floor(i / 7) % 3] : label }) as Row);
const more = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(rows, ({ region }, i) => ({ region: Math.floor(i / 10) % 10 < 7 ? 'N' : region }));
const unlabelled = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, () => ({ label: null }) as Row);
/** How far the accuracy of these rows is from the estimates, plain and weighted. */
function off(report: Report, rows: readonly LoanRow[]): number[] {
  const right = rows.filter(({ label, prediction }) => label === prediction).length / rows.length;
  const weighted = { parameters: { calibration: 'weighted to the inputs' } };
  return [{}, weighted].map((of) => Math.abs(metricValue(report, 'estimated_accuracy', of)! - right));
}

it('inputs of which the model is wrong more often, which its scores do not tell: what is estimated falls, and by what is said', async () => {
  const now = noisy(more(loanRows(3000, 5)));
  const report = await judge(unlabelled(now), undefined, {}, noisy(BASE));
  const [plain, weighted] = off(report, now);
  expect([weighted! < 0.02, plain! > 0.05]).toEqual([true, true]);
  const check = report.checks.find(({ id }) => id === 'estimated_performance/accuracy')!;
  expect([check.verdict, check.message]).toEqual([
    'fail',
    expect.stringMatching(/^accuracy has probably fallen: .* by the scores and inputs, .* in the baseline$/),
  ]);
  expect(notes(report)).toMatch(/The inputs have shifted: estimates are calibrated on the baseline's rows weighted to them/);
});

it('a weighted estimate is held against the labels that came, as the plain one is', async () => {
  const now = noisy(more(loanRows(3000, 5)));
  const report = await judge(now, undefined, {}, noisy(BASE));
  const measured = metricValue(report, 'accuracy')!;
  for (const of of [{}, { parameters: { calibration: 'weighted to the inputs' } }])
    expect(metricValue(report, 'estimated_accuracy_error', of)).toBeCloseTo(metricValue(report, 'estimated_accuracy', of)! - measured, 10);
});

it('of several classes too', async () => {
  const now = mixed(more(loanRows(3000, 5)));
  const report = await judge(unlabelled(now), OF_CLASSES, {}, mixed(BASE));
  const [plain, weighted] = off(report, now);
  expect([weighted! < 0.03, plain! > 0.07]).toEqual([true, true]);
  expect(notes(report)).toMatch(/The inputs have shifted: estimates are calibrated on the baseline's rows weighted to them/);
  const same = await judge(unlabelled(mixed(loanRows(3000, 6))), OF_CLASSES, {}, mixed(BASE));
  expect([notes(same).includes('shifted'), same.checks.find(({ id }) => id === 'estimated_performance/accuracy')!.verdict]).toEqual([
    false,
    'pass',
  ]);
});

it('of several classes as of two: a baseline of which rows of one input hardly have a label is weighted to all its rows', async () => {
  const base = changed(
    mixed(loanRows(12_000, 7)),
    ({ region }, i) => (region === 'N' && Math.floor(i / 10) % 10 > 0 ? { label: null } : {}) as Row,
  );
  const now = mixed(loanRows(3000, 5));
  const report = await judge(unlabelled(now), OF_CLASSES, {}, base);
  const then = report.performance!.estimates.find(({ metric }) => metric === 'accuracy')!.baseline!;
  const right = now.filter(({ label, prediction }) => label === prediction).length / now.length;
  expect([off(report, now)[1]! < 0.03, Math.abs(then - right) < 0.03]).toEqual([true, true]);
});
