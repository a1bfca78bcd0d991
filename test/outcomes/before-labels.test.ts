import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { renderHtml, renderText } from '../../layers/quality/report/index.ts';
import { CLASSES, OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, FLAGS, fallen, judge, lab, NOW, notes } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows, type Row } from './rows.ts';

const unlabelled = (rows: readonly LoanRow[], where: (row: LoanRow, i: number) => boolean = () => true): LoanRow[] =>
  changed(rows, (row, i) => (where(row, i) ? { label: null } : {}) as Row);

const estimated = (report: Report, id: string): number => metricValue(report, `estimated_${id}`) as number;

describe('several classes', () => {
  it('are estimated without labels, near what the labels show', async () => {
    const [base, now] = [ofClasses(BASE), ofClasses(loanRows(3000, 5))];
    const truth = await judge(now, OF_CLASSES, {}, base);
    for (const hidden of [unlabelled(now), unlabelled(now, (_, i) => i % 10 > 0)]) {
      const report = await judge(hidden, OF_CLASSES, {}, base);
      expect(Math.abs(estimated(report, 'accuracy') - (metricValue(truth, 'accuracy') as number))).toBeLessThan(0.04);
      expect(report.checks.find(({ id }) => id === 'estimated_performance/accuracy')?.verdict).toBe('pass');
    }
  });
  it('of which one never occurs say so, and are judged by their scores where nothing was predicted', async () => {
    const two = ofClasses(NOW).filter(({ label }) => (label as unknown) !== 'c');
    const report = await judge(two, OF_CLASSES, {}, ofClasses(BASE));
    expect(metricOf(report, 'recall', { parameters: { class: 'c' } })).toMatchObject({ value: null, reason: 'no label is of the class' });
    const { prediction: _, ...flags } = OF_CLASSES;
    const scored = (await judge(ofClasses(NOW), flags as typeof FLAGS, {}, null)).metrics;
    const whole = await judge(ofClasses(NOW), OF_CLASSES, {}, null);
    for (const metric of ['log_loss', 'brier_score', 'roc_auc', 'average_precision'])
      expect([metric, scored.find((row) => row.metric === metric)?.value]).toEqual([
        metric,
        whole.metrics.find((row) => row.metric === metric)!.value,
      ]);
  });
  it('with a score that is missing say how many', async () => {
    const report = await judge(
      changed(ofClasses(NOW), (_, i) => (i % 4 === 0 ? { p_a: null } : {})),
      OF_CLASSES,
      {},
      ofClasses(BASE),
    );
    expect(notes(report)).toMatch(/500 of 2,000 rows have no finite score/);
  });
  it('with scores outside 0 to 1 have no loss, and say why', async () => {
    const percent = changed(ofClasses(NOW), (row) =>
      Object.fromEntries(CLASSES.map((name) => [`p_${name}`, 100 * (row[`p_${name}`] as number)])),
    );
    const report = await judge(percent, OF_CLASSES, {}, null);
    for (const metric of ['log_loss', 'brier_score'])
      expect(metricOf(report, metric)).toMatchObject({ value: null, reason: 'scores outside 0 to 1' });
  });
  it('have the recall of each in segments, which is told and not checked', async () => {
    const [rows, base] = [ofClasses(NOW), ofClasses(BASE)];
    const report = await judge(rows, OF_CLASSES, {}, base);
    for (const name of CLASSES) {
      const own = rows.filter(({ region, label }) => region === 'N' && (label as unknown) === name);
      const found = own.filter(({ prediction }) => (prediction as unknown) === name).length;
      expect(metricValue(report, 'recall', { segment: 'region=N', parameters: { class: name } })).toBeCloseTo(found / own.length, 12);
    }
    const checked = report.checks.filter(({ id }) => id.startsWith('performance/') && id.includes('@'));
    expect(checked.length).toBeGreaterThan(0);
    expect(checked.filter(({ id }) => !/^performance\/(accuracy|brier_score)@/.test(id))).toEqual([]);
  });
  it('are shown beside what the baseline came to by itself, which needs its rows', async () => {
    const base = ofClasses(BASE);
    const [now, alone] = [await judge(ofClasses(NOW), OF_CLASSES, {}, base), await judge(base, OF_CLASSES, {}, null)];
    const then = now.performance!.baseline!;
    expect(then.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['accuracy', 'roc_auc', 'average_precision', 'log_loss', 'f1']),
    );
    for (const { metric, parameters, value } of then)
      expect([metric, metricOf(alone, metric, { parameters }).value]).toEqual([metric, value]);
    expect(alone.performance!.baseline).toBeUndefined();
    expect(now.performance!.score).toBe('p_a, p_b, p_c');
  });
  it('with scores that are no probabilities, or do not sum to 1, say so', async () => {
    const scored = (of: (p: number) => number) =>
      changed(ofClasses(NOW), (row) => Object.fromEntries(CLASSES.map((name) => [`p_${name}`, of(row[`p_${name}`] as number)])));
    const said = async (of: (p: number) => number) => notes(await judge(scored(of), OF_CLASSES, {}, ofClasses(BASE)));
    expect(await said((p) => 100 * p)).toMatch(/2,000 of 2,000 rows have a class score outside 0 to 1/);
    expect(await said((p) => 0.9 * p)).toMatch(/2,000 of 2,000 rows have class scores that do not sum to 1/);
    expect(await said((p) => Math.round(100 * p) / 100)).not.toMatch(/class score/);
  });
  it('whose labels are missing in one segment alone: a check says so', async () => {
    const report = await judge(
      unlabelled(ofClasses(NOW), ({ region }, i) => region === 'N' && i % 10 < 7),
      OF_CLASSES,
      {},
      ofClasses(BASE),
    );
    expect(report.checks.find(({ id }) => id === 'label_coverage/region')).toMatchObject({ verdict: 'warn' });
    expect(metricValue(report, 'labelled_share', { segment: 'region=N' })).toBeLessThan(0.4);
    expect(metricValue(report, 'labelled_share', { segment: 'region=S' })).toBe(1);
  });
});

describe('a segment without any label', () => {
  const ofValues = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, (row) => ({ prediction: row.x, label: row.x + row.score }));
  const inNorth = (rows: readonly LoanRow[]): LoanRow[] => unlabelled(rows, ({ region }) => region === 'N');
  it.each([
    ['two classes', inNorth(NOW), FLAGS, {}],
    ['several classes', inNorth(ofClasses(NOW)), OF_CLASSES, {}],
    ['a regression', inNorth(ofValues(NOW)), { label: 'label', prediction: 'prediction', segment: ['region'] }, { problem: 'regression' }],
  ] as const)('is said to have none, of %s', async (_, rows, flags, more) => {
    const report = await judge(rows, flags as unknown as typeof FLAGS, more, null);
    const check = report.checks.find(({ id }) => id === 'label_coverage/region')!;
    expect([check.verdict, check.message]).toEqual(['warn', expect.stringMatching(/0 % of the rows have a label, 100 % elsewhere/)]);
    expect(report.metrics[check.metric!]).toMatchObject({ metric: 'labelled_share', segment: 'region=N' });
    const north = rows.filter(({ region }) => region === 'N').length;
    expect(metricOf(report, 'labelled_share', { segment: 'region=N' })).toMatchObject({ value: 0, rows: north });
    expect(metricOf(report, 'labelled_share')).toMatchObject({ rows: rows.length });
    expect(metricValue(report, 'labelled_share')).toBeCloseTo(1 - north / rows.length, 12);
  });
});

it('labels that are missing nowhere more than elsewhere say nothing of accuracy where nothing else was judged', async () => {
  const report = await judge(
    unlabelled(NOW, (_, i) => i % 3 === 0),
    FLAGS,
    {},
    null,
  );
  expect(metricValue(report, 'labelled_share')).toBeCloseTo(2 / 3, 3);
  expect([report.factors.accuracy, report.checks.filter(({ factor }) => factor === 'accuracy')]).toEqual(['not_applicable', []]);
});

it('labels that have not come are no move of those that have', async () => {
  const fewer = changed(NOW, ({ label }, i) => ({ label: i % 4 === 0 ? null : label === 1 && i % 3 === 0 ? 0 : label }));
  const report = await judge(fewer, { ...FLAGS, type: ['label=category'] } as typeof FLAGS);
  const own = fewer.filter(({ label }) => label !== null);
  const zeros = Math.round((100 * own.filter(({ label }) => label === 0).length) / own.length);
  expect(report.findings.find(({ columns }) => columns.includes('label'))!.title).toContain(`→ ${zeros} % of the labels`);
  // A check that could not be judged is bounded by the same threshold, in the same words.
  const page = renderHtml(report);
  expect(page.slice(page.indexOf('<h3>Thresholds</h3>'))).not.toMatch(/performance<\/th>(?:(?!<\/tr>).)*<td>&lt;/);
});

it('a group of a facet without any label is said to have none', async () => {
  const report = await judge(unlabelled(NOW, ({ sex }) => sex === 'F'));
  const check = report.checks.find(({ id }) => id === 'label_coverage/sex')!;
  expect([check.verdict, check.message]).toEqual(['warn', expect.stringMatching(/^sex=F: 0 % of the rows have a label, 100 % elsewhere/)]);
  expect(report.metrics[check.metric!]).toMatchObject({ metric: 'labelled_share', facet: 'sex=F', segment: null, value: 0 });
  expect(report.checks.find(({ id }) => id === 'label_coverage/region')?.verdict).not.toBe('warn');
  expect(renderText(report, { width: 200 })).toMatch(/sex=F +0 % of the rows have a label/);
});

it('an estimate is held against the truth of the same rows', async () => {
  const report = await judge(unlabelled(NOW, ({ score }) => score >= 0.4));
  // No row below 0.4 is predicted positive: of those with a label recall is 0, and so is what is estimated of them.
  expect(metricValue(report, 'recall')).toBe(0);
  expect(metricOf(report, 'estimated_recall_error')).toMatchObject({ value: 0, rows: NOW.filter(({ score }) => score < 0.4).length });
  expect(estimated(report, 'recall')).toBeGreaterThan(0.7);
  expect(report.performance!.estimates.map(({ realised }) => realised)).toEqual(report.performance!.estimates.map(() => null));
});

it('several classes with a score each and no prediction: the highest score decides, the first of equal ones; none where one is missing', async () => {
  const path = await lab.parquet(
    `SELECT 'r' || i AS id, ['a', 'b', 'c'][1 + i % 3] AS label, pa, pb, CASE WHEN i % 50 = 0 THEN NULL ELSE 1 - pa - pb END AS pc
     FROM (SELECT i, round((i * 37 % 100) / 250, 2) AS pa, round((i * 61 % 100) / 250, 2) AS pb FROM range(600) t(i))`,
  );
  const scores = { label: 'label', id: 'id', score: ['pa=a', 'pb=b', 'pc=c'] };
  const report = await lab.check(null, path, scores, {});
  const given = await lab.parquet(
    `SELECT *, CASE WHEN pc IS NULL THEN NULL WHEN pa >= pb AND pa >= pc THEN 'a' WHEN pb >= pc THEN 'b' ELSE 'c' END AS prediction FROM '${path}'`,
  );
  const expected = await lab.check(null, given, { ...scores, prediction: 'prediction' }, {});
  expect(report.performance!.rows.judged).toBe(588);
  expect(report.performance!.confusion).toEqual(expected.performance!.confusion);
  expect(metricOf(report, 'accuracy')).toEqual(metricOf(expected, 'accuracy'));
});

describe('errors of a regression', () => {
  const loans = (rows: readonly LoanRow[], spread: (row: LoanRow) => number): LoanRow[] =>
    changed(rows, (row) => ({ prediction: row.x, label: row.x + spread(row) * (row.score - 0.5) }));
  const flags = { ...FLAGS, score: [], facet: undefined } as unknown as typeof FLAGS;
  it('that are larger in a segment make it the worst', async () => {
    const report = await judge(
      loans(NOW, ({ region }) => (region === 'N' ? 40 : 4)),
      flags,
      { problem: 'regression' },
      null,
    );
    expect(report.performance!.worst[0]).toMatchObject({ segment: 'region=N', metric: 'mean_absolute_error' });
    expect(report.performance!.worst).toHaveLength(1);
  });
  it('in a segment of blanks and in one of missing values are held against their own', async () => {
    const path = await lab.parquet(
      `SELECT 'r' || i AS id, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'N' END AS region, i % 100 AS prediction,
        i % 100 + (CASE WHEN i % 3 = 0 THEN 40 ELSE 4 END) * (i * 7919 % 1000 / 1000 - 0.5) AS label FROM range(4000) t(i)`,
    );
    const before = await lab.baseline(path, flags, { problem: 'regression' });
    const report = await lab.check(before, path, flags, { problem: 'regression' });
    expect(report.checks.map(({ id }) => id)).toContain('performance/mean_absolute_error@region missing');
    expect(fallen(report)).toEqual([]);
  });
  it('stand beside those of always giving the mean of the labels', async () => {
    const rows = loans(NOW, () => 4);
    const report = await judge(rows, flags, { problem: 'regression' }, null);
    const labels = rows.map(({ label }) => label);
    const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    const variance = labels.reduce((sum, label) => sum + (label - mean) ** 2, 0) / labels.length;
    expect(metricValue(report, 'root_mean_squared_error', { parameters: { predictor: 'best_constant' } })).toBeCloseTo(
      Math.sqrt(variance),
      9,
    );
  });
  it('are told by what was predicted', async () => {
    const rows = changed(NOW, (row) => ({ prediction: row.x, label: row.x > 80 ? row.x - 10 : row.x + (row.score - 0.5) }));
    const { residuals } = (await judge(rows, flags, { problem: 'regression' }, null)).performance!;
    expect(residuals!.reduce((sum, part) => sum + part.rows, 0)).toBe(NOW.length);
    for (const { from, to, rows: count, meanError, low, high, meanAbsoluteError } of residuals!) {
      const part = rows.filter(({ prediction }) => prediction >= from && prediction <= to);
      const errors = part.map(({ prediction, label }) => prediction - (label as number));
      expect([count, low <= meanError && meanError <= high]).toEqual([part.length, true]);
      expect(meanError).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / count, 10);
      expect(meanAbsoluteError).toBeCloseTo(errors.reduce((sum, error) => sum + Math.abs(error), 0) / count, 10);
    }
    expect(residuals!.at(-1)!.low).toBeGreaterThan(9);
  });
  it('have risen, not fallen, where that is estimated', async () => {
    const wide = (rows: readonly LoanRow[]) => loans(rows, ({ region }) => (region === 'N' ? 40 : 4));
    const moved = unlabelled(changed(wide(NOW), (_, i) => (i % 10 < 9 ? { region: 'N' } : {})));
    const report = await judge(moved, flags, { problem: 'regression' }, wide(BASE));
    const check = report.checks.find(({ id }) => id === 'estimated_performance/mean_absolute_error')!;
    expect([check.verdict, check.message]).toEqual([
      'fail',
      expect.stringMatching(/^mean absolute error has probably risen: .* by the features alone/),
    ]);
  });
});

it('a weighted segment that does worse is among the worst', async () => {
  const weighted = changed(NOW, ({ region, label }, i) => ({
    weight: region === 'N' ? 5 : 1,
    ...(region === 'N' && i % 2 === 0 ? { prediction: 1 - label } : {}),
  }));
  const report = await judge(weighted, { ...FLAGS, weight: 'weight' }, {}, null);
  expect(report.performance!.worst.map(({ segment }) => segment)).toContain('region=N');
});

it('weights that are all 0 leave nothing to judge, and that is said', async () => {
  const report = await judge(
    changed(NOW, () => ({ weight: 0 })),
    { ...FLAGS, weight: 'weight' },
    {},
    null,
  );
  expect(notes(report)).toContain('No row has a weight (weight) above 0');
});

it('one odd score leaves nothing estimated, and that is said', async () => {
  const report = await judge(unlabelled(changed(NOW, (_, i) => (i === 0 ? { score: 1.5 } : {}))));
  expect(report.performance!.estimates).toEqual([]);
  expect(notes(report)).toContain('1 score lies outside 0 to 1: nothing is estimated');
});

describe('labels that have come of the rows that were predicted positive alone', () => {
  const checks = (report: Report): string[] =>
    report.checks.flatMap(({ id, verdict }) => (id.startsWith('estimated_performance/') ? [`${id} ${verdict}`] : []));
  it('leave the estimates what they are of all rows', async () => {
    const rows = loanRows(3000, 5);
    const [none, some] = [
      await judge(unlabelled(rows)),
      await judge(unlabelled(rows, ({ prediction }, i) => prediction === 0 || i % 4 === 0)),
    ];
    expect(metricValue(some, 'labelled_share')).toBeLessThan(0.5);
    expect(checks(some).length).toBe(16);
    expect(checks(some).filter((check) => !check.endsWith(' pass'))).toEqual([]);
    for (const id of ['accuracy', 'recall', 'roc_auc']) expect(estimated(some, id)).toBeCloseTo(estimated(none, id), 12);
  });
  it('leave those of several classes too', async () => {
    const [base, rows] = [ofClasses(BASE), ofClasses(loanRows(3000, 5))];
    const some = unlabelled(rows, ({ prediction }) => (prediction as unknown) !== 'a');
    const [of, all] = [await judge(some, OF_CLASSES, {}, base), await judge(unlabelled(rows), OF_CLASSES, {}, base)];
    expect(checks(of)).toEqual(['', '@region=N', '@region=S', '@region=W'].map((place) => `estimated_performance/accuracy${place} pass`));
    expect(estimated(of, 'accuracy')).toBeCloseTo(estimated(all, 'accuracy'), 12);
  });
});
