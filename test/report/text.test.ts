import { describe, expect, it } from 'vitest';
import { renderText } from '../../layers/quality/report/index.ts';
import { cells } from '../../layers/quality/report/visible.ts';
import { expectGolden } from './golden.ts';
import { outcomes, unlabelled } from './model-reports.ts';
import { calm, hostile, november, unreadable } from './reports.ts';

const ALL = { november, calm, unreadable, hostile, outcomes, unlabelled };

describe('the report on a terminal', () => {
  it.each(Object.keys(ALL) as (keyof typeof ALL)[])('is the golden text: %s', (name) => {
    expectGolden(`${name}.txt`, renderText(ALL[name](), { width: 140, saved: 'out/report.html' }));
  });

  it.each([40, 60, 80, 120, 200])('fits %d cells', (width) => {
    for (const make of Object.values(ALL))
      for (const line of renderText(make(), { width }).split('\n')) expect(cells(line)).toBeLessThanOrEqual(width);
  });

  it('says the same with colour and without', () => {
    const coloured = renderText(november(), { width: 100, colour: true });
    expect(coloured).toContain('\u001b[1;31mFAIL\u001b[0m');
    expect(coloured).toContain('\u001b[1;36mincome\u001b[0m');
    // biome-ignore lint/complexity/useRegexLiterals: a literal may not hold the escape character
    expect(coloured.replace(new RegExp('\\u001b\\[[0-9;]*m', 'g'), '')).toBe(renderText(november(), { width: 100 }));
  });

  it('lets no control character of the data through', () => {
    expect(renderText(hostile(), { width: 100 })).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });
});

describe('the first line on a terminal', () => {
  it('says how many other objects there are, however long the name of the first', () => {
    const report = calm();
    const [first] = report.subject.objects;
    report.subject.objects = [1, 2, 3, 4].map((i) => ({ ...first!, uri: `data/a-rather-long-name-of-a-folder/part-${i}.parquet` }));
    expect(renderText(report, { width: 80 })).toMatch(/^data\/a-rather-long-… and 3 other objects {2}/);
  });
});

describe('tables on a terminal', () => {
  const tables = (width: number): string[][] =>
    renderText(outcomes(), { width })
      .split('\n\n')
      .filter((block) => /^ {2}(True|origin) /.test(block))
      .map((block) => block.split('\n'));

  it('leave out the columns there is no room for, and say so', () => {
    const [confusion, groups] = tables(80);
    expect(confusion![0]).toMatch(/^ {2}True +predicted no +predicted yes$/);
    expect(groups![0]).toMatch(/^ {2}origin +Impact ratio +Favourable predictions +Rows {3}…$/);
    expect(tables(200)[1]![0]).toMatch(/Rows +True positive rate +Accuracy$/);
  });

  it('tell groups of long names apart, the most favoured always among them', () => {
    const report = outcomes();
    const [best, middle, least] = report.fairness!.facets[0]!.groups;
    const rate = { value: 0.3, low: 0.27, high: 0.33, rows: 100 };
    const others = Array.from({ length: 6 }, (_, i) => ({
      ...middle!,
      ...{ facet: `origin=${i}`, name: `a rather long name of group ${i}`, rates: { ...middle!.rates, selection_rate: rate } },
    }));
    report.fairness!.facets[0]!.groups = [best!, middle!, least!, ...others];
    const [, ...rows] = renderText(report, { width: 80 }).split('\n  origin ')[1]!.split('\n\n')[0]!.split('\n');
    expect(rows.map((row) => row.trim().split(/ {3,}/)[0])).toEqual([
      '<img src=x onerro…',
      'a rather long na…0',
      'a rather long na…1',
      'a rather long na…2',
      '4 more',
      'A',
    ]);
  });

  it('stand in columns: each number ends below the end of its head', () => {
    for (const [head, ...rows] of tables(120))
      for (const row of rows) expect(row.length).toBeLessThanOrEqual(head!.replace(/ {3}…$/, '').length);
  });
});
