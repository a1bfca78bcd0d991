import { describe, expect, it } from 'vitest';
import { holm, wilsonInterval } from '../../layers/quality/math/index.ts';
import {
  agrestiCaffo,
  agrestiCoull,
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  clopperPearson,
  correlationInterval,
  fisherExact,
  hochberg,
  jeffreys,
  katzRatio,
  mcNemar,
  meanInterval,
  newcombeDifference,
  poissonInterval,
  sidak,
  wald,
  waldDifference,
  welchDifference,
  wilsonContinuity,
  woolfOddsRatio,
} from '../../layers/quality/math/intervals/index.ts';
import { mismatch, readCases, type Tolerance } from '../reference/cases.ts';

type P = (number | null)[];
type Answer = number | boolean | null | readonly (number | boolean | null)[];
type Answers = Record<string, Answer>;

/** What differs from the reference. A value that is not finite there is null here. */
function differences(got: Answers, expected: Record<string, unknown>, tolerance: Tolerance): string[] {
  return Object.entries(expected).flatMap(([key, goal]) => {
    const goals = [goal].flat() as (number | string | boolean)[];
    const found = got[key] === null ? goals.map(() => null) : [got[key]].flat();
    if (found.length !== goals.length) return [`${key}: ${found.length} values, expected ${goals.length}`];
    return goals.flatMap((each, i) => {
      if (typeof each === 'boolean') return each === found[i] ? [] : [`${key}: expected ${each}`];
      if (found[i] === null) return Number.isFinite(Number(each)) ? [`${key}: got null, expected ${each}`] : [];
      return mismatch(Number(found[i]), each, tolerance, key) ?? [];
    });
  });
}

const meanOf = (values: number[]) => {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return { count: values.length, mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1) };
};

const rate = ({ hits, rows }: { hits: number; rows: number }): Answers => ({
  rate: hits / rows,
  standard_error: Math.sqrt(((hits / rows) * (1 - hits / rows)) / rows),
  wilson_95: wilsonInterval(hits, rows),
  wilson_99: wilsonInterval(hits, rows, 0.99),
  clopper_pearson_95: clopperPearson(hits, rows),
  clopper_pearson_90: clopperPearson(hits, rows, 0.9),
  agresti_coull_95: agrestiCoull(hits, rows),
  jeffreys_95: jeffreys(hits, rows),
  wald_95_held: wald(hits, rows),
  wilson_continuity_95: wilsonContinuity(hits, rows),
});

function rates(inputs: Record<string, number>): Answers {
  const [a, n, b, m] = ['hits_1', 'rows_1', 'hits_2', 'rows_2'].map((name) => inputs[name]!) as [number, number, number, number];
  const [katz, half] = [katzRatio(a, n, b, m), katzRatio(a + 0.5, n + 0.5, b + 0.5, m + 0.5)];
  const newcombe = newcombeDifference(a, n, b, m);
  return {
    difference: newcombe.value,
    newcombe_95: newcombe.interval,
    wald_difference_95: waldDifference(a, n, b, m).interval,
    agresti_caffo_95: agrestiCaffo(a, n, b, m).interval,
    risk_ratio: katz.value,
    katz_95: katz.interval,
    risk_ratio_plus_half: half.value,
    katz_plus_half_95: half.interval,
    odds_ratio_woolf_95: woolfOddsRatio(a, n, b, m).interval,
    fisher_exact_p: fisherExact(a, n, b, m),
  };
}

function adjusted({ p }: { p: number[] }): Answers {
  const methods: Record<string, (p: P) => P> = {
    bonferroni,
    holm,
    sidak,
    hochberg,
    benjamini_hochberg: benjaminiHochberg,
    benjamini_yekutieli: benjaminiYekutieli,
  };
  const answers: Answers = {};
  for (const [name, adjust] of Object.entries(methods)) {
    answers[name] = adjust(p);
    answers[`rejected_at_0.05_${name}`] = adjust(p).map((each) => each! <= 0.05);
  }
  return answers;
}

function mcnemar({ n01, n10 }: { n01: number; n10: number }): Answers {
  const test = mcNemar(n01, n10);
  return {
    exact_p: test.exactP,
    chi2: test.statistic,
    chi2_p: test.p,
    chi2_continuity: test.correctedStatistic,
    chi2_continuity_p: test.correctedP,
  };
}

function means({ first, second }: { first: number[]; second: number[] }): Answers {
  const [a, b] = [meanOf(first), meanOf(second)];
  const welch = welchDifference(a, b);
  return {
    mean: a.mean,
    standard_error: Math.sqrt(a.variance / a.count),
    t_interval_95: meanInterval(a).interval,
    difference: welch.value,
    welch_interval_95: welch.interval,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, each kind knows its shape
const KINDS: Record<string, (inputs: any) => Answers> = {
  rate,
  rates,
  adjusted,
  mcnemar,
  poisson_rate: ({ count }) => ({ interval_95: poissonInterval(count) }),
  mean: means,
  correlation: ({ r, n }) => ({ interval_95: correlationInterval(r, n).interval }),
};

describe('intervals.json', () => {
  const cases = readCases('intervals').filter(({ id }) => !id.startsWith('auc')); // those: intervals-auc.test.ts
  it.each(cases.map((each) => [each.id, each] as const))('%s', (id, { inputs, expected, tolerance }) => {
    expect(differences(KINDS[id.split('.')[0]!]!(inputs), expected, tolerance)).toEqual([]);
  });
});
