import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hintsOf } from '../../bin/column-flags.ts';
import { requireChecks } from '../../layers/quality/checks/known-checks.ts';
import { settingFor } from '../../layers/quality/checks/thresholds.ts';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { allThresholds, cheapestThreshold, meanCost, scoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { BASE, FLAGS, judge, lab, NOW, notes, write } from './judge.ts';
import { type More, metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow } from './rows.ts';

const ids = (report: Report): string[] => report.checks.map(({ id }) => id);
const value = (report: Report, metric: string, of = {}): number => metricValue(report, metric, of) as number;

describe('settings of one group, segment or rate', () => {
  it('win over those of all, and leave the others as they are', async () => {
    const off = { 'four_fifths/sex=F': 'off', 'performance/accuracy@region=N': 'off', 'fairness_gap/selection_rate': 'off' } as const;
    const [plain, set] = [await judge(NOW), await judge(NOW, FLAGS, { settings: off })];
    const gone = ids(plain).filter((id) => !ids(set).includes(id));
    expect(gone.sort()).toEqual(
      ids(plain)
        .filter((id) => id in off || id.startsWith('fairness_gap/selection_rate/'))
        .sort(),
    );
    expect(gone.length).toBeGreaterThan(2);
  });
  it('are found from the longest pattern on', () => {
    const all = {
      performance: { fail: 1 },
      'performance/*': { fail: 2 },
      'performance/recall': { fail: 3 },
      'performance/recall@g=a': { fail: 4 },
    };
    const found = (id: string) => (settingFor(all, id) as { fail: number }).fail;
    expect([found('performance/recall@g=a'), found('performance/recall@g=b'), found('performance/accuracy@g=a')]).toEqual([4, 3, 2]);
    expect(settingFor({ 'drift/a': 'off' }, 'drift/a/b')).toBeUndefined();
  });
  it('of a metric that is not checked are an error', () => {
    expect(() => requireChecks({ 'performance/recal': 'off' }, 'here')).toThrow(/no metric "recal"; did you mean "recall"/);
    const known = ['performance/recall@g=a', 'performance/*', 'fairness_gap/selection_rate/sex=F', 'four_fifths/x'];
    expect(() => requireChecks(Object.fromEntries(known.map((id) => [id, 'off'])), 'here')).not.toThrow();
  });
  it('are an error by a metric that is none, or of a check that has its own', () => {
    const by = (id: string, metric: string) => () => requireChecks({ [id]: { metric, fail: 0.2 } }, 'here');
    expect(by('drift/income', 'wasserstein_distance')).not.toThrow();
    expect(by('drift/income', 'waserstein_distance')).toThrow(
      /here: drift\/income: no metric "waserstein_distance"; did you mean "wasserstein_distance"/,
    );
    expect(by('performance/recall', 'precision')).toThrow(/here: performance\/recall: a metric can be chosen for checks of columns alone/);
    expect(by('drift/income', 'quantile')).toThrow(/no metric "quantile"/);
    expect(by('row_count', 'mean')).toThrow(/checks of columns alone/);
  });
  it('of a group, a segment or a column that is not there are said to apply to nothing', async () => {
    const wrong = { 'four_fifths/sex=f': 'off', 'performance/recall@regoin=N': { fail: 0.1 }, 'label_coverage/age': 'off' } as const;
    const right = {
      'four_fifths/sex=F': 'off',
      'fairness_gap/selection_rate/*': 'off',
      'label_coverage/sex': 'off',
      performance: 'off',
    } as const;
    const said = async (settings: More['settings']) =>
      (await judge(NOW, FLAGS, { settings })).notes.filter((note) => note.includes('apply to nothing'));
    expect(await said(wrong)).toEqual([
      'The bounds set for four_fifths/sex=f apply to nothing: no group "sex=f"; did you mean "sex=F"?',
      'The bounds set for performance/recall@regoin=N apply to nothing: no segment "regoin=N"; did you mean "region=N"?',
      'The bounds set for label_coverage/age apply to nothing: no segment, facet or prediction "age".',
    ]);
    expect(await said(right)).toEqual([]);
  });
  it('that ask for nothing, four fifths of 0, are judged so', async () => {
    const report = await judge(
      changed(NOW, ({ sex }) => (sex === 'F' ? { prediction: 0 } : {})),
      FLAGS,
      { settings: { four_fifths: { fail: 0 } } },
    );
    const check = report.checks.find(({ id }) => id === 'four_fifths/sex=F')!;
    expect([check.verdict, check.message]).toEqual(['pass', expect.stringContaining('at least 0 is wanted')]);
  });
});

describe('the score of two classes', () => {
  const both = changed(NOW, ({ score }) => ({ p0: 1 - score }));
  it('is the one of the positive class, in any order', async () => {
    const wanted = value(await judge(NOW, FLAGS, {}, null), 'roc_auc');
    for (const score of [['score=1'], ['p0=0', 'score=1'], ['score=1', 'p0=0']])
      expect(value(await judge(both, { ...FLAGS, score }, {}, null), 'roc_auc')).toBe(wanted);
  });
  it('of the other alone is an error', async () => {
    await expect(judge(both, { ...FLAGS, score: ['p0=0'] }, {}, null)).rejects.toThrow(UsageError);
  });
});

describe('classes', () => {
  const named = (rows: readonly LoanRow[], label: [string, string], prediction: [string, string]): LoanRow[] =>
    changed(rows, (row) => ({ label: label[row.label]!, prediction: prediction[row.prediction]! }));
  it('that only predictions have are wrong predictions', async () => {
    const rows = changed(NOW, ({ label }, i) => ({
      label: ['a', 'b', 'c'][(label + i) % 3]!,
      prediction: i % 10 === 0 ? 'd' : ['a', 'b', 'c'][(label + i) % 3]!,
    }));
    for (const base of [null, rows]) expect(value(await judge(rows, { ...FLAGS, score: [] }, {}, base), 'accuracy')).toBe(0.9);
  });
  it('as truth values beside numbers are the same', async () => {
    const wanted = await judge(NOW);
    for (const label of [
      ['False', 'True'],
      ['false', 'true'],
      ['0.0', '1.0'],
    ] as [string, string][]) {
      const report = await judge(named(NOW, label, ['0', '1']), FLAGS, {}, named(BASE, label, ['0', '1']));
      expect(report.performance!.confusion!.cells).toEqual(wanted.performance!.confusion!.cells);
      expect(report.performance!.confusion!.baseline).toEqual(wanted.performance!.confusion!.baseline);
    }
  });
  it('in two notations that have nothing in common are not judged, and that is said', async () => {
    const report = await judge(named(NOW, ['no', 'yes'], ['0', '1']), { ...FLAGS, positive: ['yes'] }, {}, null);
    expect(report.performance).toBeUndefined();
    expect(notes(report)).toContain('prediction holds no value of label');
  });
  it('of which the positive one never occurs are not judged where it was only configured', async () => {
    const report = await judge(NOW, FLAGS, { positive: ['yes'] }, null);
    expect(report.performance).toBeUndefined();
    expect(notes(report)).toContain('"yes" never occurs');
    const lone = await judge(
      changed(NOW, () => ({ label: 0, prediction: 0 })),
      { ...FLAGS, score: [] },
      { positive: ['1'] },
      null,
    );
    expect(value(lone, 'accuracy')).toBe(1);
  });
  it.each([
    ['another positive one', FLAGS, ['0'], 'took 1 for positive, not 0'],
    ['another score', { ...FLAGS, score: ['x'] }, undefined, 'has scores in score, not in x'],
  ])('%s than the baseline has is compared with nothing', async (_, flags, positive, said) => {
    const before = await lab.baseline(write(BASE), FLAGS);
    const report = await lab.check(before, write(NOW), flags, positive && { positive });
    expect(notes(report)).toContain(said);
    expect(ids(report).filter((id) => id.startsWith('performance/') || id.startsWith('fairness_gap/'))).toEqual([]);
  });
});

describe('what cannot be', () => {
  it('is an error on the command line', () => {
    expect(() => hintsOf({ label: 'y', score: ['y'] }, null)).toThrow('--score: y is named by --label already');
    expect(() => hintsOf({ facet: ['age=abc..'] }, null)).toThrow(/expected numbers on both sides/);
  });
  it('is said of a monitor: columns that are not there', async () => {
    const facets = [{ column: 'gg', values: null, above: null, upTo: null }];
    const report = await judge(
      NOW,
      { ...FLAGS, facet: undefined, segment: undefined } as unknown as typeof FLAGS,
      { facets, segments: [['nope']], groupVariable: 'nix' },
      null,
    );
    for (const name of ['gg', 'nope', 'nix']) expect(notes(report)).toContain(`There is no column ${name}`);
  });
});

it('what errors cost moves the threshold that would have cost least', async () => {
  const sweepOf = async (costs?: string) => (await judge(NOW, { ...FLAGS, ...(costs && { costs }) }, {}, null)).performance!.sweep!;
  const [equal, missed, alarmed] = [await sweepOf(), await sweepOf('1:5'), await sweepOf('5:1')];
  expect([equal.costs, missed.costs]).toEqual([undefined, { falsePositive: 1, falseNegative: 5 }]);
  // Of calibrated scores it is near fp ÷ (fp + fn).
  expect(Math.abs(missed.cheapest.threshold - 1 / 6)).toBeLessThan(0.1);
  expect(Math.abs(alarmed.cheapest.threshold - 5 / 6)).toBeLessThan(0.1);
  for (const costs of ['1', '1:2:3', 'a:b', '1:-1', ':']) await expect(sweepOf(costs)).rejects.toThrow(/--costs: expected two numbers/);
});

it('the cheapest threshold is the highest of those that cost least', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { minLength: 1, maxLength: 60 });
  const cost = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(rows, cost, cost, (rows, falsePositive, falseNegative) => {
      const counts = scoredCounts(
        rows.map(([score]) => score / 20),
        rows.map(([, label]) => (label ? 1 : 0)),
      );
      const costs = { falsePositive, falseNegative };
      const steps = allThresholds(counts).map((step) => ({ ...step, cost: meanCost(step.counts, costs) }));
      const cheapest = steps.reduce((best, step) => (step.cost < best.cost ? step : best));
      expect(cheapestThreshold(counts, costs).value).toEqual(cheapest);
    }),
  );
});

it('a group that stood below four fifths of the best already is known', async () => {
  const at = (rows: readonly LoanRow[]): LoanRow[] =>
    changed(rows, (_, i) => {
      const sex = i % 10 < 3 ? 'A' : i % 10 < 6 ? 'C' : 'B';
      const rate = { A: 8, C: 5, B: 4 }[sex]!;
      return { sex, prediction: Math.floor(i / 10) % 10 < rate ? 1 : 0 };
    });
  const report = await judge(at(NOW), FLAGS, {}, at(NOW));
  const verdicts = report.checks.filter(({ id }) => id.startsWith('four_fifths/')).map(({ id, verdict }) => [id, verdict]);
  expect(verdicts).toContainEqual(['four_fifths/sex=C', 'warn']);
  expect(verdicts.map(([, verdict]) => verdict)).not.toContain('fail');
  expect(metricOf(report, 'impact_ratio', { facet: 'sex=C' }).value).toBeCloseTo(5 / 8, 12);
  expect(report.checks.find(({ id }) => id === 'four_fifths/sex=C')!.message).toContain('0.625 in the baseline already');
});

it('a group that stood below four fifths already, and stands far below that now, fails', async () => {
  const at = (rows: readonly LoanRow[], share: number): LoanRow[] =>
    changed(rows, (_, i) => {
      const sex = i % 2 === 0 ? 'A' : 'B';
      return { sex, prediction: (i >> 1) % 100 < (sex === 'A' ? 40 : share) ? 1 : 0 };
    });
  const verdict = async (share: number) => {
    const report = await judge(at(NOW, share), FLAGS, {}, at(BASE, 24));
    const { verdict, message } = report.checks.find(({ id }) => id === 'four_fifths/sex=B')!;
    return [verdict, message];
  };
  expect(await verdict(22)).toEqual(['warn', expect.stringContaining('0.6 in the baseline already')]);
  expect(await verdict(6)).toEqual(['fail', expect.stringMatching(/chosen 0\.15 times .*, 0\.6 in the baseline;/)]);
  expect(await verdict(0)).toEqual(['fail', expect.stringContaining('chosen 0 times')]);
});
