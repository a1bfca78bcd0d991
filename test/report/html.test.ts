import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../layers/quality/report/index.ts';
import { bell, categories, column, ReportBuilder } from './fixtures.ts';
import { expectGolden } from './golden.ts';
import { outcomes, unlabelled } from './model-reports.ts';
import { calm, HOSTILE, hostile, november, unreadable } from './reports.ts';

const ALL = { november, calm, unreadable, hostile, outcomes, unlabelled };
const NAMES = Object.keys(ALL) as (keyof typeof ALL)[];

describe('the page', { timeout: 30_000 }, () => {
  it.each(['calm', 'unreadable', 'hostile', 'outcomes', 'unlabelled'] as const)('is the golden page: %s', (name) => {
    expectGolden(`${name}.html`, renderHtml(ALL[name](), { command: 'assay check november.parquet --baseline october/' }));
  });

  it('is under a megabyte for 20 columns', () => expect(Buffer.byteLength(renderHtml(november()))).toBeLessThan(1_000_000));

  it.each(NAMES)('is the same bytes every time: %s', (name) =>
    expect(renderHtml(ALL[name]())).toBe(renderHtml(structuredClone(ALL[name]()))),
  );

  it.each(NAMES)('runs nothing and loads nothing: %s', (name) => {
    const text = renderHtml(ALL[name]());
    expect(text).not.toMatch(/<script|<iframe|<object|<link(?! rel="icon" href="data:,")|@import|url\(/i);
    expect(text).not.toMatch(/(?:src|href|action)\s*=\s*["']?(?:https?:|\/\/|javascript:)/i);
    const { document } = parseHTML(text);
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'");
  });

  it.each(NAMES)('gives every picture a text: %s', (name) => {
    const { document } = parseHTML(renderHtml(ALL[name]()));
    for (const svg of document.querySelectorAll('svg')) {
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.getAttribute('aria-label')).toMatch(/\S{3}/);
    }
  });

  it.each(NAMES)('links only to what it holds, each anchor once: %s', (name) => {
    const { document } = parseHTML(renderHtml(ALL[name]()));
    const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of document.querySelectorAll('a')) expect(ids).toContain(link.getAttribute('href')?.slice(1));
  });
});

describe('hostile names', () => {
  it('stay text: no element and no attribute comes of them', () => {
    const text = renderHtml(hostile(), { command: HOSTILE });
    const { document } = parseHTML(text);
    expect(document.querySelectorAll('script, img, body > svg').length).toBe(0);
    for (const node of document.querySelectorAll('*')) for (const { name } of node.attributes) expect(name).not.toMatch(/^on/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });
});

describe('what a reader is told', () => {
  const page = parseHTML(renderHtml(november())).document;

  it('first the verdict, the counts and the sentence', () => {
    expect(page.querySelector('h1')?.textContent).toBe('Fail 6 of 51 checks failed, 1 warned');
    expect(page.querySelector('.summary')?.textContent).toContain('income lost a third');
  });

  it('how much, what chance explains, against what, and from where', () => {
    const numbers = [...page.querySelectorAll('.finding')].map((card) =>
      [...card.querySelectorAll('.numbers dd')].map((cell) =>
        cell.innerHTML.replace(/<small>.*/, '').replace(/&(.)t;/, (_: string, c: string) => (c === 'g' ? '>' : '<')),
      ),
    );
    expect(numbers[0]).toEqual(['31 %', '3 %', '+28 points', '> 5 points', '< 0.0001', '31 %']);
    expect(numbers[1]?.slice(0, 4)).toEqual(['0.87', '0.008', '0.87', '> 0.1']);
    expect(numbers[3]?.[3]).toBe('> 0.05');
  });

  it('all columns, the worst first', () => {
    const names = [...page.querySelectorAll('.column .title')].map((cell) => cell.textContent);
    expect(names).toHaveLength(20);
    expect(names.slice(0, 4)).toEqual(['income', 'debt_ratio', 'channel', 'age']);
  });

  it('why a factor is not judged', () => {
    const details = [...page.querySelectorAll('.factors p')].map((cell) => cell.textContent);
    expect(details).toHaveLength(9);
    expect(details[2]).toBe('labels are expected 7 days after each row');
    expect(details[3]).toBe('needs facets: name the columns with --facet');
  });
});

describe('pictures', () => {
  it('round shares, and call nothing 0 or 100 % that is only nearly so', () => {
    const shares: [string, number, number][] = [
      ['cash', 0.3239, 0.6761],
      ['card', 0.0546, 0.996],
      ['none', 0.0004, 1],
    ];
    const { document } = parseHTML(renderHtml(new ReportBuilder().column(column('paid', categories(shares))).build()));
    const texts = [...document.querySelectorAll('svg.plot text')].map((node) => node.textContent);
    expect(texts).toEqual(expect.arrayContaining(['32 → 68 %', '5.5 → > 99 %', '< 0.1 → 100 %']));
  });

  it('survive a single bin, no bins, and everything missing', () => {
    const builder = new ReportBuilder();
    builder
      .column(column('one', { kind: 'number', bars: [{ label: null, from: null, to: null, baseline: 1, current: 1 }], missing: null }))
      .column(column('empty', { kind: 'number', bars: [], missing: { baseline: 0, current: 1 } }))
      .column(column('gone', bell(0, 1, 0, { baseline: 0, current: 1 })))
      .column(column('zero', categories([['a', 0, 0]])))
      .column(column('nothing', categories([])));
    expect(renderHtml(builder.build())).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('show the largest categories and the rest as one', () => {
    const builder = new ReportBuilder();
    const rows = Array.from({ length: 30 }, (_, i): [string, number, number] => [`c${i}`, (30 - i) / 465, (30 - i) / 465]);
    builder.column(column('many', categories(rows, { baseline: 0, current: 0.2 })));
    const { document } = parseHTML(renderHtml(builder.build()));
    const texts = [...document.querySelectorAll('svg.plot text')].map((node) => node.textContent);
    expect(texts).toEqual(expect.arrayContaining(['c0', 'c8', '21 others', '(missing)']));
    expect(texts).not.toContain('c9');
  });
});
