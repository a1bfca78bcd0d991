import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { quoteText } from '../../layers/quality/engine/database.ts';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import { type Case, dataFolder, hasData, mismatch, readDataCases } from '../reference/cases.ts';
import { type Flags, faultsOf, metricOf, metricValue, outcomeChecks, outcomeLab } from './lab.ts';

const FLAGS: Flags = { label: 'repaid', prediction: 'y_pred', score: ['y_pred_proba'], time: 'timestamp' };
const lab = outcomeLab();
const file = (name: string): string => join(dataFolder, name);
const rowsOf = (name: string, [from, to]: [number, number], select = '* EXCLUDE (file_row_number)'): Promise<string> =>
  lab.parquet(
    `SELECT ${select} FROM read_parquet(${quoteText(file(name))}, file_row_number = true) WHERE file_row_number >= ${from} AND file_row_number < ${to} ORDER BY file_row_number`,
  );
const caseOf = (name: string, id: string): Case => readDataCases(name).find((each) => each.id === id)!;

/** Our metric of each key of a reference: id and parameters. */
type Names = Record<string, [id: string, parameters?: Record<string, string>]>;
const BINARY: Names = {
  tp: ['true_positive_count'],
  fp: ['false_positive_count'],
  fn: ['false_negative_count'],
  tn: ['true_negative_count'],
  accuracy: ['accuracy'],
  precision: ['precision'],
  recall: ['recall'],
  f1: ['f1'],
  f0_5: ['f0_5'],
  f2: ['f2'],
  specificity: ['specificity'],
  selection_rate: ['selection_rate'],
  prevalence: ['base_rate'],
  balanced_accuracy: ['balanced_accuracy'],
  mcc: ['matthews_correlation'],
  cohen_kappa: ['cohen_kappa'],
  roc_auc: ['roc_auc'],
  average_precision: ['average_precision'],
  log_loss: ['log_loss'],
  brier: ['brier_score'],
};

describe.skipIf(!hasData)('car loan (skipped: ../shared/data and ../shared/reference are not here)', () => {
  let baseline: Baseline;
  beforeAll(async () => {
    baseline = await lab.baseline(file('car_loan_reference.parquet'), FLAGS);
  });

  describe('in chunks of 5,000 rows', () => {
    const chunks = Array.from({ length: 10 }, (_, i) => i);
    const realised = hasData ? caseOf('cbpe', 'car_loan.as_the_tool_decides.analysis') : null;
    const formula = hasData ? caseOf('cbpe', 'car_loan.as_the_tool_decides.analysis.formula') : null;

    it.each(chunks)('chunk %i: realised values are NannyML’s to 1e-9, estimates those of its formula', async (i) => {
      const path = await rowsOf('car_loan_monitoring.parquet', [5000 * i, 5000 * i + 5000]);
      const report = await lab.check(baseline, path, FLAGS);
      const exact = { rel: 0, abs: 1e-9 };
      const wrong: (string | null)[] = ['roc_auc', 'accuracy', 'precision', 'recall', 'specificity', 'f1', 'average_precision'].map((id) =>
        mismatch(metricValue(report, id), realised!.expected[id].realized[i], exact, id),
      );
      wrong.push(
        ...['true_positive', 'false_positive', 'false_negative', 'true_negative'].map((id) =>
          mismatch(metricValue(report, `${id}_count`), realised!.expected[id].realized[i], exact, id),
        ),
      );
      // ESTIMATES: NannyML's formula without rounding.
      for (const id of ['roc_auc', 'accuracy', 'precision', 'recall', 'specificity', 'f1'])
        wrong.push(mismatch(metricValue(report, `estimated_${id}`), formula!.expected[id][i], formula!.tolerance, `estimated_${id}`));
      // Average precision takes each distinct score as a threshold, NannyML each row.
      wrong.push(
        mismatch(
          metricValue(report, 'estimated_average_precision'),
          formula!.expected.average_precision[i],
          { rel: 0, abs: 2e-3 },
          'estimated_ap',
        ),
      );
      wrong.push(
        mismatch(
          metricValue(report, 'estimated_roc_auc_error'),
          formula!.expected.roc_auc[i] - realised!.expected.roc_auc.realized[i],
          { rel: 0, abs: 1e-9 },
          'error of the estimate',
        ),
      );
      expect(wrong.filter((each) => each !== null)).toEqual([]);
      expect(faultsOf(report)).toEqual([]);
      expect(report.checks.filter(({ id }) => id.startsWith('estimated_performance/'))).toEqual([]);
    });

    it.each(chunks)('chunk %i without labels: the estimate is checked, and has fallen in the shifted half alone', async (i) => {
      const path = await rowsOf('car_loan_monitoring.parquet', [5000 * i, 5000 * i + 5000], '* EXCLUDE (file_row_number, repaid)');
      const report = await lab.check(baseline, path, FLAGS);
      const checks = report.checks.filter(({ id }) => id.startsWith('estimated_performance/'));
      expect(checks.map(({ id }) => id).sort()).toEqual(
        ['accuracy', 'precision', 'recall', 'roc_auc'].map((id) => `estimated_performance/${id}`).sort(),
      );
      for (const check of checks) expect(check.metric).not.toBeNull();
      expect(
        mismatch(metricValue(report, 'estimated_roc_auc'), formula!.expected.roc_auc[i], { rel: 0, abs: 1e-5 }, 'estimated_roc_auc'),
      ).toBeNull();
      for (const id of ['accuracy', 'precision', 'recall', 'specificity', 'f1'])
        expect(mismatch(metricValue(report, `estimated_${id}`), formula!.expected[id][i], formula!.tolerance, id)).toBeNull();
      expect(report.performance!.rows).toEqual({ all: 5000, labelled: 0, judged: 0 });
      expect(report.notes.join('\n')).toMatch(/only|cannot|labels/i);
      const alarmed = checks.filter(({ verdict }) => verdict === 'warn' || verdict === 'fail');
      const titles = report.findings
        .filter(({ checks: ids }) => ids.some((id) => id.startsWith('estimated_performance/')))
        .map(({ title }) => title);
      if (i < 5) {
        expect(alarmed).toEqual([]);
        expect(titles).toEqual([]);
      } else {
        expect(alarmed.map(({ id }) => id)).toContain('estimated_performance/accuracy');
        expect(titles).toHaveLength(1);
        expect(titles[0]).toMatch(/probably fallen/);
      }
      expect(faultsOf(report)).toEqual([]);
    });

    it('says that performance fell in the shifted half where labels are there, and not before', async () => {
      for (const i of [0, 4, 5, 9]) {
        const report = await lab.check(baseline, await rowsOf('car_loan_monitoring.parquet', [5000 * i, 5000 * i + 5000]), FLAGS);
        const fallen = outcomeChecks(report).filter(({ verdict }) => verdict === 'warn' || verdict === 'fail');
        expect([i, fallen.length > 0]).toEqual([i, i >= 5]);
      }
    });
  });

  const binary = readDataCases('performance').filter(({ id }) => id.startsWith('binary.car_loan.'));
  it.each(binary.map((each): [string, Case] => [each.id, each]))('%s', async (_, { source, expected, tolerance }) => {
    const { file: name, rows, weight } = source as { file: string; rows?: [number, number]; weight?: string };
    const path = await rowsOf(name, rows ?? [0, 50_000]);
    const flags: Flags = { ...FLAGS, ...(weight !== undefined && { weight }) };
    const before = weight === undefined ? baseline : await lab.baseline(path, flags);
    const report = await lab.check(before, path, flags);
    const wrong = Object.entries(BINARY).map(([key, [id, parameters]]) =>
      mismatch(metricValue(report, id, { parameters: parameters ?? {} }), expected[key], tolerance, key),
    );
    expect(wrong.filter((each) => each !== null)).toEqual([]);
    expect(metricOf(report, 'accuracy').rows).toBe(expected.n);
    expect(report.performance!.confusion!.cells).toEqual([
      [expected.tn, expected.fp],
      [expected.fn, expected.tp],
    ]);
    for (const { metric, value, interval, parameters } of report.metrics.filter(
      ({ factor, metric: id }) => factor === 'accuracy' && !id.startsWith('estimated'),
    ))
      if (interval !== null)
        expect([metric, parameters, Number(interval[0]) <= Number(value) + 1e-12 && Number(value) <= Number(interval[1]) + 1e-12]).toEqual([
          metric,
          parameters,
          true,
        ]);
    expect(faultsOf(report)).toEqual([]);
  });

  const SOFTMAX = `WITH raw AS (SELECT *, coalesce((repaid_loan_on_prev_car::VARCHAR IN ('true', '1', '1.0', 'True'))::INT, 0) AS r, loan_length AS L, y_pred_proba AS t FROM read_parquet(${quoteText(file('car_loan_reference.parquet'))}, file_row_number = true)),
    z AS (SELECT *, [L / 16.0, 1 + r / 2.0, 2 * t, 0.5 + t - r / 4.0, L / 32.0 + t / 2 + r] AS z FROM raw),
    p AS (SELECT *, list_transform(z, x -> exp(x - list_max(z))) AS e FROM z)`;
  const multiclass = readDataCases('performance').filter(({ id }) => id.startsWith('multiclass.car_loan.'));
  it.each(multiclass.map((each): [string, Case] => [each.id, each]))('%s', async (_, { source, expected, tolerance }) => {
    const [from, to] = source.rows as [number, number];
    const labels: string[] = source.labels;
    const scores = labels.map((_, k) => `e[${k + 1}] / list_sum(e) AS s${k}`).join(', ');
    const path = await lab.parquet(
      `${SOFTMAX} SELECT size_of_downpayment, [${labels.map(quoteText).join(', ')}][list_position(z, list_max(z))] AS predicted, ${scores} FROM p WHERE file_row_number >= ${from} AND file_row_number < ${to} ORDER BY file_row_number`,
    );
    const flags: Flags = {
      label: 'size_of_downpayment',
      prediction: 'predicted',
      score: labels.map((label, k) => `s${k}=${label}`),
      problem: 'multiclass',
    };
    const report = await lab.check(await lab.baseline(path, flags), path, flags);
    const names: Names = {
      accuracy: ['accuracy'],
      balanced_accuracy: ['balanced_accuracy'],
      mcc: ['matthews_correlation'],
      cohen_kappa: ['cohen_kappa'],
      ...Object.fromEntries(
        ['precision', 'recall', 'f1'].flatMap((id) =>
          ['macro', 'weighted'].map((average): [string, [string, Record<string, string>]] => [`${id}_${average}`, [id, { average }]]),
        ),
      ),
    };
    const wrong = Object.entries(names).map(([key, [id, parameters]]) =>
      mismatch(metricValue(report, id, { parameters: parameters ?? {} }), expected[key], tolerance, key),
    );
    for (const id of ['precision', 'recall'])
      labels.forEach((label, k) => {
        const { value, reason } = metricOf(report, id, { parameters: { class: label } });
        // A class that is never predicted has no precision; scikit-learn says 0.
        if (value === null) expect([id, label, reason, expected[`${id}_per_class`][k]]).toEqual([id, label, expect.any(String), 0]);
        else wrong.push(mismatch(Number(value), expected[`${id}_per_class`][k], tolerance, `${id} ${label}`));
      });
    expect(wrong.filter((each) => each !== null)).toEqual([]);
    expect(report.performance!.confusion).toMatchObject({ classes: labels, cells: expected.confusion_matrix_rows_true });
    expect(faultsOf(report)).toEqual([]);
  });

  it('regression.car_value', async () => {
    const { expected, tolerance } = caseOf('performance', 'regression.car_value');
    const path = await lab.parquet(
      `SELECT car_value, 15000 + 512 * loan_length + 2048 * driver_tenure AS predicted, loan_length FROM read_parquet(${quoteText(file('car_loan_reference.parquet'))})`,
    );
    const flags: Flags = { label: 'car_value', prediction: 'predicted', problem: 'regression' };
    const report = await lab.check(await lab.baseline(path, flags), path, flags);
    const names: Names = {
      mae: ['mean_absolute_error'],
      mse: ['mean_squared_error'],
      rmse: ['root_mean_squared_error'],
      mean_error_prediction_minus_label: ['mean_error'],
      r2: ['r2'],
      mape_sklearn: ['mean_absolute_percentage_error'],
    };
    const wrong = Object.entries(names).map(([key, [id]]) => mismatch(metricValue(report, id), expected[key], tolerance, key));
    expect(wrong.filter((each) => each !== null)).toEqual([]);
    expect(faultsOf(report)).toEqual([]);
  });
});
