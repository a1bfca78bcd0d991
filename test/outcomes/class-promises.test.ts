import { expect, it } from 'vitest';
import { renderMarkdown } from '../../layers/quality/report/index.ts';
import { draws } from '../checks/draw.ts';
import { CLASSES, OF_CLASSES } from './classes.ts';
import { fallen, judge } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows, without } from './rows.ts';

/** Three classes, of which c is rare, as its scores say times `times`; it takes of the others alike. */
function withRare(n: number, seed: number, times = 1): LoanRow[] {
  const { uniform } = draws(seed + 100);
  return changed(loanRows(n, seed), ({ score }) => {
    const c = 0.03 * score;
    const a = 0.3 + 0.4 * score;
    const [draw, of] = [uniform(), times * c];
    const label = draw < of ? 'c' : draw < of + (a * (1 - of)) / (1 - c) ? 'a' : 'b';
    return { label, prediction: a > 1 - a - c ? 'a' : 'b', p_a: a, p_b: 1 - a - c, p_c: c };
  });
}
const BASE = withRare(20_000, 5);
const ID = 'performance/observed_over_expected[class=c]';
const of = (name: string) => ({ parameters: { class: name } });

it('a rare class that comes half as often again as its scores promise fails, where nothing else does', async () => {
  const rows = withRare(12_000, 6, 1.6);
  const report = await judge(rows, OF_CLASSES, {}, BASE);
  expect(fallen(report)).toEqual([ID]);
  for (const name of CLASSES) {
    const promised = rows.reduce((sum, row) => sum + (row[`p_${name}`] as number), 0);
    const came = rows.filter(({ label }) => (label as unknown) === name).length;
    const { value, interval } = metricOf(report, 'observed_over_expected', of(name));
    expect(value).toBeCloseTo(came / promised, 9);
    expect([Number(interval![0]) < came / promised, Number(interval![1]) > came / promised]).toEqual([true, true]);
  }
  const finding = report.findings.find(({ checks }) => checks.includes(ID))!;
  expect([finding.title, finding.why]).toEqual([
    expect.stringMatching(/^1\.\d+ times as many labels of class c came as the scores promise, (1|1\.0\d*|0\.9\d*) in the baseline$/),
    expect.stringMatching(/^the scores promise 1\.\d+ % of the rows and 2\.\d+ % are of it, were 1\.\d+ % and 1\.\d+ %$/),
  ]);
  expect(renderMarkdown(report)).toContain('observed ÷ expected');
});

it('classes that come as promised pass, in windows of all sizes, and of a baseline without labels nothing is said', async () => {
  for (const [n, seed] of [
    [300, 8],
    [3000, 9],
    [9000, 10],
  ] as const)
    expect(fallen(await judge(withRare(n, seed), OF_CLASSES, {}, BASE))).toEqual([]);
  const report = await judge(withRare(3000, 9), OF_CLASSES, {}, without(BASE, 'label'));
  expect(report.checks.find(({ id }) => id === ID)).toBeUndefined();
  expect(metricValue(report, 'observed_over_expected', of('c'))).toBeGreaterThan(0.5);
});

it('weights count, and scores that are no probabilities promise nothing', async () => {
  const rows = withRare(2000, 3);
  const report = await judge(rows, { ...OF_CLASSES, weight: 'weight' }, {}, null);
  const promised = rows.reduce((sum, row) => sum + row.weight * (row.p_c as number), 0);
  const came = rows.reduce((sum, row) => sum + ((row.label as unknown) === 'c' ? row.weight : 0), 0);
  expect(metricValue(report, 'observed_over_expected', of('c'))).toBeCloseTo(came / promised, 9);
  const percent = changed(rows, (row) => Object.fromEntries(CLASSES.map((name) => [`p_${name}`, 100 * (row[`p_${name}`] as number)])));
  expect(metricOf(await judge(percent, OF_CLASSES, {}, null), 'observed_over_expected', of('c'))).toMatchObject({
    ...{ value: null, reason: 'scores outside 0 to 1' },
  });
});
