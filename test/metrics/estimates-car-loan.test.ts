import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import {
  calibrate,
  type EstimateId,
  type Estimator,
  estimatePerformance,
  estimateUnlabelled,
  fitEstimator,
  fitIsotonic,
  joinCells,
  labelCounts,
  type Performance,
  type PerformanceEstimate,
  type ScoredRows,
} from '../../layers/quality/metrics/estimates/index.ts';
import { type Case, dataFolder, hasData, mismatch, readDataCases, type Tolerance } from '../reference/cases.ts';

const CHUNK = 5000;
type Rows = ScoredRows & { scores: number[]; probabilities: number[]; predictions: number[] };

/** Mismatches of flat lists; the tolerance is that of the name. */
const compare = (got: (number | null)[], expected: number[], tolerance: Tolerance, name: string): string[] =>
  got.length !== expected.length
    ? [`${name}: ${got.length} values, expected ${expected.length}`]
    : got.flatMap((value, i) => mismatch(value, expected[i]!, tolerance, name) ?? []);

describe.skipIf(!hasData)('CBPE of the car loans (skipped: ../shared/data and ../shared/reference are not here)', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
  const cases = readDataCases('cbpe');
  const data = {} as Record<'reference' | 'analysis', Rows[]>;
  const estimators = {} as Record<string, Estimator>;
  const whole = (): ScoredRows => ({
    scores: data.reference.flatMap(({ scores }) => scores),
    probabilities: data.reference.flatMap(({ probabilities }) => probabilities),
    predictions: data.reference.flatMap(({ predictions }) => predictions),
  });

  beforeAll(async () => {
    const database = await Database.open({ scratch, memoryMB: 512, threads: 1, allowed: [dataFolder] });
    for (const [period, file] of [
      ['reference', 'reference'],
      ['analysis', 'monitoring'],
    ] as const) {
      const table = parquetTable([join(dataFolder, `car_loan_${file}.parquet`)]).replace(
        'union_by_name',
        'file_row_number = true, union_by_name',
      );
      const rows = await database.rows<{ s: number; y: number; q: number }>(
        `SELECT y_pred_proba AS s, repaid::DOUBLE AS y, y_pred::DOUBLE AS q FROM ${table} ORDER BY file_row_number`,
      );
      data[period] = Array.from({ length: rows.length / CHUNK }, (_, i) => rows.slice(i * CHUNK, (i + 1) * CHUNK)).map((chunk) => ({
        scores: chunk.map(({ s }) => s),
        probabilities: chunk.map(({ y }) => y),
        predictions: chunk.map(({ q }) => q),
      }));
    }
    database.close();
    const learn = (calibrate: 'as measured' | 'never') =>
      // Of how many rows' labels it does not know, as NannyML: its bounds take the calibration for sure.
      ({ ...fitEstimator(whole(), data.reference, { seed: 'car loan', calibrate, rocAuc: 'nannyml' }), rows: undefined });
    estimators.as_the_tool_decides = learn('as measured');
    estimators.calibration_off = learn('never');
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  const kept = new Map<string, { estimates: Record<EstimateId, PerformanceEstimate>[]; realised: Performance[] }>();
  const parts = ({ id }: Case) => {
    const [, tool, period] = id.split('.') as [string, string, 'reference' | 'analysis'];
    const found = kept.get(tool + period) ?? {
      estimates: data[period].map((chunk) => estimateUnlabelled(estimators[tool]!, chunk)),
      realised: data[period].map((chunk) => estimatePerformance(chunk)),
    };
    kept.set(tool + period, found);
    return found;
  };
  const kind = (test: RegExp) => cases.filter(({ id }) => test.test(id)).map((each) => [each.id, each] as const);

  it.each(kind(/(reference|analysis)$/))('%s, as NannyML', (_, each) => {
    const { estimates, realised } = parts(each);
    const wrong = Object.entries(each.expected as Record<EstimateId, Record<string, never>>).flatMap(([name, goals]) => {
      const id = (name === 'average_precision' ? 'average_precision_by_row' : name) as EstimateId;
      const got: Record<string, unknown[]> = {
        value: estimates.map((e) => e[id].value),
        realized: realised.map((e) => e[name as EstimateId].value),
        sampling_error: estimates.map((e) => e[id].samplingError),
        lower_confidence_boundary: estimates.map((e) => e[id].confidence!.lower),
        upper_confidence_boundary: estimates.map((e) => e[id].confidence!.upper),
        lower_threshold: [estimates[0]![id].band!.lower],
        upper_threshold: [estimates[0]![id].band!.upper],
        alert: estimates.map((e) => e[id].alarm),
      };
      return Object.entries(goals).flatMap(([field, goal]) =>
        compare(got[field]!.map(Number), [goal].flat().map(Number), each.tolerance, `${name}.${field}`),
      );
    });
    expect(wrong).toEqual([]);
  });

  it.each(kind(/formula$/))('%s, to 1e-9', (_, each) => {
    const { estimates } = parts(each);
    const ours: Record<string, string> = {
      average_precision: 'average_precision_by_row',
      average_precision_by_distinct_score: 'average_precision',
    };
    const wrong = Object.entries(each.expected as Record<string, number[]>).flatMap(([name, goals]) =>
      compare(
        estimates.map((e) => e[(ours[name] ?? name) as EstimateId].value),
        goals,
        each.tolerance,
        name,
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('ROC AUC is within 1e-5 of NannyML on every chunk, from joined cells too', () => {
    const goals = cases.find(({ id }) => id === 'car_loan.as_the_tool_decides.analysis')!.expected.roc_auc.value;
    data.analysis.forEach((chunk, i) => {
      for (const rows of [chunk, joinCells(chunk)])
        expect(Math.abs(estimateUnlabelled(estimators.as_the_tool_decides!, rows).roc_auc.value! - goals[i])).toBeLessThan(1e-5);
    });
  });

  it('car_loan.calibrator', () => {
    const { expected, tolerance } = cases.find(({ id }) => id === 'car_loan.calibrator')!;
    const counts = labelCounts(whole());
    const map = fitIsotonic(counts.scores, counts.positives, counts.rows);
    const at = (scores: number[]): number[] => scores.map((score) => calibrate(map, score));
    expect([
      ...compare(at(expected.scores), expected.calibrated, tolerance, 'scores'),
      ...compare(at(expected.outside.scores), expected.outside.calibrated, tolerance, 'outside'),
      ...compare(at(expected.between_points.scores), expected.between_points.calibrated, tolerance, 'between'),
      ...compare(map.scores, expected.knots_score, tolerance, 'knots_score'),
      ...compare(map.values, expected.knots_calibrated, tolerance, 'knots_calibrated'),
    ]).toEqual([]);
    expect(estimators.as_the_tool_decides!.decision.needed).toBe(expected.needs_calibration);
    expect(estimators.as_the_tool_decides!.calibration).toEqual(map);
  });
});
