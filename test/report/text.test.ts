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
