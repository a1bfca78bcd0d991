import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import * as a from '../../layers/quality/metrics/accuracy/index.ts';
import { classBrierScore, classLogLoss } from '../../layers/quality/metrics/performance/class-losses.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { lossesOf } from '../outcomes/losses.ts';
import { type Case, dataFolder, hasData, mismatch, readCases, readDataCases, type Tolerance } from '../reference/cases.ts';

const METRICS = { precision: a.precision, recall: a.recall, f1: a.f1, f0_5: a.f05, f2: a.f2 };

/** All values of a confusion matrix by the names of the references. A class without a value counts as 0 there. */
function ofMatrix(matrix: a.ConfusionMatrix): Record<string, unknown> {
  const rows = Array.from({ length: matrix.classes }, (_, t) =>
    Array.from(matrix.cells).slice(t * matrix.classes, (t + 1) * matrix.classes),
  );
  const averages = Object.entries(METRICS).flatMap(([name, metric]) => [
    [`${name}_per_class`, a.byClass(matrix, metric).map(({ value, reason }) => value ?? (reason ? 0 : Number.NaN))],
    [`${name}_macro`, a.classAverage(matrix, metric, 'macro').value],
    [`${name}_weighted`, a.classAverage(matrix, metric, 'weighted').value],
    [`${name}_micro`, a.accuracy(matrix).value],
  ]);
  return {
    ...Object.fromEntries(averages),
    confusion_matrix_rows_true: rows,
    accuracy: a.accuracy(matrix).value,
    balanced_accuracy: a.balancedAccuracy(matrix).value,
    mcc: a.matthewsCorrelation(matrix).value,
    cohen_kappa: a.cohenKappa(matrix).value,
    cohen_kappa_linear: a.cohenKappa(matrix, 'linear').value,
    cohen_kappa_quadratic: a.cohenKappa(matrix, 'quadratic').value,
  };
}

function ofProbabilities(rows: a.ClassProbabilities): Record<string, unknown> {
  const perClass = Array.from({ length: rows.classes }, (_, k) => a.classScores(rows, k));
  const weights = a.classWeights(rows);
  const slice = { losses: lossesOf(rows) } as unknown as Slice;
  return {
    log_loss: classLogLoss.compute(slice).value,
    brier_sum_over_classes: classBrierScore.compute(slice).value,
    roc_auc_ovr_per_class: perClass.map((counts) => a.rocAuc(counts).value),
    roc_auc_ovr_macro: a.rocAucOneAgainstRest(perClass, weights, 'macro').value,
    roc_auc_ovr_weighted: a.rocAucOneAgainstRest(perClass, weights, 'weighted').value,
    roc_auc_ovo_macro: a.rocAucOneAgainstOne(rows, 'macro').value,
    roc_auc_ovo_weighted: a.rocAucOneAgainstOne(rows, 'weighted').value,
    top_2_accuracy: a.topKAccuracy(rows, 2).value,
  };
}

function compare(matrix: a.ConfusionMatrix, rows: a.ClassProbabilities | null, expected: Case['expected'], tolerance: Tolerance) {
  const got: Record<string, unknown> = { ...ofMatrix(matrix), ...(rows === null ? {} : ofProbabilities(rows)) };
  const keys = Object.keys(expected).filter((key) => key !== 'labels');
  return keys.flatMap((key) => {
    if (!(key in got)) return `${key} is not compared`;
    const [found, goal] = [got[key], expected[key]].map((value) => [value].flat(2) as number[]) as [number[], number[]];
    return goal.flatMap((each, i) => mismatch(found[i]!, each, tolerance, key) ?? []);
  });
}

const multiclass = (cases: Case[]): [string, Case][] =>
  cases.filter(({ id }) => id.startsWith('multiclass.')).map((each) => [each.id, each]);

describe('multiclass metrics agree with scikit-learn', () => {
  it.each(multiclass(readCases('performance')))('%s', (_, { inputs, expected, tolerance }) => {
    const numbers = (names: unknown[]): number[] => names.map((name) => inputs.labels.indexOf(name));
    const labels = numbers(inputs.label);
    const classes: number = inputs.labels.length;
    const matrix = a.confusionMatrix(classes, labels, numbers(inputs.prediction), inputs.weight);
    const rows = inputs.probabilities && { classes, labels, probabilities: inputs.probabilities.flat(), weights: inputs.weight };
    expect(compare(matrix, rows ?? null, expected, tolerance)).toEqual([]);
  });
});

/** The references' softmax: its exponents are dyadic, so that the largest is the same anywhere; the first of equal ones is predicted. */
function softmax(z: number[]): { probabilities: number[]; prediction: number } {
  const most = Math.max(...z);
  const powers = z.map((each) => Math.exp(each - most));
  const sum = powers.reduce((total, each) => total + each, 0);
  return { probabilities: powers.map((each) => each / sum), prediction: z.indexOf(most) };
}

describe.skipIf(!hasData)('multiclass metrics over data sets (skipped: ../shared/data and ../shared/reference are not here)', () => {
  it('there are cases', () => expect(multiclass(readDataCases('performance'))).toHaveLength(2));
  it.each(multiclass(readDataCases('performance')))('%s', async (_, { source, expected, tolerance }) => {
    const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
    const database = await Database.open({ scratch, memoryMB: 256, threads: 1, allowed: [dataFolder] });
    const table = parquetTable([join(dataFolder, source.file)]).replace('union_by_name', 'file_row_number = true, union_by_name');
    const found = await database.rows<{ v: string; l: number; r: number; t: number }>(
      `SELECT size_of_downpayment AS v, loan_length::DOUBLE AS l, repaid_loan_on_prev_car::INT AS r, y_pred_proba AS t FROM ${table}
       WHERE file_row_number >= ${source.rows[0]} AND file_row_number < ${source.rows[1]}`,
    );
    database.close();
    rmSync(scratch, { recursive: true });
    const classes: number = source.labels.length;
    const labels = found.map(({ v }) => source.labels.indexOf(v));
    const fits = found.map(({ l, r, t }) => softmax([l / 16, 1 + r / 2, t * 2, 0.5 + t - r / 4, l / 32 + t / 2 + r]));
    const matrix = a.confusionMatrix(
      classes,
      labels,
      fits.map(({ prediction }) => prediction),
    );
    const rows = { classes, labels, probabilities: fits.flatMap(({ probabilities }) => probabilities) };
    expect(compare(matrix, rows, expected, tolerance)).toEqual([]);
  });
});
