import { describe, expect, it } from 'vitest';
import { requireChecks } from '../../layers/quality/checks/known-checks.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, FLAGS, judge, lab, NOW, write } from './judge.ts';
import type { More } from './lab.ts';
import { changed, type LoanRow, loanRows } from './rows.ts';

const plain = { ...FLAGS, facet: [] };
const checkOf = (report: Report, id: string) => report.checks.find((check) => check.id === id);
const HALF = changed(NOW, ({ prediction, score }, i) => (i % 2 === 0 ? { prediction: 1 - prediction, score: 1 - score } : {}));
const OF_SCORES = ['log_loss', 'average_precision', 'expected_calibration_error'];
const OF_CELLS = ['f0_5', 'f1', 'f2', 'balanced_accuracy', 'matthews_correlation', 'cohen_kappa'];
const bounds = (metrics: string[], fail = 0.05) => ({
  settings: Object.fromEntries(metrics.map((metric) => [`performance/${metric}`, { fail }])),
});

describe('a metric without bounds by default', () => {
  it('is checked where bounds are configured for it, and only there', async () => {
    const all = [...OF_SCORES, ...OF_CELLS];
    const [calm, wrong, none] = [await judge(NOW, plain, bounds(all)), await judge(HALF, plain, bounds(all)), await judge(HALF, plain)];
    for (const metric of all) {
      const id = `performance/${metric}`;
      expect
        .soft(checkOf(calm, id), metric)
        .toMatchObject({ verdict: 'pass', threshold: { warn: null, fail: 0.05, source: 'configured' } });
      expect.soft(checkOf(wrong, id), metric).toMatchObject({ verdict: 'fail' });
      expect.soft(checkOf(none, id), metric).toBeUndefined();
    }
    const within = checkOf(wrong, 'performance/f1@region=N')!;
    expect(within.threshold).toMatchObject({ fail: 0.05, source: 'configured' });
    expect([within.effect! > 0.2, within.pValue! < 0.01]).toEqual([true, true]);
  });

  it('is not for bounds of every metric', async () => {
    const report = await judge(NOW, plain, { settings: { performance: { fail: 0.3 }, 'performance/*': { fail: 0.2 } } });
    expect(report.checks.map(({ id }) => id)).not.toContain('performance/f1');
  });

  it.each(['root_mean_squared_error', 'mean_squared_error', 'r2'])('of a regression: %s', async (metric) => {
    const amounts = (rows: readonly LoanRow[], noise: number): LoanRow[] =>
      changed(rows, ({ score, x }) => ({ label: 50 + x + noise * (score - 0.5), prediction: 50 + x }));
    const flags = { ...FLAGS, facet: [], segment: [], score: [] };
    const of = (noise: number) => judge(amounts(NOW, noise), flags, bounds([metric], 0.02), amounts(BASE, 20));
    expect(checkOf(await of(20), `performance/${metric}`)).toMatchObject({ verdict: 'pass' });
    expect(checkOf(await of(60), `performance/${metric}`)).toMatchObject({ verdict: 'fail' });
  });

  it('is held against what as many rows of the baseline have, where few rows have more of it', async () => {
    const id = 'performance/expected_calibration_error';
    const { settings } = bounds(['expected_calibration_error'], 0.01);
    const before = await lab.baseline(write(BASE), plain, { settings });
    const checks = [];
    for (const seed of [21, 22, 23, 24, 25, 26])
      checks.push(checkOf(await lab.check(before, write(loanRows(200, seed)), plain, { settings }), id)!);
    expect(Math.abs(checks.reduce((sum, { effect }) => sum + effect!, 0) / checks.length)).toBeLessThan(0.015);
    expect(checks[0]!.message).toMatch(/^expected calibration error 0\.\d+, 0\.0\d+ in the baseline, 0\.0\d+ in as many rows of it$/);
  });

  it('and whose value the baseline does not keep is not judged, and says so', async () => {
    const amounts = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ score, x }) => ({ label: 50 + x + score, prediction: 50 + x }));
    const flags = { ...FLAGS, facet: [], segment: [], score: [] };
    const report = await judge(amounts(NOW), flags, bounds(['median_absolute_error']), amounts(BASE));
    expect(checkOf(report, 'performance/median_absolute_error')).toMatchObject({
      verdict: 'not_applicable',
      message: expect.stringMatching(/^median_absolute_error: .* in the baseline$/),
    });
  });

  it('of several classes is every average of it and each class, unless bounds name one', async () => {
    const flags = { ...OF_CLASSES, facet: [], segment: [], score: [] };
    const now = changed(ofClasses(NOW), ({ prediction }, i) => (i % 4 === 0 ? { prediction: 'a' } : { prediction }));
    const of = async (settings: More['settings']) => (await judge(now, flags, { settings }, ofClasses(BASE))).checks;
    const f1 = (await of({ 'performance/f1': { fail: 0.02 } })).filter(({ id }) => id.startsWith('performance/f1['));
    expect(f1.map(({ id, verdict }) => `${id} ${verdict}`).slice(0, 2)).toEqual([
      'performance/f1[average=macro] fail',
      'performance/f1[average=weighted] fail',
    ]);
    const one = (await of({ 'performance/f1[average=macro]': { fail: 0.02 } })).filter(({ id }) => id.startsWith('performance/f1'));
    expect(one.map(({ id }) => id)).toEqual(['performance/f1[average=macro]']);
  });

  it('is not checked where bounds name it of a segment alone, but there', async () => {
    const report = await judge(HALF, plain, { settings: { 'performance/f1@region=N': { fail: 0.05 } } });
    expect(report.checks.map(({ id }) => id).filter((id) => id.startsWith('performance/f1'))).toEqual(['performance/f1@region=N']);
  });

  it('that is not measured within segments is refused there', () => {
    expect(() => requireChecks({ 'performance/log_loss@region=N': { fail: 1 } }, 'here')).toThrow(
      /^here: performance\/log_loss@region=N: no metric "log_loss" within segments; there are accuracy, .*\bf1\b/,
    );
  });

  it('that is neither good nor bad, or there is none of, is refused', () => {
    for (const metric of ['base_rate', 'selection_rate', 'f3'])
      expect.soft(() => requireChecks({ [`performance/${metric}`]: { fail: 1 } }, 'here')).toThrow(`no metric "${metric}"`);
    expect(() => requireChecks({ 'performance/f1': { fail: 1 }, 'performance/f1@region=N': 'off' }, 'here')).not.toThrow();
  });
});
