import { describe, expect, it } from 'vitest';
import {
  aucInterval,
  delong,
  gammaDraw,
  koopmanRatio,
  labelledScores,
  midPGamma,
  newcombeAucVariance,
  scoreEnds,
  seededDraws,
  zOf,
} from '../../layers/quality/math/intervals/index.ts';
import { type Case, mismatch, readCases } from '../reference/cases.ts';

const CASES = readCases('small-samples');
const LEVELS = [0.8, 0.95, 0.99];
const of = (kind: string): Case[] => CASES.filter(({ id }) => id.startsWith(`${kind}.`));

type Answers = Record<string, number | null | readonly number[]>;
const byLevel = (name: string, interval: (level: number) => readonly number[] | null): Answers =>
  Object.fromEntries(LEVELS.map((level) => [`${name}_${level}`, interval(level)]));

function differences(got: Answers, { expected, tolerance }: Case): string[] {
  return Object.entries(got).flatMap(([key, value]) => {
    const goals = [expected[key]].flat() as number[];
    return goals.flatMap((goal, i) => mismatch([value].flat()[i] as number | null, goal, tolerance, key) ?? []);
  });
}

describe('intervals of few rows, against scipy, statsmodels and scikit-learn', () => {
  it.each(of('koopman').map((each) => [each.id, each] as const))('%s', (_, each) => {
    const { hits_1, rows_1, hits_2, rows_2 } = each.inputs;
    const at = (level: number) => koopmanRatio(hits_1, rows_1, hits_2, rows_2, level);
    const got: Answers = { ratio: at(0.95).value, ...byLevel('koopman', (level) => at(level).interval) };
    if (each.expected['statsmodels_0.95'] !== undefined) got['statsmodels_0.95'] = at(0.95).interval;
    expect(differences(got, each)).toEqual([]);
  });

  it.each(of('newcombe').map((each) => [each.id, each] as const))('%s', (_, each) => {
    const { auc, positives, negatives } = each.inputs;
    const got = {
      variance: newcombeAucVariance(auc, positives, negatives),
      ...byLevel('newcombe', (level) => scoreEnds(auc, zOf(level), (theta) => newcombeAucVariance(theta, positives, negatives))),
    };
    expect(differences(got, each)).toEqual([]);
  });

  it.each(of('scores').map((each) => [each.id, each] as const))('ROC AUC, %s', (_, each) => {
    const found = delong(labelledScores(each.inputs.labels, each.inputs.scores));
    expect(differences({ auc: found.value, ...byLevel('auc', (level) => aucInterval(found, level)) }, each)).toEqual([]);
  });

  it.each(of('mid_p').map((each) => [each.id, each] as const))('%s', (_, each) => {
    const { mean, variance, part } = each.inputs;
    expect(
      differences(
        byLevel('mid_p', (level) => midPGamma(mean, variance, part, level)),
        each,
      ),
    ).toEqual([]);
  });

  it.each(of('gamma').map((each) => [each.id, each] as const))('draws have the law of %s', (id, { inputs, expected }) => {
    const [size, draw] = [40_000, gammaDraw(inputs.shape, seededDraws(id))];
    const values = Float64Array.from({ length: size }, draw).sort();
    const mean = values.reduce((sum, each) => sum + each, 0) / size;
    const moment = (power: number): number => values.reduce((sum, each) => sum + (each - mean) ** power, 0) / size;
    const deviation = Math.sqrt(expected.variance);
    expect(Math.abs(mean - expected.mean) / deviation).toBeLessThan(4 / Math.sqrt(size));
    expect(moment(2) / expected.variance).toBeCloseTo(1, 1);
    expect(Math.abs(moment(3) / deviation ** 3 - expected.skewness)).toBeLessThan(0.3);
    (inputs.points as number[]).forEach((share, i) => {
      const below = values.findIndex((each) => each > expected.quantiles[i]) / size;
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / size));
    });
  });
});
