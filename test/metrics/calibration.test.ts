import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database, parquetTable, quoteName } from '../../layers/quality/engine/database.ts';
import * as a from '../../layers/quality/metrics/accuracy/index.ts';
import { type Case, dataFolder, hasData, mismatch, readCases, readDataCases, type Tolerance } from '../reference/cases.ts';

/** What we compute, in the shape of the references. */
type Found = { [key: string]: Found | Found[] | number | null };

function errors(counts: a.ScoredCounts, binOf: a.BinOf): Found {
  const table = a.reliabilityTable(counts, binOf).value!;
  const parts = a.brierParts(counts, binOf).value!;
  return {
    ece: a.expectedCalibrationError(counts, binOf).value,
    mce: a.maximumCalibrationError(counts, binOf).value,
    ace_mean_of_bins: a.averageCalibrationError(counts, binOf).value,
    rms_ce: a.rootMeanSquareCalibrationError(counts, binOf).value,
    table: table.map(({ bin, weight, meanScore, eventRate }) => ({ bin, n: weight, mean_score: meanScore, event_rate: eventRate })),
    brier_parts: {
      reliability: parts.reliability,
      resolution: parts.resolution,
      uncertainty: parts.uncertainty,
      within_bin_variance: parts.withinBinVariance,
      within_bin_covariance: parts.withinBinCovariance,
    },
  };
}

const inverse = (ratio: number | null): number | null => (ratio === null || ratio === 0 ? null : 1 / ratio);

function calibration(label: number[], score: number[]): Found {
  const counts = a.scoredCounts(score, label);
  const order = score.map((_, i) => i).sort((x, y) => score[x]! - score[y]!);
  const rows = { scores: order.map((i) => score[i]!), positives: order.map((i) => label[i]!), negatives: order.map((i) => 1 - label[i]!) };
  const confidence = a.confidenceCounts(counts);
  const spiegelhalter = a.spiegelhalterTest(counts).value;
  const { all, positives } = a.labelWeights(counts);
  return {
    n: all,
    brier: a.brierScore(counts).value,
    mean_score: a.meanScore(counts).value,
    event_rate: positives / all,
    expected_over_observed: inverse(a.observedOverExpected(counts).value),
    width_left_10: errors(counts, a.equalWidth()),
    width_right_10: errors(counts, a.equalWidth(10, 'right')),
    width_left_15: errors(counts, a.equalWidth(15)),
    width_right_15: errors(counts, a.equalWidth(15, 'right')),
    mass_sorted_10: errors(rows, a.equalRows(rows.scores.length)),
    mass_quantile_10: errors(counts, a.equalMass(counts)),
    brier_parts_distinct_scores: errors(counts, a.eachEntry).brier_parts!,
    confidence_width_right_10: errors(confidence, a.equalWidth(10, 'right')),
    confidence_width_right_15: errors(confidence, a.equalWidth(15, 'right')),
    spiegelhalter: { z: spiegelhalter?.z ?? null, p_two_sided: spiegelhalter?.p ?? null },
    hosmer_lemeshow_mass_sorted: { ...a.hosmerLemeshow(rows, a.equalRows(rows.scores.length)).value! },
    hosmer_lemeshow_mass_quantile: { ...a.hosmerLemeshow(counts).value! },
  };
}

function recalibration(label: number[], score: number[]): Found {
  const { intercept, slope, interceptWithSlope1 } = a.logisticRecalibration(a.scoredCounts(score, label)).value!;
  return { intercept, slope, intercept_with_slope_1: interceptWithSlope1 };
}

function isotonic(x: number[], y: number[], weight: number[] | undefined, at: number[]): Found {
  const fit = a.isotonicRegression(x, y, weight);
  const list = (values: ArrayLike<number>): Found => ({ ...Object.fromEntries(Array.from(values).entries()), length: values.length });
  return {
    distinct_x: list(fit.x),
    fitted: list(fit.fitted),
    knots_x: list(fit.knots.x),
    knots_y: list(fit.knots.y),
    predicted: list(at.map((each) => a.isotonicAt(fit.knots, each))),
    at: list(at),
  };
}

/** Every expected value, but what only says how scikit-learn's table compares. */
function differences(got: Found[string] | undefined, expected: unknown, tolerance: Tolerance, path: string): string[] {
  if (path.endsWith('same_as_sklearn_calibration_curve')) return [];
  if (expected === null || typeof expected !== 'object') {
    if (got === undefined || (got !== null && typeof got === 'object')) return [`${path} is not compared`];
    return [mismatch(got, expected as number, tolerance, path) ?? []].flat();
  }
  if (got === null || typeof got !== 'object') return [`${path}: got ${got}`];
  const lengths = Array.isArray(expected) && expected.length !== (got as { length: number }).length ? [`${path}: other length`] : [];
  return [
    ...lengths,
    ...Object.entries(expected).flatMap(([key, goal]) => differences((got as Found)[key], goal, tolerance, `${path}.${key}`)),
  ];
}

const named = (cases: Case[]): [string, Case][] => cases.map((each) => [each.id, each]);
const check = (
  id: string,
  rows: { x: number[]; y: number[]; w?: number[] },
  expected: Case['expected'],
  tolerance: Tolerance,
): string[] => {
  const got = id.startsWith('isotonic')
    ? isotonic(rows.x, rows.y, rows.w, expected.at)
    : (id.startsWith('recalibration') ? recalibration : calibration)(rows.y, rows.x);
  return differences(got, expected, tolerance, id);
};

describe('calibration agrees with the formulas, scikit-learn and statsmodels', () => {
  it.each(named(readCases('calibration')))('%s', (id, { inputs, expected, tolerance }) => {
    const rows = { x: inputs.x ?? inputs.score, y: inputs.y ?? inputs.label, w: inputs.weight };
    expect(check(id, rows, expected, tolerance)).toEqual([]);
  });
});

describe.skipIf(!hasData)('calibration over data sets (skipped: ../shared/data and ../shared/reference are not here)', () => {
  it('there are cases', () => expect(readDataCases('calibration')).toHaveLength(7));
  it.each(named(readDataCases('calibration')))('%s', async (id, { source, expected, tolerance }) => {
    const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
    const database = await Database.open({ scratch, memoryMB: 256, threads: 1, allowed: [dataFolder] });
    const table = parquetTable([join(dataFolder, source.file)]).replace('union_by_name', 'file_row_number = true, union_by_name');
    const [from, to] = source.rows ?? [0, 1e9];
    const logit = `-8 + age / 32 + "education-num" * 5 / 16 + "hours-per-week" / 32 + "capital-gain" / 16384 + (sex = 'Male')::INT`;
    const adult = source.file.startsWith('adult');
    const columns = adult
      ? `(class = '>50K')::INT AS y, (${logit})::DOUBLE AS x, 1 AS w`
      : `repaid::INT AS y, y_pred_proba AS x, ${source.weight ? quoteName(source.weight) : '1'}::DOUBLE AS w`;
    const found = await database.rows<{ x: number; y: number; w: number }>(
      `SELECT ${columns} FROM ${table} WHERE file_row_number >= ${from} AND file_row_number < ${to} ORDER BY file_row_number`,
    );
    database.close();
    rmSync(scratch, { recursive: true });
    const x = found.map((row) => (adult ? 1 / (1 + Math.exp(-row.x)) : row.x));
    expect(check(id, { x, y: found.map((row) => row.y), w: found.map((row) => row.w) }, expected, tolerance)).toEqual([]);
  });
});
