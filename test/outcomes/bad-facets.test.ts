import { describe, expect, it } from 'vitest';
import { hintsOf } from '../../bin/column-flags.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { BASE, FLAGS, fallen, judge, lab, NOW, notes, write } from './judge.ts';
import { type Flags, faultsOf, type More, metricOf, metricValue, outcomeRows } from './lab.ts';
import { changed, type LoanRow, loanRows, type Row, without } from './rows.ts';

describe('facets', () => {
  it('of a value that nobody has: reasons, a note', async () => {
    const report = await judge(NOW, { ...FLAGS, facet: ['sex=X'] });
    for (const row of outcomeRows(report).filter(({ facet }) => facet === 'sex=X'))
      if (row.metric !== 'class_imbalance' && row.code !== 'GE')
        expect([row.metric, row.value, row.reason]).toEqual([row.metric, null, expect.stringMatching(/./)]);
    expect(notes(report)).toContain('sex=X');
    expect(fallen(report)).toEqual([]);
  });
  it('of a value that a few have: not that nobody has it', async () => {
    const rare = changed(NOW, ({ sex }, i) => (i < 4 ? { sex: 'X' } : { sex }));
    const said = notes(await judge(rare, { ...FLAGS, facet: ['sex=X'] }, {}, null));
    expect(said).toContain('Facet sex=X: its values make no group, too rare or not known to the baseline: sex holds "F", "M".');
    expect(said).not.toContain('no row');
  });
  it('that cover everything: reasons, a note', async () => {
    const all = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, () => ({ sex: 'F' }));
    const report = await judge(all(NOW), { ...FLAGS, facet: ['sex=F', 'x=-5..500'] }, {}, all(BASE));
    for (const facet of ['sex=F', '-5 < x ≤ 500']) {
      expect(metricOf(report, 'disparate_impact', { facet })).toMatchObject({
        value: null,
        reason: expect.stringMatching(/outside|rest|other/),
      });
      expect(notes(report)).toContain(facet);
    }
    expect(fallen(report)).toEqual([]);
  });
  it.each([
    ['sex', 'sex'],
    ['sex', 'sex=F'],
    ['x=..30', 'x=..30'],
  ])('%s and %s are judged once', async (...facet) => {
    const report = await judge(NOW, { ...FLAGS, facet, segment: ['region', 'region'] });
    const rows = outcomeRows(report).map(({ metric, code, segment, facet, parameters }) =>
      JSON.stringify([metric, code, segment, facet, parameters]),
    );
    expect(new Set(rows).size).toBe(rows.length);
    expect(new Set(report.checks.map(({ id }) => id)).size).toBe(report.checks.length);
  });
  it('conditioned on a variable of rare values, which is a segment too: the same disparity', async () => {
    const rare = changed(NOW, (_, i) => ({ region: `r${i % 700}` }));
    const of = async (flags: Flags) =>
      metricOf(await judge(rare, flags, { groupVariable: 'region' }, null), 'conditional_demographic_disparity_in_labels', {
        facet: 'sex=F',
      }).value;
    expect(await of(FLAGS)).toBe(await of({ ...FLAGS, segment: [] }));
  });
  it('conditioned on the facet itself: no disparity is left, and nothing else is other', async () => {
    const report = await judge(NOW, { ...FLAGS, facet: ['sex=F'], segment: [] }, { groupVariable: 'sex' });
    for (const what of ['labels', 'predicted_labels'])
      expect(metricOf(report, `conditional_demographic_disparity_in_${what}`, { facet: 'sex=F' }).value).toBe(0);
    expect(notes(report)).not.toContain('too many values');
  });
  it('of 10,000 values: a bounded report, and a note', async () => {
    const many = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, (_, i) => ({ sex: `v${i % 10_000}` }));
    const report = await judge(many(loanRows(50_000, 3)), FLAGS, {}, many(loanRows(50_000, 4)));
    expect(JSON.stringify(report).length).toBeLessThan(2_000_000);
    expect(notes(report)).toContain('sex has more than 1,000 values');
    expect(fallen(report)).toEqual([]);
  });
  it('of 10,000 values with too few rows each are not dropped without a word', async () => {
    const many = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, (_, i) => ({ sex: `v${i % 10_000}` }));
    for (const base of [many(loanRows(20_000, 4)), null]) {
      const report = await judge(many(loanRows(20_000, 3)), FLAGS, {}, base);
      expect(notes(report)).toMatch(/sex/);
    }
  });
  it('a group that the baseline did not have, and that is never chosen, is judged or at least said', async () => {
    const rows = changed(NOW, (_, i) => (i % 3 === 0 ? { sex: 'X', prediction: 0 } : {}));
    const report = await judge(rows);
    const said = [
      ...outcomeRows(report).map(({ facet }) => facet ?? ''),
      ...report.checks.filter(({ factor }) => factor === 'fairness').map(({ id }) => id),
      ...report.notes,
    ].filter((text) => /\bX\b|other values/.test(text));
    expect(said).not.toEqual([]);
  });
  it('whose column is not in the data: the missing column is the finding', async () => {
    const report = await judge(without(NOW, 'sex'));
    expect(report.checks.find(({ id }) => id === 'missing_column/sex')?.verdict).toBe('fail');
    expect(report.factors.fairness).toBe('not_applicable');
  });
  it('over text by interval: nobody is in it, and that is said', async () => {
    const report = await judge(NOW, { ...FLAGS, facet: ['sex=1..5'] });
    expect(notes(report)).toContain('1 < sex ≤ 5');
  });
  it('that is the label, a number, or a segment as well', async () => {
    for (const flags of [
      { ...FLAGS, facet: ['label'] },
      { ...FLAGS, facet: ['x=50'] },
      { ...FLAGS, facet: ['sex'], segment: ['sex', 'sex,region'] },
    ])
      await judge(NOW, flags);
  });
  it('beyond the largest double are an interval, or one clear message', async () => {
    const report = await judge(NOW, { ...FLAGS, facet: ['x=1e999..'] }).catch((reason: Error) => {
      if (reason.name === 'UsageError') return null;
      throw reason;
    });
    expect(report).toBeDefined();
  });
  it('a group variable whose column the data does not have is no crash', async () => {
    await judge(without(NOW, 'region'), { ...FLAGS, segment: [] }, { groupVariable: 'region' });
  });
  it('by a group variable of so many values that combinations cannot be kept have all else, or a note', async () => {
    const many = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, (_, i) => ({ sex: `v${i % 400}`, region: `g${i % 350}` }));
    const report = await judge(
      many(loanRows(12_000, 3)),
      { ...FLAGS, segment: [] },
      { groupVariable: 'region' },
      many(loanRows(12_000, 4)),
    );
    expect(outcomeRows(report).filter(({ metric }) => metric === 'difference_in_positive_proportions_in_predicted_labels')).not.toEqual([]);
  });
  it('with segments of so many combinations that they are not kept say so', async () => {
    const many = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, (_, i) => ({ sex: `v${i % 400}`, region: `g${i % 350}` }));
    const report = await judge(many(loanRows(12_000, 3)), { ...FLAGS, facet: [], segment: ['sex,region'] }, {}, many(loanRows(12_000, 4)));
    expect(outcomeRows(report).some(({ segment }) => segment !== null) || /sex.*region|combin/i.test(notes(report))).toBe(true);
  });
  it('a value that is called "(other values)" is a value', async () => {
    const odd = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ sex }) => ({ sex: sex === 'F' ? '(other values)' : 'M' }));
    const report = await judge(odd(NOW), FLAGS, {}, odd(BASE));
    expect(metricOf(report, 'selection_rate', { facet: 'sex=(other values)' }).value).not.toBeNull();
  });
  it.each(['multiclass', 'regression'] as const)('%s: asked for where fairness is not judged: said', async (problem) => {
    const of = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ label, x }, i) =>
        problem === 'regression' ? { label: x * 1.5, prediction: x } : { label: `c${(i + label) % 4}`, prediction: `c${i % 4}` },
      );
    const { score: _, ...flags } = FLAGS;
    const report = await judge(of(NOW), { ...(flags as Flags), problem }, {}, of(BASE));
    expect(report.fairness).toBeUndefined();
    expect(notes(report)).toMatch(/fairness|facet/i);
  });
});

describe('hostile names and values', () => {
  const HOSTILE = `a"b'c; DROP TABLE x;--<script>alert(1)</script>\nnew, =[|]`;
  const VALUE = `'"; <b>&\n</b>`;
  const renamed = (rows: readonly LoanRow[]): Row[] =>
    rows.map(({ sex, region, label, prediction, ...row }) => ({
      ...row,
      [HOSTILE]: sex === 'F' ? VALUE : 'M',
      [`${HOSTILE}2`]: region === 'N' ? `"',(${VALUE}` : region,
      [`${HOSTILE}l`]: label ? VALUE : `'--`,
      [`${HOSTILE}p`]: prediction ? VALUE : `'--`,
    }));
  it('in columns, values, labels, facets and segments change no number', async () => {
    const flags: Flags = {
      ...{ label: `${HOSTILE}l`, prediction: `${HOSTILE}p`, score: ['score'], id: 'id', positive: [VALUE] },
      type: [`${HOSTILE}=category`, `${HOSTILE}2=category`],
    };
    expect(hintsOf(flags, null).get(`${HOSTILE}2`)).toEqual({ type: 'category' });
    const all = { column: HOSTILE, values: null, above: null, upTo: null };
    const more: More = { facets: [all, { ...all, values: [VALUE] }], segments: [[`${HOSTILE}2`], [`${HOSTILE}2`, HOSTILE]] };
    const [report, plain] = [await judge(renamed(NOW), flags, more, renamed(BASE)), await judge(NOW)];
    for (const id of ['accuracy', 'roc_auc', 'precision']) expect([id, metricValue(report, id)]).toEqual([id, metricValue(plain, id)]);
    expect(metricValue(report, 'selection_rate', { facet: `${HOSTILE}=M` })).toBe(metricValue(plain, 'selection_rate', { facet: 'sex=M' }));
    expect(metricValue(report, 'accuracy', { segment: `${HOSTILE}2=S` })).toBe(metricValue(plain, 'accuracy', { segment: 'region=S' }));
    expect(fallen(report)).toEqual([]);
    const { renderReport } = await import('../../layers/quality/report/index.ts');
    expect(renderReport(report, 'html')).not.toContain('<script>alert(1)');
    expect(renderReport(report, 'html')).not.toContain('<b>&</b>');
  });
  it('that differ in blanks, case or emptiness are groups of their own, or missing', async () => {
    const odd = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, (_, i) => ({ sex: ['F', ' F', 'F ', 'f', '', null, 'Ｆ', 'F\t'][i % 8] }));
    await judge(odd(NOW), FLAGS, {}, odd(BASE));
  });
  describe('with a NUL in them, from Parquet', () => {
    const table = async (rows: readonly Row[], replaced: string): Promise<string> =>
      lab.parquet(`SELECT * REPLACE (${replaced}) FROM read_csv('${write(rows)}')`);
    const judged = async (replaced: string, flags: Flags): Promise<Report> => {
      const before = await lab.baseline(await table(BASE, replaced), flags);
      const report = await lab.check(before, await table(NOW, replaced), flags);
      expect(faultsOf(report)).toEqual([]);
      return report;
    };
    const SEX = `CASE WHEN sex = 'F' THEN 'F' || chr(0) ELSE sex END AS sex`;
    it('a feature, without outcomes', async () => {
      await judged(SEX, { ignore: ['label', 'prediction', 'score'], type: ['sex=category'] });
    });
    it('a facet', async () => {
      await judged(SEX, FLAGS);
    });
    it('a feature, where there are labels', async () => {
      await judged(SEX, { ...FLAGS, facet: [], type: ['sex=category'] });
    });
    it('a label', async () => {
      const words = (name: string): string => `CASE WHEN ${name} = 1 THEN 'y' || chr(0) ELSE 'n' END AS ${name}`;
      await judged(`${words('label')}, ${words('prediction')}`, { ...FLAGS, positive: ['y\u0000'] });
    });
  });
  it('a class whose text ends in a tab or a new line is the class that was named', async () => {
    for (const end of ['\t', '\n', '\u00a0']) {
      const words = (rows: readonly LoanRow[]): LoanRow[] =>
        changed(rows, ({ label, prediction }) => ({ label: label ? `yes${end}` : 'no', prediction: prediction ? `yes${end}` : 'no' }));
      const report = await judge(words(NOW), { ...FLAGS, positive: [`yes${end}`] }, {}, words(BASE));
      expect(metricValue(report, 'accuracy')).toBeCloseTo(0.7545, 9);
    }
  });
});
