import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { renderHtml, renderMarkdown, renderText } from '../../layers/quality/report/index.ts';
import { CLASSES, OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, judge, NOW } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow } from './rows.ts';

type Row = Record<string, number> & { label: unknown; region: unknown };

let report: Report;
let page: ReturnType<typeof parseHTML>['document'];
beforeAll(async () => {
  report = await judge(ofClasses(NOW), OF_CLASSES, {}, ofClasses(BASE));
  page = parseHTML(renderHtml(report)).document;
});
const each = (selector: string): string[] => [...page.querySelectorAll(selector)].map((node) => node.textContent!.trim());

describe('a report of several classes', () => {
  it('counts every class against the rest as its confusion matrix does', () => {
    const { cells } = report.performance!.confusion!;
    for (const [k, name] of CLASSES.entries()) {
      const of = (id: string) => metricValue(report, `${id}_count`, { parameters: { class: name } });
      const column = cells.reduce((sum, row) => sum + row[k]!, 0);
      const row = cells[k]!.reduce((sum, cell) => sum + cell, 0);
      const hits = cells[k]![k]!;
      expect([of('true_positive'), of('false_positive'), of('false_negative')]).toEqual([hits, column - hits, row - hits]);
      expect(of('true_negative')).toBe(NOW.length - column - row + hits);
    }
  });
  it('has the averages of the classes, and how far the highest scores are off', () => {
    for (const id of ['f0_5', 'f1', 'f2']) expect(metricOf(report, id, { parameters: { average: 'macro' } }).interval).not.toBeNull();
    const mean = CLASSES.reduce((sum, name) => sum + (metricValue(report, 'roc_auc', { parameters: { class: name } }) as number), 0) / 3;
    expect(metricValue(report, 'roc_auc', { parameters: { average: 'macro' } })).toBeCloseTo(mean, 12);
    const bins = report.performance!.reliability!;
    const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
    const off = bins.reduce((sum, bin) => sum + (bin.rows / rows) * Math.abs(bin.meanScore - bin.rate), 0);
    expect(rows).toBe(NOW.length);
    expect(metricValue(report, 'expected_calibration_error')).toBeCloseTo(off, 10);
  });
  it('has a table of the classes on the page, in Markdown and on the terminal', () => {
    expect(each('[aria-label="Metrics by class"] thead th')).toEqual([
      ...['Class', 'Rows', 'precision', 'recall', 'specificity', 'F1', 'ROC AUC', 'average precision', 'observed ÷ expected'],
    ]);
    expect(each('[aria-label="Metrics by class"] tbody th').toSorted()).toEqual(CLASSES);
    const recall = metricValue(report, 'recall', { parameters: { class: 'b' } }) as number;
    const told = `${(100 * recall).toFixed(1)} % (`;
    const line = (text: string, start: RegExp): string => text.split('\n').find((each) => start.test(each)) ?? '';
    expect(renderMarkdown(report)).toContain(
      '| Class | Rows | precision | recall | specificity | F1 | ROC AUC | average precision | observed ÷ expected |',
    );
    expect(line(renderMarkdown(report), /^\| b \| \d+ \| \d/)).toContain(told);
    expect(line(renderText(report, { width: 200 }), /^ {2}b +\d+ {3}\d\d\.\d %/)).toContain(told);
  });
  it('has the Brier score of the rows and of each segment, summed over the classes', () => {
    const brier = (rows: readonly Row[]): number => {
      const losses = rows.map((row) => CLASSES.reduce((sum, name) => sum + (row[`p_${name}`]! - Number(row.label === name)) ** 2, 0));
      return losses.reduce((sum, each) => sum + each, 0) / rows.length;
    };
    const rows = ofClasses(NOW) as unknown as Row[];
    const within = rows.filter(({ region }) => region === 'N');
    for (const [segment, of] of [[null, rows] as const, ['region=N', within] as const]) {
      const { value, interval } = metricOf(report, 'brier_score', { segment });
      expect(value).toBeCloseTo(brier(of), 12);
      expect(Number(interval![0]) < brier(of) && brier(of) < Number(interval![1])).toBe(true);
    }
  });
  it('fails where scores promise more than comes true, though the same class is taken', async () => {
    const sure = (rows: readonly LoanRow[], where: (row: LoanRow) => boolean): LoanRow[] =>
      changed(ofClasses(rows), (row) => {
        if (!where(row)) return {};
        const sharp = CLASSES.map((name) => (row as unknown as Row)[`p_${name}`]! ** 4);
        const all = sharp.reduce((sum, each) => sum + each, 0);
        return Object.fromEntries(CLASSES.map((name, k) => [`p_${name}`, sharp[k]! / all]));
      });
    const failed = async (where: (row: LoanRow) => boolean) =>
      (await judge(sure(NOW, where), OF_CLASSES, {}, ofClasses(BASE))).checks
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ id }) => id);
    expect(report.checks.filter(({ id }) => id.startsWith('performance/brier_score')).map(({ verdict }) => verdict)).toEqual(
      expect.arrayContaining(['pass', 'pass']),
    );
    const everywhere = await failed(() => true);
    expect(everywhere).toContain('performance/brier_score');
    expect(everywhere.filter((id) => id.startsWith('performance/accuracy'))).toEqual([]);
    expect(await failed(({ region }) => region === 'N')).toContain('performance/brier_score@region=N');
  });
  it('draws the curves of each class, and how often the highest score is right', () => {
    const words = [...page.querySelectorAll('svg')].map((svg) => svg.getAttribute('aria-label') ?? '');
    for (const name of CLASSES) {
      expect(words.some((text) => text.startsWith(`ROC curve of ${name}. At a false positive rate of 10 %`))).toBe(true);
      expect(words.some((text) => text.startsWith(`Precision against recall of ${name}. At a recall of 80 %`))).toBe(true);
    }
    expect(words.filter((text) => text.startsWith('Reliability of the scores.'))).toHaveLength(1);
  });
});
