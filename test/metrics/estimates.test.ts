import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  alarmBand,
  calibrate,
  ESTIMATES,
  equalCountCalibrationError,
  estimatePerformance,
  estimateUnlabelled,
  expectedAveragePrecision,
  fitEstimator,
  fitIsotonic,
  harmonicGap,
  holdOut,
  joinCells,
  labelCounts,
  needsCalibration,
  type ScoredRows,
  samplingDeviations,
} from '../../layers/quality/metrics/estimates/index.ts';
import { type Case, dataFolder, mismatch, readCases } from '../reference/cases.ts';

/** The reference names average precision by row plainly. */
const OURS: Record<string, string> = {
  average_precision: 'average_precision_by_row',
  average_precision_by_distinct_score: 'average_precision',
};

const labelled = (labels: number[], scores: number[]) => labelCounts({ scores, probabilities: labels, predictions: labels });

describe('cbpe.json', () => {
  const cases = readCases('cbpe').filter(({ id }) => id !== 'degenerate.one_class_reference');
  it.each(cases.map((each) => [each.id, each] as const))('%s', (_, { inputs, expected, tolerance }) => {
    const { raw_score, prediction, calibrated_probability } = inputs;
    const cells = { scores: raw_score ?? calibrated_probability, probabilities: calibrated_probability, predictions: prediction };
    const [got, ours] = [estimatePerformance(cells, 'zero'), estimatePerformance(cells)] as Record<
      string,
      { value: number; reason?: string }
    >[];
    for (const [key, goal] of Object.entries(expected as Record<string, number>)) {
      const id = OURS[key] ?? key;
      expect(mismatch(got![id]!.value, goal, tolerance, key)).toBeNull();
      if (ours![id]!.value === null) expect([goal, ours![id]!.reason]).toEqual([0, expect.stringMatching(/\w/)]);
      else expect(ours![id]).toEqual(got![id]);
    }
  });
  it('degenerate.one_class_reference', () => {
    const { inputs, expected } = readCases('cbpe').find(({ id }) => id === 'degenerate.one_class_reference')!;
    const decisions = [inputs.first, inputs.second].map(({ label, score }) => {
      const all = labelled(label, score);
      return needsCalibration(all, holdOut(all, 'any'));
    });
    expect(decisions.map(({ needed }) => needed)).toEqual(expected.needs_calibration);
    expect(decisions.map(({ reason }) => reason)).toEqual(['one class only', 'the score all but parts the classes']);
  });
});

const calibration = join(dataFolder, '../reference/calibration.json');
describe.skipIf(!existsSync(calibration))('isotonic regression of calibration.json (skipped: ../shared/reference is not here)', () => {
  const all: Case[] = existsSync(calibration) ? JSON.parse(readFileSync(calibration, 'utf8')).cases : [];
  const cases = all.filter(({ id, inputs }) => id.startsWith('isotonic.') && inputs !== undefined);
  it.each(cases.map((each) => [each.id, each] as const))('%s', (_, { inputs, expected, tolerance }) => {
    const { x, y, weight = x.map(() => 1) } = inputs;
    const distinct = [...new Set<number>(x)].sort((a, b) => a - b);
    const sums = (of: (i: number) => number): number[] =>
      distinct.map((score) => x.reduce((sum: number, each: number, i: number) => sum + (each === score ? of(i) : 0), 0));
    const map = fitIsotonic(
      distinct,
      sums((i) => y[i] * weight[i]),
      sums((i) => weight[i]),
    );
    const at = (scores: number[]): number[] => scores.map((score) => calibrate(map, score));
    const { distinct_x, fitted, knots_x, knots_y, predicted } = expected;
    const goals = [distinct_x, fitted, knots_x, knots_y, predicted].flat();
    const got = [distinct, at(distinct), map.scores, map.values, at(expected.at)].flat();
    expect(got).toHaveLength(goals.length);
    expect(got.flatMap((value, i) => mismatch(value, goals[i], tolerance) ?? [])).toEqual([]);
  });
});

describe('cells of rows', () => {
  const scores = Array.from({ length: 400 }, (_, i) => ((i * 37) % 23) / 23);
  const rows: ScoredRows = { scores, probabilities: scores.map((s) => 0.1 + 0.7 * s), predictions: scores.map((s) => (s > 0.4 ? 1 : 0)) };
  it('are estimated as the rows are, in any order', () => {
    const [one, joined] = [estimatePerformance(rows), estimatePerformance(joinCells(rows))];
    expect(joinCells(rows).rows).toHaveLength(23);
    for (const id of ESTIMATES) expect(joined[id].value).toBeCloseTo(one[id].value!, 11);
    const reversed = Object.fromEntries(Object.entries(rows).map(([key, column]) => [key, [...column].reverse()])) as unknown as ScoredRows;
    expect(estimatePerformance(joinCells(reversed))).toEqual(joined);
    expect(samplingDeviations(reversed, { seed: 's' })).toEqual(samplingDeviations(rows, { seed: 's' }));
  });
  it.each([
    [0, 1],
    [0, 40],
    [3, 7],
    [19, 9],
    [1e6, 33],
    [0, 2.5],
    [4.2, 0.3],
    [250.5, 1000.25],
  ])('1/(%d + 1) + … for %d terms', (from, count) => {
    const whole = Math.floor(count);
    let goal = 0;
    for (let i = 1; i <= whole; i++) goal += 1 / (from + i);
    const digamma = (x: number): number =>
      x < 40 ? digamma(x + 1) - 1 / x : Math.log(x) - 1 / (2 * x) - 1 / (12 * x * x) + 1 / (120 * x ** 4);
    if (whole !== count) goal = digamma(from + count + 1) - digamma(from + 1);
    expect(harmonicGap(from, count) / goal).toBeCloseTo(1, 11);
  });
});

describe('what does not exist', () => {
  const none: ScoredRows = { scores: [], probabilities: [], predictions: [] };
  it.each([
    ['no rows', none],
    ['a score is not a number', { scores: [Number.NaN], probabilities: [0.5], predictions: [1] }],
    ['a probability is not within 0 and 1', { scores: [3], probabilities: [3], predictions: [1] }],
    ['a number of rows is negative or missing', { scores: [3, 4], probabilities: [0.5, 0.5], predictions: [1, 1], rows: [1] }],
  ])('%s', (reason, cells) => {
    for (const outcome of Object.values(estimatePerformance(cells))) expect(outcome).toEqual({ value: null, reason });
    const estimator = fitEstimator(cells, [], { seed: 's' });
    expect([estimator.calibration, estimator.decision.needed, estimator.decision.reason]).toEqual([null, false, reason]);
    for (const each of Object.values(estimateUnlabelled(estimator, { scores: [0.5], predictions: [1] })))
      expect([each.samplingError, each.alarm]).toEqual([null, null]);
  });
  it('is null with a reason', () => {
    const { roc_auc, average_precision } = estimatePerformance({ scores: [1, 2], probabilities: [0, 0], predictions: [1, 0] });
    expect([roc_auc.reason, average_precision.reason]).toEqual(['no positive rows', 'no positive rows']);
    expect(expectedAveragePrecision({ scores: [1], probabilities: [1], predictions: [1] }, 'row').value).toBe(1);
    expect(calibrate(fitIsotonic([], [], []), 0.5)).toBeNaN();
    expect(calibrate({ scores: [0, 1], values: [0, 1] }, Number.NaN)).toBeNaN();
    expect(alarmBand([0.5, null], 0, 1)).toBeNull();
    expect(equalCountCalibrationError({ scores: [], positives: [], rows: [] }).reason).toBe('no rows');
    expect(equalCountCalibrationError({ scores: [0.2], positives: [1], rows: [1] }).value).toBeCloseTo(0.8, 12);
  });
});
