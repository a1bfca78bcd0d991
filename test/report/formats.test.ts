import { describe, expect, it } from 'vitest';
import { parseReport, REPORT_FORMATS, renderJson, renderJunit, renderMarkdown, renderReport } from '../../layers/quality/report/index.ts';
import { expectGolden } from './golden.ts';
import { outcomes, unlabelled } from './model-reports.ts';
import { calm, hostile, november, unreadable } from './reports.ts';

const ALL = { november, calm, unreadable, hostile, outcomes, unlabelled };
const NAMES = Object.keys(ALL) as (keyof typeof ALL)[];

describe('every format', () => {
  it.each(REPORT_FORMATS)('is written from the registry, the same bytes every time: %s', (format) => {
    for (const make of Object.values(ALL)) expect(renderReport(make(), format)).toBe(renderReport(structuredClone(make()), format));
  });
});

describe('JSON', () => {
  it.each(NAMES)('reads back as it was written: %s', (name) => {
    expect(parseReport(renderJson(ALL[name]()))).toEqual(ALL[name]());
    expect(renderJson(parseReport(renderJson(ALL[name](), { compact: true })))).toBe(renderJson(ALL[name]()));
  });

  it('has one order of keys, whatever order they came in', () => {
    const report = calm();
    report.checks[0]!.evidence = { b: 1, a: [{ d: 1, c: Number.NaN }] };
    const shuffled = Object.fromEntries(Object.entries(report).reverse()) as typeof report;
    expect(renderJson(shuffled)).toBe(renderJson(report));
    expect(JSON.parse(renderJson(shuffled)).checks[0].evidence).toEqual({ a: [{ c: 'NaN', d: 1 }], b: 1 });
  });

  it('says where a report is not one', () => {
    const broken = JSON.parse(renderJson(november()));
    broken.checks[3].verdict = 'bad';
    expect(() => parseReport(JSON.stringify(broken))).toThrow(/^report\.checks\[3\]\.verdict: /);
    expect(() => parseReport('{')).toThrow(/not JSON/);
  });
});

describe('JUnit', () => {
  it.each(['november', 'hostile', 'unreadable', 'outcomes'] as const)('is the golden file: %s', (name) =>
    expectGolden(`${name}.xml`, renderJunit(ALL[name]())),
  );

  it('is well-formed and counts what failed', () => {
    for (const make of Object.values(ALL)) expect(unclosed(renderJunit(make()))).toEqual([]);
    expect(renderJunit(november())).toContain('<testsuites name="credit-risk" tests="51" failures="6" errors="0" skipped="0">');
  });
});

describe('Markdown', () => {
  it.each(NAMES)('is the golden file: %s', (name) => expectGolden(`${name}.md`, renderMarkdown(ALL[name]())));

  it('keeps hostile text text, each row in its cells', () => {
    for (const make of [hostile, outcomes]) {
      const text = renderMarkdown(make());
      expect(text).not.toMatch(/<script|<img/);
      const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
      expect(tables.length).toBeGreaterThan(1);
      for (const rows of tables.map((table) => table.split('\n')))
        for (const row of rows) expect(row.split('|').length).toBe(rows[1]!.split('|').length);
    }
  });
});

/** Elements left open, or closed out of turn. */
function unclosed(xml: string): string[] {
  const open: string[] = [];
  for (const [, close, name, self] of xml.matchAll(/<(\/?)([a-z-]+)(?:\s+[a-z]+="[^"<]*")*\s*(\/?)>/g)) {
    if (close !== '' && open.at(-1) !== name) return [...open, name!];
    if (close !== '') open.pop();
    else if (self === '') open.push(name!);
  }
  return open;
}
