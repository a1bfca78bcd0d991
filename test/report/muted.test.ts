import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderHtml, renderMarkdown, renderText } from '../../layers/quality/report/index.ts';
import { november } from './reports.ts';

describe('A muted finding', () => {
  const report = november();
  report.findings[0]!.muted = { reason: 'known <b>& mended', by: 'Ana', until: '2026-12-01T09:00:00Z' };

  it('says on the page until when, by whom and why', () => {
    const { document } = parseHTML(renderHtml(report));
    const [first, second] = document.querySelectorAll('.finding');
    expect(first!.textContent).toContain('Muted until 2026-12-01 09:00 UTC by Ana: known <b>& mended');
    expect(second!.textContent).not.toContain('Muted');
  });

  it.each([renderMarkdown, (of: typeof report) => renderText(of, { width: 400 })])('says so in its line', (render) => {
    const found = render(report)
      .split('\n')
      .filter((line) => line.includes('muted until 2026-12-01 09:00 UTC'));
    expect(found).toHaveLength(1);
    expect(render(november())).not.toContain('muted until');
  });
});
