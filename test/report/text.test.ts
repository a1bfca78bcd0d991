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

  it('stand in columns: each number ends below the end of its head', () => {
    for (const [head, ...rows] of tables(120))
      for (const row of rows) expect(row.length).toBeLessThanOrEqual(head!.replace(/ {3}…$/, '').length);
  });
});
