import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../layers/quality/alerts/message.ts';
import { reportEvent } from '../../layers/quality/alerts/report-event.ts';
import { type Alert, reportEventSchema } from '../../layers/quality/contract/alerts.ts';
import { hour, reportOf } from './lab.ts';

const alert = (kind: Alert['kind'], title: string, more: Partial<Alert> = {}): Alert => ({
  ...{ kind, title, finding: '0123456789abcdef', severity: 'fail', since: hour(13) },
  ...more,
});
const page = 's3://b/reports/m/2026/07/01/16/window-1/report.html';
const message = (alerts: Alert[], report = reportOf(16, { x: 'fail', y: 'pass' })) =>
  messageOf({ monitor: 'credit-risk', report, page, alerts });

describe('a message', () => {
  it('says first what is wrong, then of what, since when, and where to look', () => {
    const alerts = [alert('opened', 'income: 34 % missing, up from 3 %'), alert('recovered', 'age drifted')];
    expect(message(alerts)).toEqual({
      subject: 'FAIL credit-risk: income: 34 % missing, up from 3 % (+1)',
      text: `credit-risk: FAIL
Window of 2026-07-01 16:00 to 2026-07-01 17:00 UTC, 100 rows

New:
- income: 34 % missing, up from 3 % (since 2026-07-01 13:00)

No longer failing:
- age drifted (since 2026-07-01 13:00)

1 of 2 checks failed.

Report: s3://b/reports/m/2026/07/01/16/window-1/report.html
Mute: PUT /v1/monitors/credit-risk/findings/0123456789abcdef/mute
`,
    });
  });

  it('that all is well again is no alarm', () => {
    const { subject, text } = message([alert('recovered', 'age drifted')]);
    expect(subject).toBe('OK credit-risk: no longer: age drifted');
    expect(text).toMatch(/^credit-risk: recovered\n/);
    expect(text).not.toContain('Mute');
  });

  it('names the five worst of many', () => {
    const { subject, text } = message(Array.from({ length: 8 }, (_, i) => alert('opened', `column ${i} drifted`)));
    expect(subject).toBe('FAIL credit-risk: column 0 drifted (+7)');
    expect(text).toContain('- column 4 drifted (since 2026-07-01 13:00)\n- and 3 more\n');
  });

  it('has what titles have beside ASCII in its subject as ASCII, and in its text as it is', () => {
    const title = "age drifted towards larger values (mean −4 → 47): 'x' 3–5 % … Müller";
    const { subject, text } = message([alert('opened', title)]);
    expect(subject).toBe("FAIL credit-risk: age drifted towards larger values (mean -4 -> 47): 'x' 3-5 % ... M?ller");
    expect(text).toContain(title);
  });

  it('has a subject that ends before the hundredth character, wherever it is cut', () => {
    for (let before = 60; before < 100; before++) {
      const { subject } = message([alert('opened', `${'x'.repeat(before)}→→→ and more`), alert('opened', 'other')]);
      expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
      expect(subject.endsWith(' (+1)')).toBe(true);
    }
  });

  it('has a subject that SNS takes and lines a phone shows, whatever columns are called', () => {
    const title = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 }));
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 12 }), fc.constantFrom('opened', 'reminder', 'recovered'), (titles, kind) => {
        const { subject, text } = message(titles.map((each) => alert(kind as Alert['kind'], each)));
        expect(subject).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,98}$/);
        expect(text.split('\n').length).toBeLessThan(18);
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(500);
      }),
    );
  });
});

describe('an event', () => {
  it('has the schema that docs/alerts.md names, and stays small', () => {
    const long = '\u{1f600}'.repeat(5000);
    const report = reportOf(16, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${long}${i}`, 'fail' as const])));
    const event = reportEvent({ ...report, summary: long }, 'm', 's3://b/r/report.json');
    expect(reportEventSchema.parse(event)).toMatchObject({ found: 300, failedChecks: 300, monitor: 'm', verdict: 'fail' });
    expect(event.findings).toHaveLength(20);
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(200_000);
  });
});
