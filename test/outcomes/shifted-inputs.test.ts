import { expect, it } from 'vitest';
import { BASE, judge, notes } from './judge.ts';
import { metricOf } from './lab.ts';
import { changed, type LoanRow, loanRows } from './rows.ts';

/** In one region labels have nothing to do with scores. */
const noisy = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(rows, ({ region, label }, i) => (region === 'N' ? { label: i % 2 } : { label }));

it('inputs of which the model is wrong more often, which its scores do not tell: what is estimated falls, and by what is said', async () => {
  const now = noisy(changed(loanRows(3000, 5), ({ region }, i) => ({ region: i % 10 < 7 ? 'N' : region })));
  const report = await judge(
    changed(now, () => ({ label: null as unknown as number })),
    undefined,
    {},
    noisy(BASE),
  );
  const right = now.filter(({ label, prediction }) => label === prediction).length / now.length;
  const [plain, weighted] = [
    metricOf(report, 'estimated_accuracy'),
    metricOf(report, 'estimated_accuracy', { parameters: { calibration: 'weighted to the inputs' } }),
  ].map(({ value }) => Math.abs(Number(value) - right));
  expect([weighted! < 0.02, plain! > 0.05]).toEqual([true, true]);
  const check = report.checks.find(({ id }) => id === 'estimated_performance/accuracy')!;
  expect([check.verdict, check.message]).toEqual([
    'fail',
    expect.stringMatching(/^accuracy has probably fallen: .* by the scores and inputs, .* in the baseline$/),
  ]);
  expect(notes(report)).toMatch(/The inputs have shifted: estimates are calibrated on the baseline's rows weighted to them/);
});
