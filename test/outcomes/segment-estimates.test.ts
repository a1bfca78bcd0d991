import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { renderHtml, renderMarkdown, renderText } from '../../layers/quality/report/index.ts';
import { draws } from '../checks/draw.ts';
import { CLASSES, OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, FLAGS, fallen, judge } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows, type Row } from './rows.ts';

const REGIONS = ['N', 'S', 'W'];
const NOW = loanRows(6000, 11);
const unlabelled = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, () => ({ label: null }) as Row);

/** In one region labels have nothing to do with scores: what all scores promise is not what they promise there. */
const noisy = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(rows, ({ region, label }, i) => (region === 'N' ? { label: i % 2 } : { label }));

/** In one region scores crowd about the threshold; they are as right as they say. */
function unsure(rows: readonly LoanRow[]): LoanRow[] {
  const { uniform } = draws(3);
  return changed(rows, ({ region, score, label }) => {
    const near = region === 'S' ? Math.round((0.35 + 0.3 * score) * 1000) / 1000 : score;
    return region === 'S' ? { score: near, prediction: near >= 0.5 ? 1 : 0, label: uniform() < near ? 1 : 0 } : { label };
  });
}

const verdictOf = (report: Report, id: string) => report.checks.find((check) => check.id === id)?.verdict;
const trueAccuracy = (rows: readonly LoanRow[], region: string): number => {
  const own = rows.filter((row) => row.region === region);
  return own.filter(({ label, prediction }) => label === prediction).length / own.length;
};

describe('of a segment', () => {
  it('is estimated what its labels then show, though its scores mean something else than those of all', async () => {
    const now = noisy(NOW);
    const report = await judge(unlabelled(now), FLAGS, {}, noisy(BASE));
    for (const region of REGIONS) {
      const { value, interval, rows } = metricOf(report, 'estimated_accuracy', { segment: `region=${region}` });
      expect([region, Math.abs((value as number) - trueAccuracy(now, region)) < 0.05]).toEqual([region, true]);
      expect([Number(interval![0]) < trueAccuracy(now, region), Number(interval![1]) > trueAccuracy(now, region)]).toEqual([true, true]);
      expect(rows).toBe(now.filter((row) => row.region === region).length);
      expect(verdictOf(report, `estimated_performance/accuracy@region=${region}`)).toBe('pass');
    }
    expect(fallen(report)).toEqual([]);
  });

  it('a fall is found where its scores alone have become unsure, and named first', async () => {
    const now = unsure(NOW);
    const report = await judge(unlabelled(now));
    expect(verdictOf(report, 'estimated_performance/accuracy@region=S')).toBe('fail');
    expect(Math.abs((metricValue(report, 'estimated_accuracy', { segment: 'region=S' }) as number) - trueAccuracy(now, 'S'))).toBeLessThan(
      0.04,
    );
    for (const region of ['N', 'W']) expect(verdictOf(report, `estimated_performance/accuracy@region=${region}`)).toBe('pass');
    const finding = report.findings.find(({ cause }) => cause === 'estimated_drop')!;
    expect([finding.segments, finding.title]).toEqual([
      ['region=S'],
      expect.stringMatching(/^region=S: ROC AUC has probably fallen: 0\.\d+ by the scores alone, 0\.\d+ in the baseline$/),
    ]);
    for (const text of [renderText(report, { width: 200 }), renderMarkdown(report), renderHtml(report)]) expect(text).toContain('region=S');
  });

  it('estimates stand beside what labels show, with the error', async () => {
    const report = await judge(noisy(NOW), FLAGS, {}, noisy(BASE));
    for (const region of REGIONS)
      for (const id of ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc']) {
        const of = { segment: `region=${region}` };
        const error = metricValue(report, `estimated_${id}_error`, of) as number;
        expect([id, Math.abs(error) < 0.06]).toEqual([id, true]);
        expect(error).toBeCloseTo((metricValue(report, `estimated_${id}`, of) as number) - (metricValue(report, id, of) as number), 10);
      }
    expect(report.checks.filter(({ id }) => id.startsWith('estimated_performance/'))).toEqual([]);
  });

  it('of fewer than 100 rows nothing is estimated, nor of one the baseline does not know', async () => {
    const few = changed(NOW, ({ region }, i) => ({ region: i < 60 ? 'E' : i < 120 ? 'X' : region }));
    const report = await judge(
      unlabelled(few),
      FLAGS,
      {},
      changed(BASE, ({ region }, i) => ({ region: i < 500 ? 'E' : region })),
    );
    expect([...new Set(report.metrics.filter(({ metric }) => metric === 'estimated_accuracy').map(({ segment }) => segment))]).toEqual([
      null,
      'region=N',
      'region=S',
      'region=W',
    ]);
  });
});

it('a baseline with labels in part: the estimate of a segment is of all its rows, then as now', async () => {
  // Of the unsure rows none had a label; that they were there is known.
  const base = changed(
    loanRows(8000, 5),
    ({ score, label }, i) => ({ label: Math.abs(score - 0.5) < 0.2 && i % 5 > 0 ? null : label }) as Row,
  );
  const report = await judge(unlabelled(NOW), FLAGS, {}, base);
  expect(fallen(report)).toEqual([]);
  for (const region of REGIONS) {
    const check = report.checks.find(({ id }) => id === `estimated_performance/accuracy@region=${region}`)!;
    expect([check.verdict, Math.abs(check.expected! - 0.75) < 0.03]).toEqual(['pass', true]);
  }
});

describe('of a segment of several classes', () => {
  const mixed = (rows: readonly LoanRow[]): LoanRow[] =>
    changed(ofClasses(rows), ({ region, label }, i) => ({ label: region === 'N' ? CLASSES[Math.floor(i / 7) % 3] : label }) as Row);
  it('the accuracy is estimated by sampled rows, and what scores mean there', async () => {
    const now = mixed(NOW);
    const [report, labelled] = [await judge(unlabelled(now), OF_CLASSES, {}, mixed(BASE)), await judge(now, OF_CLASSES, {}, mixed(BASE))];
    for (const region of REGIONS) {
      const of = { segment: `region=${region}` };
      expect([region, Math.abs(Number(metricValue(report, 'estimated_accuracy', of)) - trueAccuracy(now, region)) < 0.05]).toEqual([
        region,
        true,
      ]);
      expect(verdictOf(report, `estimated_performance/accuracy@region=${region}`)).toBe('pass');
      const error = Number(metricValue(labelled, 'estimated_accuracy', of)) - trueAccuracy(now, region);
      expect(metricValue(labelled, 'estimated_accuracy_error', of)).toBeCloseTo(error, 10);
    }
    expect(fallen(report)).toEqual([]);
  });
  it('a fall is found where its scores alone have become unsure', async () => {
    const flat = changed(ofClasses(NOW), (row) =>
      row.region === 'S'
        ? Object.fromEntries(CLASSES.map((name) => [`p_${name}`, 1 / 3 + 0.3 * ((row[`p_${name}`] as number) - 1 / 3)]))
        : {},
    );
    const report = await judge(unlabelled(flat), OF_CLASSES, {}, ofClasses(BASE));
    expect([
      verdictOf(report, 'estimated_performance/accuracy@region=S'),
      verdictOf(report, 'estimated_performance/accuracy@region=N'),
    ]).toEqual(['fail', 'pass']);
  });
});

describe('of a segment of a regression', () => {
  const flags = { ...FLAGS, score: [], facet: undefined } as unknown as typeof FLAGS;
  /** Errors grow with x, and are larger in the north than x tells. */
  const loads = (rows: readonly LoanRow[]): LoanRow[] =>
    changed(rows, ({ x, region, score }) => ({ prediction: x, label: x + (region === 'N' ? 3 : 1) * (0.2 * x + 2) * (score - 0.5) }));
  const meanError = (rows: readonly LoanRow[], region: string): number => {
    const own = rows.filter((row) => row.region === region);
    return own.reduce((sum, { label, prediction }) => sum + Math.abs(prediction - label), 0) / own.length;
  };
  it('errors are estimated by what its inputs are, and what they mean there', async () => {
    const now = loads(NOW);
    const [report, labelled] = [
      await judge(unlabelled(now), flags, { problem: 'regression' }, loads(BASE)),
      await judge(now, flags, { problem: 'regression' }, loads(BASE)),
    ];
    for (const region of REGIONS) {
      const of = { segment: `region=${region}` };
      const estimate = Number(metricValue(report, 'estimated_mean_absolute_error', of));
      expect([region, Math.abs(estimate / meanError(now, region) - 1) < 0.1]).toEqual([region, true]);
      expect(verdictOf(report, `estimated_performance/mean_absolute_error@region=${region}`)).toBe('pass');
      expect(metricValue(labelled, 'estimated_mean_absolute_error_error', of)).toBeCloseTo(
        Number(metricValue(labelled, 'estimated_mean_absolute_error', of)) - meanError(now, region),
        9,
      );
    }
  });
  it('a rise is found where its inputs alone have become harder', async () => {
    const harder = loads(changed(NOW, ({ region, x }) => (region === 'S' ? { x: 60 + Math.round(0.4 * x) } : {})));
    const report = await judge(unlabelled(harder), flags, { problem: 'regression' }, loads(BASE));
    // Additive: that errors grow less with x there than elsewhere it does not see.
    const check = report.checks.find(({ id }) => id === 'estimated_performance/mean_absolute_error@region=S')!;
    expect([check.verdict, check.message]).toEqual([
      'fail',
      expect.stringMatching(/^region=S: mean absolute error has probably risen: .* by the features alone/),
    ]);
    expect(
      Math.abs(Number(metricValue(report, 'estimated_mean_absolute_error', { segment: 'region=S' })) / meanError(harder, 'S') - 1),
    ).toBeLessThan(0.25);
    expect(verdictOf(report, 'estimated_performance/mean_absolute_error@region=W')).toBe('pass');
  });
});
