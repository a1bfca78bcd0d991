import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { renderHtml, renderMarkdown, renderText } from '../../layers/quality/report/index.ts';
import { november } from './reports.ts';

const report = november();
report.findings[0]!.change = { at: '2026-11-22T12:00:00.000Z', before: 0.031, after: 0.31, windows: 31, pValue: 0.0005 };
const WORDS = 'issing rate changed at 2026-11-22 12:00 UTC from 3.1 % to 31 %; beyond its threshold since 2026-11-22 14:00 UTC';

it('A change is said where it is since when, on the page, in Markdown and in text', () => {
  const { document } = parseHTML(renderHtml(report));
  expect(document.querySelector('.finding .since')!.textContent).toBe(`M${WORDS}`);
  expect(renderMarkdown(report)).toContain(`(m${WORDS})`);
  expect(renderText(report, { width: 400 })).toContain(`, m${WORDS}`);
});

it('A change that is when it began to fail is said with one time', () => {
  const first = { ...report.findings[0]!, since: report.findings[0]!.change!.at };
  const text = renderText({ ...report, findings: [first] }, { width: 400 });
  expect(text).toContain(', since 2026-11-22 12:00 UTC, when missing rate changed from 3.1 % to 31 %');
});
