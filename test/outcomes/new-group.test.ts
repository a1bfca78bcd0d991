import { describe, expect, it } from 'vitest';
import { FLAGS, judge, NOW } from './judge.ts';
import { metricOf } from './lab.ts';
import { changed } from './rows.ts';

const NEW = 'sex: other values';
/** A third of the men are called X, and those whom `refused` says are not chosen. */
const withOthers = (refused: (i: number) => boolean) =>
  changed(NOW, ({ sex, prediction }, i) => (sex === 'M' && i % 3 === 0 ? { sex: 'X', prediction: refused(i) ? 0 : prediction } : {}));

describe('a group that the baseline does not know', () => {
  it('fails where it is chosen far less often than the most favoured one', async () => {
    const rows = withOthers((i) => i % 4 > 0);
    const report = await judge(rows);
    const others = rows.filter(({ sex }) => sex === 'X');
    const check = report.checks.find(({ id }) => id === `four_fifths/${NEW}`)!;
    expect([check.verdict, check.message]).toEqual(['fail', expect.stringMatching(/four fifths/)]);
    const chosen = others.filter(({ prediction }) => prediction === 1).length / others.length;
    expect(metricOf(report, 'selection_rate', { facet: NEW })).toMatchObject({ rows: others.length });
    expect(metricOf(report, 'selection_rate', { facet: NEW }).value).toBeCloseTo(chosen, 12);
  });
  it('passes where it is treated as the others are', async () => {
    const report = await judge(withOthers(() => false));
    expect(report.checks.find(({ id }) => id === `four_fifths/${NEW}`)?.verdict ?? 'pass').toBe('pass');
    expect(report.checks.filter(({ id, verdict }) => id.includes('other values') && verdict === 'fail')).toEqual([]);
  });
  it('is not made of what is no group without a baseline, nor of a facet that names its group', async () => {
    const rows = withOthers((i) => i % 4 > 0);
    for (const report of [await judge(rows, FLAGS, {}, null), await judge(rows, { ...FLAGS, facet: ['sex=F'] })])
      expect(report.checks.filter(({ id }) => id.includes('other values'))).toEqual([]);
  });
});
