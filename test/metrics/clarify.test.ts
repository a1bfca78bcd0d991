import { describe, expect, it } from 'vitest';
import * as fairness from '../../layers/quality/metrics/fairness/index.ts';
import { mismatch, readCases } from '../reference/cases.ts';

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, each vector has a shape of its own
type Vector = any;
const vectors: Record<string, Vector> = Object.fromEntries(readCases('clarify').map((each) => [each.id, each]));
const TOLERANCE = { rel: 1e-9, abs: 1e-12 };
const CODES = fairness.CLARIFY_METRICS.map(({ code }) => code);

interface Columns {
  inFacet: boolean[];
  label?: boolean[];
  prediction?: boolean[];
  group?: (string | number)[];
}

function splitOf({ inFacet, label, prediction, group }: Columns): fairness.Split {
  const table = fairness.crossTable(['facet', ...(group === undefined ? [] : ['group'])]);
  inFacet.forEach((inside, i) => {
    const counts = fairness.cellAt(table, [inside, ...(group === undefined ? [] : [group[i]!])]);
    fairness.countRow(counts, label?.[i] ?? null, prediction?.[i] ?? null);
  });
  return fairness.splitBy(table, 'facet', (value) => value === true, group === undefined ? null : 'group', 'clarify');
}

/** What our metrics get wrong of those a vector names; {value: null, error} is expected as null for that reason. */
function wrong(split: fairness.Split, expected: Vector, rows: fairness.FlipRows | string = 'no rows'): string[] {
  const got = new Map(fairness.clarifyValues(split, rows, 'clarify').map((value) => [value.metric.code, value]));
  return Object.entries(expected as Record<string, Vector>).flatMap(([code, goal]) => {
    if (!CODES.includes(code)) return [];
    const { value, reason } = got.get(code)!;
    if (goal?.error !== undefined) return value === goal.value && reason === goal.error ? [] : [`${code}: ${value} ${reason}`];
    return mismatch(value, goal, TOLERANCE, code) ?? [];
  });
}

const ones = (values: number[]): boolean[] => values.map((value) => value === 1);
const confusion = ({ TP, FP, FN, TN }: Record<string, number>): fairness.GroupCounts => fairness.fromConfusion(TP!, FP!, FN!, TN!);

describe('metrics, against the tests of smclarify', () => {
  const { facet, label, pred, cases } = vectors.dfBinary;
  const binary = (sensitive: string, predictions: number[], labels?: number[]): fairness.Split =>
    splitOf({
      inFacet: facet.map((value: string) => value === sensitive),
      label: labels && ones(labels),
      prediction: ones(predictions),
    });

  it.each((cases as Vector[]).map((each): [string, Vector] => [each.sensitive, each]))(
    'all counted ones, facet %s',
    (sensitive, expected) => {
      expect(Object.keys(expected).filter((key) => CODES.includes(key))).toHaveLength(18);
      expect(wrong(binary(sensitive, pred, label), expected)).toEqual([]);
    },
  );
  it('DI infinite and 0, DRR zero', () => {
    const { pred: chosen, DI, sensitive_M_DI } = vectors.DI_infinite;
    expect([...wrong(binary('F', chosen), { DI }), ...wrong(binary('M', chosen), { DI: sensitive_M_DI })]).toEqual([]);
    const { label: labels, pred: others, F, M } = vectors.DRR_zero;
    expect([...wrong(binary('F', others, labels), { DRR: F }), ...wrong(binary('M', others, labels), { DRR: M })]).toEqual([]);
  });
  it('CI of several categories and of intervals', () => {
    const { facet: categories, M, F, O } = vectors.CI_multicategory;
    for (const [value, CI] of Object.entries({ M, F, O }))
      expect(wrong(splitOf({ inFacet: categories.map((each: string) => each === value) }), { CI })).toEqual([]);
    const { facet: numbers, gt_1, lt_1 } = vectors.CI_continuous;
    expect(wrong(splitOf({ inFacet: numbers.map((value: number) => value > 1) }), { CI: gt_1 })).toEqual([]);
    expect(wrong(splitOf({ inFacet: numbers.map((value: number) => value < 1) }), { CI: lt_1 })).toEqual([]);
  });
  it('CDDL and CDDPL', () => {
    const { facet: sides, positive, group, F, M } = vectors.CDD;
    for (const [value, goal] of Object.entries({ F, M })) {
      const inFacet = sides.map((each: string) => each === value);
      expect(wrong(splitOf({ inFacet, label: ones(positive), prediction: ones(positive), group }), { CDDL: goal, CDDPL: goal })).toEqual(
        [],
      );
    }
  });
  const distances: Record<string, fairness.LabelDistance> = {
    KL: fairness.kullbackLeiblerDivergenceInLabels,
    JS: fairness.jensenShannonDivergenceInLabels,
    LP: fairness.lpNormInLabels,
    TVD: fairness.totalVariationDistanceInLabels,
    KS: fairness.kolmogorovSmirnovDistanceInLabels,
  };
  it.each((vectors.divergences.vectors as Vector[]).map((each, i): [number, Vector] => [i, each]))('divergences %i', (_, vector) => {
    const { label: labels, sensitive, ...expected } = vector;
    const classes = [...new Set(labels)];
    const weights = (side: boolean): number[] =>
      classes.map((value) => labels.filter((each: unknown, i: number) => each === value && sensitive[i] === side).length);
    for (const [code, distance] of Object.entries(distances))
      expect(mismatch(distance(weights(false), weights(true), 'clarify').value, expected[code], TOLERANCE, code)).toBeNull();
  });
  it.each(['FT', 'FT_small'])('%s', (key) => {
    const { rows, facet_column, sensitive_value, pred: chosen, FT } = vectors[key];
    const inFacet = rows.map((row: number[]) => row[facet_column] === sensitive_value);
    const features = Float64Array.from(rows.flatMap((row: number[]) => row.filter((_, j) => j !== facet_column)));
    const { value } = fairness.counterfactualFlipTest({ features, width: rows[0].length - 1, inFacet, chosen }, 'clarify');
    expect(mismatch(value, FT, TOLERANCE)).toBeNull();
  });
});

describe('what smclarify refuses has no value, for its reason', () => {
  const counts = fairness.fromConfusion(1, 1, 1, 1);
  const none = fairness.emptyCounts();
  it('empty sides', () => {
    expect(fairness.disparateImpact({ facet: none, rest: counts }, 'clarify').reason).toBe('Facet set is empty');
    expect(fairness.disparateImpact({ facet: counts, rest: none }, 'clarify').reason).toBe('Negated facet set is empty');
    for (const { code, compute } of fairness.CLARIFY_METRICS.filter(({ code }) => ['KL', 'JS', 'LP'].includes(code)))
      expect([code, compute!({ facet: none, rest: counts }, 'clarify').reason]).toEqual([
        code,
        'No instance of common facet found, dataset may be too small',
      ]);
  });
  it('DPL one against all', () => {
    const [x, y] = [['a', 'a', 'b', 'b'], ones([1, 1, 0, 1])];
    expect(fairness.differenceInPositiveProportionsInLabels(splitOf({ inFacet: x.map((v) => v === 'a'), label: y })).value).toBe(-0.5);
    expect(fairness.differenceInPositiveProportionsInLabels(splitOf({ inFacet: x.map((v) => v === 'b'), label: y })).value).toBe(0.5);
  });
  it('no positive prediction, no benefit, no group variable', () => {
    const refused = fairness.clarifyValues(
      { facet: fairness.fromConfusion(0, 0, 1, 1), rest: fairness.fromConfusion(0, 0, 2, 1) },
      'no rows',
      'clarify',
    );
    for (const { metric, value, reason } of refused.filter(({ metric }) => metric.stage === 'post_training'))
      expect([metric.code, value, reason?.slice(0, 26)]).toEqual([metric.code, null, 'No Label values are presen']);
    const missed = { facet: fairness.fromConfusion(0, 0, 1, 0), rest: fairness.fromConfusion(0, 0, 2, 0) };
    expect(fairness.generalizedEntropy(missed, 'clarify').reason).toMatch(/^All predicted labels are false negatives/);
    expect(fairness.conditionalDemographicDisparityInLabels(missed, 'clarify').reason).toBe('Group variable is empty or not provided');
  });
});

describe('reports of smclarify', () => {
  /** Conditional acceptance and rejection, from the differences against a side where both are 1. */
  const conditional = (rest: fairness.GroupCounts): number[] => {
    const split = { rest, facet: fairness.fromConfusion(1, 0, 0, 1) };
    return [1 + fairness.differenceInConditionalAcceptance(split).value!, 1 - fairness.differenceInConditionalRejection(split).value!];
  };
  const column = (vector: Vector, name: string): Vector[] => vector.rows.map((row: Vector[]) => row[vector.columns.indexOf(name)]);
  const facts = (values: Vector[]): fairness.ColumnFacts => ({
    type: typeof values[0] === 'string' ? 'text' : 'integer',
    distinct: new Set(values).size,
    count: values.length,
  });
  const chosen = (values: Vector[], given: Vector[]): fairness.Selection =>
    fairness.clarifyKind(facts(values), given) === 'continuous'
      ? fairness.byInterval(given, Math.max(...values), 'clarify')
      : fairness.byValue(given);

  it.each([
    ['category', undefined, [0]],
    ['continuous', [2], [0]],
    ['label_values', undefined, ['p', 'q']],
    ['partial', [2], [0]],
  ])('%s', (name, threshold, positive) => {
    const vector = vectors[`report.${name}`];
    const [x, y, predicted] = [column(vector, 'x'), column(vector, 'y'), column(vector, 'yhat')];
    const features = vector.columns.filter((each: string) => !['x', 'y', 'yhat', 'yhat_cat'].includes(each));
    for (const [i, pre] of vector.pre.entries()) {
      const facet = threshold === undefined ? fairness.byValue([pre.value_or_threshold]) : chosen(x, threshold);
      expect(facet.label).toBe(pre.value_or_threshold);
      const inFacet = x.map((value) => facet.includes(value));
      const [label, prediction] = [y, predicted].map((values) => values.map((value) => chosen(values, positive).includes(value)));
      const group = vector.group === null ? undefined : column(vector, 'z');
      const numbers = Float64Array.from(
        vector.rows.flatMap((_: unknown, j: number) => features.map((each: string) => column(vector, each)[j])),
      );
      const rows = { features: numbers, width: features.length, inFacet, chosen: prediction! };
      const split = splitOf({ inFacet, label, prediction, group });
      expect(wrong(split, { ...pre, ...vector.post[i] }, rows)).toEqual([]);
      const basic = vector.basic_post?.[i];
      if (basic === undefined) continue;
      const { rows: n, tp, fp, fn, tn } = split.facet;
      expect([n / y.length, [tp / n, fp / n, fn / n, tn / n]].flat()).toEqual([basic.proportion, basic.confusion_matrix].flat());
      expect(fairness.groupRate(split.facet, 'base_rate').value).toBeCloseTo(basic.observed_label_distribution[0], 12);
    }
  });
  it('model performance of one class against the others', () => {
    const { rows, expected } = vectors['report.model_performance_categorical'];
    const counts = fairness.emptyCounts();
    for (const [, label, , , prediction] of rows) fairness.countRow(counts, label === 'p', prediction === 'p');
    const { tp, fp, fn, tn } = counts;
    expect([tp, fp, fn, tn].map((count) => count / 4)).toEqual(expected['binary_confusion_matrix[TP,FP,FN,TN]']);
    const rates = fairness.groupRates(counts);
    expect(rates.accuracy.value).toBe(expected.Accuracy);
    expect(rates.selection_rate.value).toBe(expected['Proportion of Positive Predictions in Labels']);
    expect(rates.true_positive_rate.value).toBe(expected['True Positive Rate / Recall']);
    expect(rates.true_negative_rate.value).toBe(expected['True Negative Rate / Specificity']);
    expect(rates.precision.value).toBe(expected['Acceptance Rate / Precision']);
    expect(rates.negative_predictive_value.value).toBe(expected['Rejection Rate']);
    expect(conditional(counts)).toEqual([expected['Conditional Acceptance'], expect.closeTo(expected['Conditional Rejection'], 12)]);
  });
  it('model performance of TP 2, TN 2, FP 1, FN 0', () => {
    const counts = fairness.fromConfusion(2, 1, 0, 2);
    const rates = fairness.groupRates(counts);
    const names = [
      'accuracy',
      'selection_rate',
      'true_positive_rate',
      'true_negative_rate',
      'precision',
      'negative_predictive_value',
    ] as const;
    expect(names.map((name) => rates[name].value)).toEqual([4 / 5, 3 / 5, 1, 2 / 3, 2 / 3, 1]);
    expect(conditional(counts)).toEqual([expect.closeTo(2 / 3, 12), 3 / 2]);
  });
  it('text of numbers by interval, several whole numbers by value', () => {
    const numbers = [1, 2, 3, 4];
    const dppl = (inFacet: boolean[], prediction: boolean[]) =>
      fairness.differenceInPositiveProportionsInPredictedLabels(splitOf({ inFacet, prediction }), 'clarify').value;
    const above = fairness.byInterval([2], 4, 'clarify');
    expect(dppl(numbers.map(above.includes), numbers.map(above.includes))).toBe(-1);
    const low = fairness.byValue([1, 2]);
    expect(dppl(numbers.map(low.includes), [2, 2, 3, 4].map(low.includes))).toBe(-1);
  });
});

describe('jobs of AWS', () => {
  const isZero = (values: number[]): boolean[] => values.map((value) => value === 0);
  const run = vectors.aws_adult_monitor_run;
  const columns: Columns = { inFacet: isZero(run.sex), label: ones(run.label), prediction: ones(run.pred), group: run.age };
  const rows = (times: number): fairness.FlipRows => {
    const repeated = <T>(values: T[]): T[] => Array.from({ length: times }, () => values).flat();
    const features = Float64Array.from(repeated(run.features as number[][]).flatMap((row) => row.filter((_, j) => j !== 9)));
    return { features, width: 13, inFacet: repeated(columns.inFacet), chosen: repeated(columns.prediction!) };
  };

  it('baseline before training, 666 rows', () => {
    const { sex, label, age, counts, smclarify } = vectors.aws_adult_baseline_pre;
    const split = splitOf({ inFacet: isZero(sex), label: ones(label), group: age });
    expect([split.facet, split.rest].map((side) => [side.rows, fairness.labelsOf(side).positive])).toEqual([
      [counts.d.n, counts.d.label_pos],
      [counts.a.n, counts.a.label_pos],
    ]);
    expect(wrong(split, smclarify)).toEqual([]);
  });
  it('baseline after training, from its counts', () => {
    const { d, a, aws } = vectors.aws_adult_baseline_post_counts;
    const { CDDPL, FT, ...counted } = aws;
    expect(Object.keys(counted)).toHaveLength(11);
    expect(wrong({ facet: confusion(d), rest: confusion(a) }, counted)).toEqual([]);
  });
  it('monitor run, 334 rows: all 21', () => {
    expect(CODES.filter((code) => code in run.smclarify)).toHaveLength(21);
    const split = splitOf(columns);
    expect(split.facet).toMatchObject({ tp: 2, fp: 0, fn: 78, tn: 30 });
    expect(wrong(split, run.smclarify, rows(1))).toEqual([]);
  });
  it('endpoint run, the same rows ten times', () => {
    const { FT, GE_aws, GE_smclarify } = vectors.aws_adult_endpoint_run_x10;
    const ten = <T>(values: T[]): T[] => Array.from({ length: 10 }, () => values).flat();
    const [inFacet, label, prediction, group] = [columns.inFacet, columns.label!, columns.prediction!, columns.group!].map((c) =>
      ten(c as never[]),
    );
    const split = splitOf({ inFacet: inFacet!, label, prediction, group });
    expect([...wrong(split, { FT, GE: GE_aws }, rows(10)), ...wrong(split, { GE: GE_smclarify })]).toEqual([]);
    expect(wrong(split, { FT }, rows(20))).toEqual([]);
    expect(fairness.counterfactualFlipTest(rows(2), 'clarify').value).toBeCloseTo(-0.0454545, 7);
  });
});

describe('worked examples of the documentation', () => {
  it('of KL, KS, DI, DCA, TE', () => {
    const [most, few] = [
      [20, 80],
      [70, 30],
    ];
    expect(fairness.kullbackLeiblerDivergenceInLabels(most, few).value).toBeCloseTo(0.53, 2);
    expect(fairness.kolmogorovSmirnovDistanceInLabels(most, few).value).toBeCloseTo(0.5, 12);
    const split = (facet: fairness.GroupCounts, rest: fairness.GroupCounts): fairness.Split => ({ facet, rest });
    const chosen = split(fairness.fromConfusion(50, 0, 0, 50), fairness.fromConfusion(60, 0, 0, 40));
    expect(fairness.disparateImpact(chosen).value).toBeCloseTo(5 / 6, 12);
    const conditional = split(fairness.fromConfusion(20, 10, 0, 20), fairness.fromConfusion(60, 0, 10, 30));
    expect(fairness.differenceInConditionalAcceptance(conditional).value).toBeCloseTo(0.5, 12);
  });
});
