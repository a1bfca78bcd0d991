import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { draws } from '../checks/draw.ts';
import { BASE, FLAGS, fallen, judge, NOW, notes } from './judge.ts';
import { type Flags, metricOf, metricValue, outcomeChecks, outcomeRows } from './lab.ts';
import { changed, type LoanRow, loanRows, without } from './rows.ts';

describe('weights', () => {
  const weighed: Flags = { ...FLAGS, weight: 'weight' };
  it('that are negative, NaN, missing or infinite leave their rows out, and are counted', async () => {
    const of = (i: number): unknown => [1, -1, 'NaN', '', 'Infinity', 2][i % 6];
    const report = await judge(
      changed(NOW, (_, i) => ({ weight: of(i) })),
      weighed,
    );
    expect(notes(report)).toContain('1,333 of 2,000 rows have a weight (weight) that is missing, negative, infinite or above 1e30');
    const used = changed(NOW, (_, i) => ({ weight: of(i) })).filter((_, i) => i % 6 === 0 || i % 6 === 5);
    const all = used.reduce((sum, { weight }) => sum + weight, 0);
    const right = used.reduce((sum, { weight, label, prediction }) => sum + (label === prediction ? weight : 0), 0);
    expect(metricValue(report, 'accuracy')).toBeCloseTo(right / all, 12);
    expect(metricOf(report, 'accuracy').rows).toBe(used.length);
    expect(report.performance!.weight).toBe('weight');
    expect(report.performance!.confusion!.cells.flat().reduce((sum, cell) => sum + cell, 0)).toBeCloseTo(all, 9);
    expect((await judge(NOW, FLAGS)).performance!.weight).toBeUndefined();
  });
  it.each([1e31, 1e160, 1e308])('of %d, whose squares are not to be added up, leave their rows out', async (weight) => {
    const all = await judge(
      changed(NOW, () => ({ weight })),
      weighed,
    );
    expect(notes(all)).toContain('2,000 of 2,000 rows have a weight (weight) that is missing, negative, infinite or above 1e30: accuracy');
    const some = await judge(
      changed(NOW, (_, i) => ({ weight: i % 4 === 0 ? weight : 1 })),
      weighed,
    );
    expect(notes(some)).toContain('500 of 2,000 rows have a weight (weight)');
    expect(metricOf(some, 'accuracy').rows).toBe(1500);
  });
  it('that are all unusable, or all 0: nothing is said, and the rest of the report is there', async () => {
    for (const weight of [-1, 0]) {
      const report = await judge(
        changed(NOW, () => ({ weight })),
        weighed,
      );
      expect(outcomeRows(report).filter(({ metric, value }) => metric === 'accuracy' && value !== null)).toEqual([]);
      expect(report.performance!.rows.judged).toBe(0);
    }
  });
  it.each([1e-6, 1e6])('times %d change no value, interval or verdict', async (factor) => {
    const times = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ weight }) => ({ weight: weight * factor }));
    const [plain, other] = [await judge(NOW, weighed), await judge(times(NOW), weighed, {}, times(BASE))];
    const of = (report: Report) =>
      Object.fromEntries(
        outcomeRows(report)
          .filter(
            ({ metric, factor: of, code }) => of === 'accuracy' && !metric.endsWith('_count') && !metric.startsWith('estimated') && !code,
          )
          .map(({ metric, segment, parameters, value }) => [JSON.stringify([metric, segment, parameters]), Number(value)]),
      );
    const [a, b] = [of(plain), of(other)];
    expect(Object.keys(a)).toEqual(Object.keys(b));
    for (const [key, value] of Object.entries(a)) expect([key, b[key]]).toEqual([key, expect.closeTo(value, 9)]);
    expect(fallen(other)).toEqual(fallen(plain));
  });
  it('below 1 keep the p-values of gaps between groups', async () => {
    const times = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ weight }) => ({ weight: weight * 1e-4 }));
    const report = await judge(times(NOW), weighed, {}, times(BASE));
    const gaps = outcomeChecks(report).filter(({ id }) => id.startsWith('fairness_gap/'));
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.filter(({ pValue }) => pValue === null).map(({ id }) => id)).toEqual([]);
  });
  it('below 1 do not turn a chance gap of a small group into a failure', async () => {
    const times = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, () => ({ weight: 1e-4 }));
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const rows = loanRows(120, seed);
      const plain = await judge(rows, FLAGS);
      expect([seed, fallen(plain)]).toEqual([seed, []]);
      expect([seed, fallen(await judge(times(rows), weighed, {}, times(BASE)))]).toEqual([seed, []]);
    }
  });
  it.each([
    ['no labels', 1000, () => ({ label: null })],
    ['no predictions', 1000, () => ({ prediction: null })],
  ])('of rows with %s do not count as rows: times %d they change no interval and no verdict', async (_, factor, lacking) => {
    const { score: _score, ...flags } = weighed;
    const of = (times: number): Promise<Report> =>
      judge(
        changed(NOW.slice(0, 300), ({ weight }) => ({ weight: weight * times, ...lacking() })),
        flags,
        {},
        null,
      );
    const [plain, other] = [await of(1), await of(factor)];
    const rates = (report: Report) =>
      outcomeRows(report)
        .filter(({ metric }) => /selection_rate|base_rate|impact_ratio/.test(metric))
        .flatMap(({ interval }) => interval ?? []);
    expect(rates(plain).length).toBeGreaterThan(3);
    expect(rates(other).map((end) => Number(end))).toEqual(rates(plain).map((end) => expect.closeTo(Number(end), 9)));
    expect(fallen(other)).toEqual(fallen(plain));
  });
  it('vary in one group alone: its rate has one interval, as wide as its own weights make it', async () => {
    const rows = changed(NOW, ({ sex, label }, i) => ({
      sex: i % 12 === 0 ? 'X' : sex,
      label,
      weight: i % 12 === 0 ? (i % 5 === 0 ? 40 : 0.1) : 1,
    }));
    const report = await judge(rows, weighed, {}, null);
    const group = report.fairness!.facets[0]!.groups.find(({ name }) => name === 'X')!;
    const { low, high } = group.rates.selection_rate!;
    expect(
      outcomeRows(report).find(({ metric, facet, segment }) => metric === 'selection_rate' && facet === 'sex=X' && segment === null)!
        .interval,
    ).toEqual([low, high]);
    expect(high - low).toBeGreaterThan(0.2);
  });
  it('of long tails do not make labels that are missing at random look missing in one segment', async () => {
    const { normal, uniform } = draws(3);
    for (let trial = 0; trial < 12; trial++) {
      const rows = changed(loanRows(2000, trial), ({ label }) => ({
        ...{ weight: Math.exp(2 * normal()), region: String.fromCharCode(65 + Math.floor(uniform() * 8)) },
        label: uniform() < 0.4 ? null : label,
      }));
      const report = await judge(rows, weighed, {}, null);
      expect(outcomeChecks(report).find(({ id }) => id === 'label_coverage/region')?.pValue ?? 1).toBeGreaterThan(0.001);
    }
  });
  it('rows judged are rows, whatever they weigh', async () => {
    const report = await judge(
      changed(NOW, ({ weight }) => ({ weight: weight * 1000 })),
      weighed,
    );
    expect(report.performance!.rows.judged).toBe(2000);
  });
  it('end estimates, and that is said', async () => {
    const times = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ weight }) => ({ weight: weight * 1e-4 }));
    const rows = changed(times(NOW), () => ({ label: null }));
    const report = await judge(rows, weighed, {}, times(BASE));
    expect(report.checks.filter(({ id }) => id.startsWith('estimated_performance/'))).toEqual([]);
    expect(report.notes.join(' ')).toMatch(/nothing is estimated before labels come/);
  });
  it('that estimates would have to take too: unchanged data is no fall', async () => {
    // The model is certain, and right, of heavy rows; of light ones it knows little.
    const heavy = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ score, label }, i) => {
        const sure = i % 2 === 0;
        return sure ? { score: label ? 0.99 : 0.01, prediction: label, weight: 20 } : { score, weight: 1 };
      });
    const report = await judge(
      changed(heavy(NOW), () => ({ label: null })),
      weighed,
      {},
      heavy(BASE),
    );
    expect(fallen(report).filter((id) => id.startsWith('estimated_performance/'))).toEqual([]);
  });
  it('times a thousand leave the p-values of gaps between groups as they were', async () => {
    const times = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ weight }) => ({ weight: weight * 1000 }));
    const of = (report: Report): Record<string, number> =>
      Object.fromEntries(outcomeChecks(report).flatMap(({ id, pValue }) => (id.startsWith('fairness_gap/') ? [[id, pValue ?? -1]] : [])));
    const [plain, other] = [of(await judge(NOW, weighed)), of(await judge(times(NOW), weighed, {}, times(BASE)))];
    for (const [id, p] of Object.entries(plain)) expect([id, other[id]]).toEqual([id, expect.closeTo(p, 9)]);
  });
  /** Whose intervals are not drawn. */
  const CLOSED = ['selection_rate', 'true_positive_rate', 'selection_rate_difference', 'impact_ratio', 'disparate_impact'];
  it('times a million leave the intervals within segments, and of impact ratios, as they were', async () => {
    const times = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ weight }) => ({ weight: weight * 1e6 }));
    const [plain, other] = [await judge(NOW, weighed), await judge(times(NOW), weighed, {}, times(BASE))];
    const wrong = outcomeRows(plain).flatMap((row) => {
      if (row.factor !== 'fairness' || row.interval === null || !CLOSED.includes(row.metric)) return [];
      const { interval } = metricOf(other, row.metric, row);
      const same = interval !== null && [0, 1].every((k) => Math.abs(Number(interval[k]) - Number(row.interval![k])) < 1e-6);
      return same ? [] : [`${row.metric} ${row.facet} ${row.segment ?? ''}: ${row.interval} → ${interval}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('tables', () => {
  it('of one row', async () => {
    for (const base of [BASE, null]) {
      const report = await judge(NOW.slice(0, 1), FLAGS, {}, base);
      expect(report.performance!.rows.all).toBe(1);
      expect(report.factors.accuracy).toBe('not_applicable');
    }
  });
  it('of no rows', async () => {
    for (const base of [BASE, null]) {
      const report = await judge([], FLAGS, {}, base);
      expect(outcomeRows(report)).toEqual([]);
      expect(report.factors.accuracy).toBe('not_applicable');
    }
  });
  it('against a baseline of one row', async () => {
    const report = await judge(NOW, FLAGS, {}, BASE.slice(0, 1));
    expect(metricValue(report, 'accuracy')).toBeGreaterThan(0.7);
  });
  it('against a baseline without labels, or with empty ones: values, but no check', async () => {
    for (const base of [without(BASE, 'label'), changed(BASE, () => ({ label: null }))]) {
      const report = await judge(NOW, FLAGS, {}, base);
      expect(metricValue(report, 'accuracy')).toBe(metricValue(await judge(NOW), 'accuracy'));
      expect(report.checks.filter(({ id }) => id.startsWith('performance/'))).toEqual([]);
    }
  });
  it('a baseline without labels is said to be the reason why accuracy was compared with nothing', async () => {
    const report = await judge(NOW, FLAGS, {}, without(BASE, 'label'));
    expect(notes(report)).toMatch(/baseline.*label|label.*baseline/i);
  });
});
