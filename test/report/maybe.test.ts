import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../layers/quality/contract/report.ts';
import { renderHtml } from '../../layers/quality/report/index.ts';
import { bell, categories, column, ReportBuilder } from './fixtures.ts';

/** What the first finding may be, where the answers and an input drifted by so much. */
function maybe(of: {
  answers: number;
  input: number;
  cause?: Cause;
  segment?: string;
  extra?: boolean;
  judged?: boolean;
}): string | undefined {
  const builder = new ReportBuilder();
  const answers = categories([
    ['yes', 0.2, 0.2 + of.answers],
    ['no', 0.8, 0.8 - of.answers],
  ]);
  builder.column(column('income', bell(0, 100, of.input))).drift('income', of.input);
  if (of.judged === false) builder.checks.at(-1)!.verdict = 'not_applicable';
  builder.column(column('approved', answers, { role: 'prediction' })).drift('approved', of.answers);
  const cause = of.cause ?? 'performance_drop';
  builder.finding('It fell', cause, 'fail', cause === 'shift' ? ['approved'] : [], ['drift/approved'], 1);
  if (of.segment !== undefined) builder.findings.at(-1)!.segments.push(of.segment);
  if (of.extra) builder.finding('postcode: a column the baseline does not have', 'extra_column', 'fail', ['postcode'], [], null);
  const { document } = parseHTML(renderHtml(builder.build({ summary: 'It fell.', rejected: [], notes: [] })));
  return document.querySelector('.finding .maybe')?.textContent.replace('What this may be. ', '');
}

describe('what a finding about the model may be', () => {
  it('is outcomes where inputs and answers are as before', () => {
    expect(maybe({ answers: 0.01, input: 0.01 })).toMatch(/^The inputs and the model’s answers are as before: what they lead to changed/);
  });

  it.each(['performance_drop', 'shift'] as const)('is the model where its answers alone changed: %s', (cause) => {
    expect(maybe({ answers: 0.3, input: 0.01, cause })).toMatch(
      /^The inputs are as before and the model’s answers are not: look at its version/,
    );
  });

  it('is told by its cause where an input moved, came or was not judged, or of a segment, whose inputs nobody looked at', () => {
    expect(maybe({ answers: 0.3, input: 0.3 })).toMatch(/^What the inputs lead to changed, the inputs changed, or/);
    expect(maybe({ answers: 0.3, input: 0.3, cause: 'shift' })).toBe('The population or its behaviour changed.');
    expect(maybe({ answers: 0.01, input: 0.01, extra: true })).toMatch(/^What the inputs lead to changed, the inputs changed, or/);
    expect(maybe({ answers: 0.01, input: 0.01, judged: false })).toMatch(/^What the inputs lead to changed, the inputs changed, or/);
    expect(maybe({ answers: 0.01, input: 0.01, segment: 'region=North' })).toMatch(
      /^What the inputs lead to changed, the inputs changed, or/,
    );
  });
});
