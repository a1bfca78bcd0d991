import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { renderHtml, renderText } from '../../layers/quality/report/index.ts';
import { metricRows } from '../../layers/quality/report/metric-rows.ts';
import { HOSTILE_GROUP, outcomes, unlabelled } from './model-reports.ts';
import { calm } from './reports.ts';

const pageOf = (report: Report) => parseHTML(renderHtml(report)).document;
const textOf = (report: Report, selector: string): string[] =>
  [...pageOf(report).querySelectorAll(selector)].map((node) => node.textContent!.replace(/\s+/g, ' ').trim());

describe('the sections on the model', { timeout: 30_000 }, () => {
  const page = pageOf(outcomes());

  it('are there only where the report has them', () => {
    expect(page.querySelector('section[aria-labelledby=performance]')).not.toBeNull();
    expect(page.querySelector('section[aria-labelledby=fairness]')).not.toBeNull();
    expect(pageOf(calm()).querySelector('#performance, #fairness')).toBeNull();
    expect(pageOf(unlabelled()).querySelector('#fairness')).toBeNull();
  });

  it('come after the findings and before the columns', () => {
    const order = [...page.querySelectorAll('section')].map((section) => section.getAttribute('aria-labelledby'));
    expect(order).toEqual(['findings', 'factors', 'performance', 'fairness', 'columns', 'judged']);
    const between = [...page.querySelector('main')!.childNodes].filter(({ nodeType }) => nodeType === 3).map((node) => node.textContent);
    expect(between.join('').trim()).toBe('');
  });

  it('say what was judged, and what became of the labels', () => {
    const [judged, labels] = textOf(outcomes(), '#performance ~ .outcome .lead');
    expect(judged).toContain('48,211 rows, 40,102 labelled (83.2 %), 40,100 with a prediction too: these are judged.');
    expect(judged).toContain('Positive is yes, predicted from a score of 0.5.');
    expect(labels).toBe(
      'Labels came apart from the data, joined by application_id: 40,102 matched, 12 of none of these rows, 3 in conflict with each other, not used, 1 could not be read.',
    );
  });

  it('hold each metric against the baseline, and accuracy against the best constant', () => {
    const rows = [...page.querySelectorAll('.halves .metrics tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows).toEqual([
      ['accuracyalways the most frequent class: 62 %', '84.2 %', '84.6 %', '✓Pass', '83.1 to 85.3 %'],
      ['recall', '78.1 %', '83 %', '!Warn', '76 to 80.1 %'],
      ['ROC AUC', '0.861', '0.93', '✕Fail', '0.85 to 0.872'],
    ]);
  });

  it('draw the curves, each with its words', () => {
    const labels = [...page.querySelectorAll('.thirds svg')].map((svg) => svg.getAttribute('aria-label'));
    expect(labels[0]).toMatch(/^ROC curve\. At a false positive rate of 10 % the true positive rate is \d.* now, .* in the baseline\.$/);
    expect(labels[1]).toMatch(/^Precision against recall\./);
    expect(labels[2]).toMatch(/^Reliability of the scores\. Furthest off:/);
    expect(renderHtml(outcomes())).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('name the worst segments in a sentence', () => {
    expect(textOf(outcomes(), '#performance ~ .outcome .lines li')[0]).toBe(
      'recall 61 % in region=North, n = 412, overall 78.1 %, adjusted p = 0.002',
    );
  });

  it('show estimates first where labels are absent, folded where not', () => {
    expect(pageOf(unlabelled()).querySelector('.outcome > .scroll table')?.textContent).toContain('76 %');
    expect(page.querySelector('.outcome > .scroll[aria-label^=Estimated]')).toBeNull();
    expect(page.querySelector('details .scroll[aria-label^=Estimated]')).not.toBeNull();
  });

  it('list groups the least favoured first, marked below four fifths', () => {
    const rows = [...page.querySelectorAll('[aria-label="Groups of origin"] tbody tr')];
    expect(rows.map((row) => row.querySelector('bdi')!.textContent)).toEqual(['<img src=x onerror=alert(1)>"|\\u{202e}', 'B', 'A']);
    expect(rows[0]!.querySelector('.badge')?.textContent).toBe('✕Fail');
    expect(rows[2]!.querySelector('th small')?.textContent).toBe('most favoured, largest');
    expect(textOf(outcomes(), '.gaps li')).toEqual([
      'origin=<img src=x onerror=alert(1)>"|\\u{202e}: −24 points from the others: −10 by base rates, −16 by true positive rates, +2 by rows without a label',
      'origin=B: −4 points from the others; no parts: no positive labels',
    ]);
  });

  it('turn the shares round where a negative prediction is the good one', () => {
    const report = outcomes();
    report.fairness!.favourable = 'negative';
    const [cell] = textOf(report, '[aria-label="Groups of origin"] tbody td.text');
    expect(cell).toContain('50 %');
    expect(textOf(report, '#fairness ~ .outcome .lead')[0]).toMatch(/^Any prediction but yes counts as favourable\./);
  });

  it('say of what counts positives that these are not the favourable ones', () => {
    const report = outcomes();
    const names = (): string[] => textOf(report, '.clarify th[scope=row]');
    const [gap, parity, impact, flips] = [
      'selection rate gap',
      'demographic parity difference',
      'disparate impact DI',
      'counterfactual flip test FT',
    ];
    expect(names()).toEqual([parity, gap, impact, flips]);
    report.fairness!.favourable = 'negative';
    const aside = 'counts positives (yes), here unfavourable';
    expect(names()).toEqual([parity + aside, gap + aside, impact + aside, flips]);
    expect(textOf(report, '.gap-keys .aside')[0]).toMatch(/^Positive predictions, here unfavourable, group less rest\./);
  });

  it('give Clarify’s codes', () => {
    expect(textOf(outcomes(), '.clarify code')).toEqual(['DI', 'FT']);
  });

  it('let no element come of a name', () => {
    expect(page.querySelectorAll('script, img').length).toBe(0);
    for (const node of page.querySelectorAll('*')) for (const { name } of node.attributes) expect(name).not.toMatch(/^on/);
  });

  it('give every region and table that scrolls a name', () => {
    for (const region of page.querySelectorAll('[role=region]')) expect(region.getAttribute('aria-label')).toMatch(/\S{3}/);
  });

  it('read well for numbers and for several classes', () => {
    const report = outcomes();
    const none = { roc: null, precisionRecall: null, gains: null, reliability: null, sweep: null };
    Object.assign(report.performance!, { ...none, problem: 'regression', confusion: null, positive: [], threshold: null });
    expect(pageOf(report).querySelector('.thirds, .confusion')).toBeNull();
    const cells = [0, 1, 2].map(() => [5, 0, 5]);
    Object.assign(report.performance!, { problem: 'multiclass', confusion: { classes: ['a', HOSTILE_GROUP, 'c'], cells, baseline: null } });
    expect(pageOf(report).querySelectorAll('.confusion td')).toHaveLength(9);
  });
});

describe('estimates of several classes', () => {
  const report = unlabelled();
  const [recall] = report.performance!.estimates;
  const ranked = { ...recall!, metric: 'roc_auc', estimate: 0.86, low: 0.84, high: 0.88, baseline: null };
  Object.assign(report.performance!, {
    problem: 'multiclass',
    estimates: [{ ...recall!, metric: 'accuracy' }, recall!, ranked],
    baseline: [
      { metric: 'roc_auc', parameters: { class: 'cat' }, value: 0.9 },
      { metric: 'roc_auc', parameters: { average: 'macro' }, value: 0.857 },
    ],
  });

  it('go by the name of the average they are', () => {
    expect(renderText(report, { width: 200 })).toMatch(
      /accuracy 76 %.* · recall \(macro average\) 76 %.* · ROC AUC \(macro average\) 0.86 /,
    );
    expect(textOf(report, '.outcome > .scroll th[scope=row]')).toEqual(['accuracy', 'recall (macro average)', 'ROC AUC (macro average)']);
  });

  it('stand beside the baseline’s own value where its counts do not tell it', () => {
    expect(renderText(report, { width: 200 })).toContain('ROC AUC (macro average) 0.86 (0.84 to 0.88), was 0.857');
    expect(textOf(report, '.outcome > .scroll tbody tr:last-child td').at(-1)).toBe('0.857');
  });
});

describe('findings about the model', () => {
  it('lead to the section, and name the segment or group once', () => {
    const page = pageOf(outcomes());
    expect([...page.querySelectorAll('.finding .tags a')].map((link) => link.getAttribute('href'))).toEqual([
      '#performance',
      '#performance',
      '#fairness',
    ]);
    expect(page.querySelectorAll('.finding .segment')).toHaveLength(0);
  });

  it('stand on the terminal beside their segment, group or the model', () => {
    const lines = renderText(outcomes(), { width: 200 }).split('\n');
    expect(lines.find((line) => line.startsWith('  region=North'))).toMatch(
      / {3}recall 61 %, 82 % in the baseline +recall −21 points +fails beyond 5 points$/,
    );
    expect(lines.find((line) => line.startsWith('  model  '))).toMatch(/ROC AUC −0.069 +fails beyond 0.05$/);
    expect(lines.find((line) => line.startsWith('  origin=<img'))).toMatch(/chosen 0.52 times .*impact ratio 0.52 +fails below 0.8$/);
    expect(renderText(unlabelled(), { width: 200 })).toMatch(/ {2}model \(estimated\) +recall has probably fallen/);
  });

  it('are of no column: not even of one that bears the name of a metric', () => {
    const report = outcomes();
    report.checks.find(({ id }) => id === 'performance/recall')!.metric = null;
    expect(metricRows(report).find(({ check_id }) => check_id === 'performance/recall')!.column ?? null).toBeNull();
  });
});
