import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import * as a from '../../layers/quality/metrics/accuracy/index.ts';
import type { Outcome } from '../../layers/quality/metrics/outcome.ts';
import { type Case, dataFolder, hasData, mismatch, readCases, readDataCases, type Tolerance } from '../reference/cases.ts';

interface Rows {
  label: number[];
  score: number[];
  prediction?: number[];
  weight?: number[];
}

const CELLS: Record<string, (counts: a.ConfusionCounts) => Outcome> = {
  weight_sum: (counts) => ({ value: a.weightOf(counts) }),
  tp: ({ tp }) => ({ value: tp }),
  fp: ({ fp }) => ({ value: fp }),
  fn: ({ fn }) => ({ value: fn }),
  tn: ({ tn }) => ({ value: tn }),
  accuracy: a.accuracy,
  precision: a.precision,
  recall: a.recall,
  f1: a.f1,
  f0_5: a.f05,
  f2: a.f2,
  specificity: a.specificity,
  false_positive_rate: a.falsePositiveRate,
  false_negative_rate: a.falseNegativeRate,
  negative_predictive_value: a.negativePredictiveValue,
  selection_rate: a.selectionRate,
  prevalence: a.prevalence,
  balanced_accuracy: a.balancedAccuracy,
  mcc: a.matthewsCorrelation,
  cohen_kappa: a.cohenKappa,
  jaccard: a.jaccardIndex,
  g_mean: a.geometricMean,
};
const SCORED: Record<string, (counts: a.ScoredCounts) => Outcome> = {
  roc_auc: a.rocAuc,
  gini: a.gini,
  ks_of_scores: a.scoreSeparation,
  average_precision: a.averagePrecision,
  pr_auc_trapezoid: a.precisionRecallArea,
  log_loss: a.logLoss,
  brier: a.brierScore,
};
const LISTS = ['at_thresholds', 'roc_curve', 'pr_curve'];

/** A reference of 0 by convention (an empty denominator) is null with a reason here; any other value must agree. */
const differs = ({ value, reason, error }: Outcome, goal: number | string, tolerance: Tolerance, key: string): string | null =>
  error !== undefined
    ? `${key}: exact counts have an error`
    : value === null && goal === 0 && reason
      ? null
      : mismatch(value, goal, tolerance, key);

/** A row an entry, equal scores from the last row to the first: the reference's order of rows. */
function rowByRow({ label, score }: Rows): a.ScoredCounts {
  const order = score.map((_, i) => i).sort((x, y) => score[x]! - score[y]! || y - x);
  return { scores: order.map((i) => score[i]!), positives: order.map((i) => label[i]!), negatives: order.map((i) => 1 - label[i]!) };
}

function compareLists(counts: a.ScoredCounts, expected: Case['expected'], tolerance: Tolerance): (string | null)[] {
  // biome-ignore lint/suspicious/noExplicitAny: foreign JSON
  const thresholds = expected.at_thresholds.flatMap((goal: any) => {
    const { counts: cells, uncertain } = a.countsAt(counts, goal.threshold);
    const got = { ...cells, tpr: a.recall(cells).value, fpr: a.falsePositiveRate(cells).value, precision: a.precision(cells).value ?? 0 };
    expect(uncertain).toEqual({ positives: 0, negatives: 0 });
    return Object.entries(got).map(([key, value]) => mismatch(value, goal[key], tolerance, key));
  });
  const curve = (name: string, got: Record<string, number[]>): (string | null)[] =>
    Object.entries(expected[name] as Record<string, (number | string)[]>).flatMap(([key, goal]) => [
      mismatch(got[key]!.length, goal.length, tolerance, `${name} ${key} length`),
      ...goal.map((each, i) => mismatch(got[key]![i]!, each, tolerance, `${name} ${key}`)),
    ]);
  if (expected.roc_curve === undefined) return thresholds;
  const roc = a.rocCurve(counts).value!;
  const pr = a.precisionRecallCurve(counts).value!;
  expect(pr.at(-1)).toEqual({ threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 });
  const of = <K extends string>(points: Record<K, number>[], key: K): number[] => points.map((point) => point[key]);
  const found = { threshold: of(roc, 'threshold'), fpr: of(roc, 'falsePositiveRate'), tpr: of(roc, 'truePositiveRate') };
  return [
    ...thresholds,
    ...curve('roc_curve', found),
    ...curve('pr_curve', { threshold: of(pr.slice(0, -1), 'threshold'), precision: of(pr, 'precision'), recall: of(pr, 'recall') }),
  ];
}

function compare(rows: Rows, expected: Case['expected'], tolerance: Tolerance): (string | null)[] {
  const counts = a.scoredCounts(rows.score, rows.label, rows.weight);
  const cells = a.confusionCounts(rows.label, rows.prediction ?? rows.score.map((score) => (score >= 0.5 ? 1 : 0)), rows.weight);
  const top = a.wholeRowTops(rows.label.length)[0]!;
  const shared = a.gainsTable(counts, [top]).value?.[0];
  const ordered = a.gainsTable(rowByRow(rows), [top]).value?.[0];
  const plain: Record<string, number | undefined> = {
    n: rows.label.length,
    top_rows: top,
    lift_top_decile_ties_shared: shared?.lift,
    gain_top_decile_ties_shared: shared?.gain,
    lift_top_decile_row_order: ordered?.lift,
    gain_top_decile_row_order: ordered?.gain,
  };
  const keys = Object.keys(expected).filter((key) => !LISTS.includes(key));
  const single = keys.map((key) => {
    const got = CELLS[key]?.(cells) ?? SCORED[key]?.(counts) ?? (key in plain ? { value: plain[key]! } : null);
    return got === null ? `${key} is not compared` : differs(got, expected[key], tolerance, key);
  });
  return [...single, ...compareLists(counts, expected, tolerance)].filter((each) => each !== null);
}

const binary = (cases: Case[]): [string, Case][] => cases.filter(({ id }) => id.startsWith('binary.')).map((each) => [each.id, each]);

describe('binary metrics agree with scikit-learn', () => {
  it.each(binary(readCases('performance')))('%s', (_, { inputs, expected, tolerance }) => {
    expect(compare(inputs, expected, tolerance)).toEqual([]);
  });
});

describe.skipIf(!hasData)('binary metrics over data sets (skipped: ../shared/data and ../shared/reference are not here)', () => {
  let database: Database;
  const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
  beforeAll(async () => {
    database = await Database.open({ scratch, memoryMB: 256, threads: 1, allowed: [dataFolder] });
  });
  afterAll(() => {
    database.close();
    rmSync(scratch, { recursive: true });
  });

  it('there are cases', () => expect(binary(readDataCases('performance'))).toHaveLength(9));
  it.each(binary(readDataCases('performance')))('%s', async (_, { source, expected, tolerance }) => {
    const table = parquetTable([join(dataFolder, source.file)]).replace('union_by_name', 'file_row_number = true, union_by_name');
    const [from, to] = source.rows ?? [0, 1e9];
    const fits = source.file.startsWith('adult');
    const logit = `-8 + age / 32 + "education-num" * 5 / 16 + "hours-per-week" / 32 + "capital-gain" / 16384 + (sex = 'Male')::INT`;
    const columns = fits
      ? `(class = '>50K')::INT AS label, (${logit})::DOUBLE AS score`
      : 'repaid::INT AS label, y_pred_proba AS score, y_pred::INT AS prediction, loan_length::DOUBLE AS weight';
    const found = await database.rows<Record<string, number>>(
      `SELECT ${columns} FROM ${table} WHERE file_row_number >= ${from} AND file_row_number < ${to} ORDER BY file_row_number`,
    );
    const column = (name: string): number[] => found.map((row) => Number(row[name]));
    const rows: Rows = { label: column('label'), score: column('score') };
    if (fits) rows.score = rows.score.map((z) => 1 / (1 + Math.exp(-z)));
    if (source.prediction) rows.prediction = column('prediction');
    if (source.weight) rows.weight = column('weight');
    expect(compare(rows, expected, tolerance)).toEqual([]);
  });
});
