import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { renderHtml, renderMarkdown, renderText } from '../../layers/quality/report/index.ts';
import { outcomes, unlabelled } from './model-reports.ts';

const WIDE = { width: 200 };
const lines = (report: Report): string[] => renderText(report, WIDE).split('\n');
const blockOf = (report: Report, label: string): string[] => {
  const all = lines(report);
  const from = all.findIndex((line) => line.startsWith(`  ${label}: `));
  return from < 0 ? [] : all.slice(from, all.indexOf('', from)).map((line) => line.trim());
};

function without(...parts: ('performance' | 'accuracy')[]): Report {
  const report = outcomes();
  report.metrics = report.metrics.map((row) => (row.factor === 'accuracy' ? { ...row, value: null } : row));
  Object.assign(report.performance!, { confusion: null, rows: { all: 800, labelled: 0, judged: 0 }, estimates: [], worst: [] });
  if (parts.includes('performance')) delete report.performance;
  return report;
}

/** The facet with the first groups alone. */
function ofGroups(count: number): Report {
  const report = outcomes();
  const [facet] = report.fairness!.facets;
  facet!.groups = facet!.groups.toSorted((a, b) => a.impactRatio!.value - b.impactRatio!.value);
  facet!.groups = [...facet!.groups.slice(0, count - 1), facet!.groups.at(-1)!];
  return report;
}

describe('text and Markdown', () => {
  it('say which class is positive, and which prediction is favourable', () => {
    const report = outcomes();
    expect(renderText(report, WIDE)).toContain(' positive is yes, predicted from a score of 0.5 · ');
    expect(renderText(report, WIDE)).toContain('  fairness: a prediction of yes counts as favourable · ');
    expect(renderMarkdown(report)).toContain('\n- positive is yes, predicted from a score of 0.5 · ');
    expect(renderMarkdown(report)).toContain('\n- a prediction of yes counts as favourable · ');
    report.fairness!.favourable = 'negative';
    for (const text of [renderText(report, WIDE), renderMarkdown(report)])
      expect(text).toContain('any prediction but yes counts as favourable');
  });

  it('call no class positive where there are not two', () => {
    const report = outcomes();
    Object.assign(report.performance!, { problem: 'multiclass' });
    for (const text of [renderText(report, WIDE), renderMarkdown(report), renderHtml(report)]) expect(text).not.toMatch(/positive is/i);
  });

  it('call that segment least right which is right least often, not one with a low recall', () => {
    const report = outcomes();
    const [recall, accuracy] = report.performance!.worst;
    Object.assign(accuracy!, { segment: 'region=South' });
    for (const text of [renderText(report, WIDE), renderMarkdown(report)])
      expect(text).toContain('least right in region=South: accuracy 70 %, n = 90, overall 84.2 %, adjusted p = 0.04');
    report.performance!.worst = [recall!];
    for (const text of [renderText(report, WIDE), renderMarkdown(report)])
      expect(text).toContain('recall lowest in region=North: 61 %, n = 412, overall 78.1 %, adjusted p = 0.002');
  });

  it('say what stands in parentheses: of an estimate before labels another interval', () => {
    expect(blockOf(outcomes(), 'model')[1]).toMatch(/ · \(… to …\): 95 % interval$/);
    expect(blockOf(outcomes(), 'fairness').join(' ')).not.toContain('(… to …)');
    expect(blockOf(unlabelled(), 'model (estimated)')[1]).toBe('positive is 1 · (… to …): ± 3 standard errors');
    expect(renderMarkdown(outcomes())).toContain(' · (… to …): 95 % interval\n');
    expect(renderMarkdown(unlabelled())).not.toContain('(… to …)');
  });

  it('begin with fairness where nothing else is known of the model', () => {
    expect(blockOf(without(), 'model')).toEqual([]);
    expect(blockOf(without(), 'fairness')[0]).toMatch(
      /^fairness: positive is yes, .* · a prediction of yes counts as favourable · .*\(… to …\): 95 % interval$/,
    );
    expect(blockOf(without('performance'), 'fairness')[0]).toMatch(/^fairness: a prediction of the positive class counts as favourable · /);
  });

  it('tell the smallest of several ratios from that of a pair', () => {
    const smallest = '0.52 times as often as A (0.47 to 0.58 as the smallest of all pairs)';
    expect(blockOf(ofGroups(3), 'fairness').join(' ')).toContain(smallest);
    expect(blockOf(ofGroups(3), 'fairness')[0]).toContain('in tables each pair’s own interval');
    expect(renderMarkdown(ofGroups(3))).toContain(smallest);
    expect(blockOf(ofGroups(2), 'fairness').join(' ')).toContain('0.52 times as often as A (0.48 to 0.56)');
    expect(blockOf(ofGroups(2), 'fairness').join(' ')).not.toMatch(/all pairs|own interval/);
  });
});

describe('a report of weighted rows', () => {
  const report = outcomes();
  report.performance!.weight = 'exposure';

  it('says in every format that counts are of weights', () => {
    expect(blockOf(report, 'model')[1]).toContain(' · each row counts by its weight (exposure) · ');
    expect(renderText(report, WIDE)).toMatch(/\n {2}True \(weights\) + predicted no /);
    expect(renderMarkdown(report)).toContain(' · each row counts by its weight (exposure) · ');
    expect(renderMarkdown(report)).toContain('\n| True (weights) | predicted no |');
    expect(renderHtml(report)).toContain('16 % of the weight wrong');
    const page = renderHtml(report).replace(/<\/?bdi[^>]*>/g, '');
    expect(page).toContain('Each row counts by its weight (exposure): shares, and the counts of classes, are of weights.');
    expect(page).toContain('Shares of the weights (exposure) of each true class, and their sums; the baseline’s below.');
  });

  it('says so of no other', () => {
    const plain = outcomes();
    for (const text of [renderText(plain), renderMarkdown(plain), renderHtml(plain)]) expect(text).not.toMatch(/weights?[ (]/i);
  });
});
