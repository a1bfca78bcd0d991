import { describe, expect, it } from 'vitest';
import * as fairness from '../../layers/quality/metrics/fairness/index.ts';
import { mismatch, readCases } from '../reference/cases.ts';
import { type Flags, faultsOf, type More, metricOf, metricValue, outcomeLab } from './lab.ts';

const lab = outcomeLab();
// biome-ignore lint/suspicious/noExplicitAny: foreign JSON
type Expected = any;
type Judged = Awaited<ReturnType<typeof lab.check>>;

describe('Clarify’s metrics', () => {
  const vectors: Record<string, Expected> = Object.fromEntries(readCases('clarify').map((each) => [each.id, each]));
  const nameOf = (code: string): string => fairness.CLARIFY_METRICS.find((each) => each.code === code)!.name;
  const isCode = (code: string): boolean => fairness.CLARIFY_METRICS.some((each) => each.code === code);

  interface Columns {
    inFacet: boolean[];
    label: boolean[];
    prediction?: boolean[] | undefined;
    group?: unknown[];
  }

  function splitOf({ inFacet, label, prediction, group }: Columns): fairness.Split {
    const table = fairness.crossTable(['facet', ...(group === undefined ? [] : ['group'])]);
    inFacet.forEach((inside, i) => {
      const counts = fairness.cellAt(table, [inside, ...(group === undefined ? [] : [group[i] as string])]);
      fairness.countRow(counts, label[i]!, prediction?.[i] ?? null);
    });
    return fairness.splitBy(table, 'facet', (value) => value === true, group === undefined ? null : 'group');
  }

  /**
   * What a report gets wrong: every metric has its code; where Clarify's reading and ours agree on these rows it has the vector's value, where they do
   * not (docs/clarify-differences.md) ours, and where ours has none, a reason.
   */
  function wrong(report: Judged, facet: string, expected: Expected, columns: Columns, flip: number | null = null): string[] {
    const split = splitOf(columns);
    return Object.entries(expected as Record<string, Expected>).flatMap(([code, goal]) => {
      if (!isCode(code)) return [];
      const metric = fairness.CLARIFY_METRICS.find((each) => each.code === code)!;
      const { value, reason, code: written } = metricOf(report, metric.name, { facet });
      if (written !== code) return [`${code} carries the code ${written}`];
      const ours = metric.compute?.(split).value ?? null;
      const theirs = metric.compute?.(split, 'clarify').value ?? null;
      // The flip test needs rows: its value is the vector's (or `flip`), or there is a reason for none.
      if (metric.compute === null)
        return value === null
          ? reason === null
            ? [`${code} has no reason`]
            : []
          : (mismatch(Number(value), flip ?? goal, { rel: 1e-9, abs: 1e-12 }, code) ?? []);
      if (ours === null) return value === null && reason !== null ? [] : [`${code} has a value: ${value} (${reason})`];
      const got = value === null ? null : Number(value);
      return mismatch(got, ours === theirs ? goal : ours, { rel: 1e-9, abs: 1e-12 }, code) ?? [];
    });
  }
  const binary: Flags = { label: 'label', prediction: 'pred', positive: ['1'] };
  const ones = (label: number[], prediction: number[]) => ({
    label: label.map((value) => value === 1),
    prediction: prediction.map((value) => value === 1),
  });
  const check = (path: string, flags: Flags, more: More = {}) => lab.check(null, path, flags, { minimumRows: 1, ...more });

  it.each(['F', 'M'])('facet %s of twelve rows, by value, one against all and after a round trip of CSV', async (side) => {
    const { facet, label, pred, cases } = vectors.dfBinary;
    const path = lab.csv(
      ['facet', 'label', 'pred'],
      facet.map((value: string, i: number) => [value, label[i], pred[i]]),
    );
    const expected = (cases as Expected[]).find(({ sensitive }) => sensitive === side);
    for (const flag of [`facet=${side}`, 'facet']) {
      const report = await check(path, { ...binary, facet: [flag] });
      expect(
        wrong(report, `facet=${side}`, expected, { inFacet: facet.map((value: string) => value === side), ...ones(label, pred) }),
      ).toEqual([]);
      expect(faultsOf(report)).toEqual([]);
      // Without a group variable and without rows there is a reason each.
      for (const code of ['CDDL', 'CDDPL', 'FT'])
        expect([code, metricOf(report, nameOf(code), { facet: `facet=${side}` })]).toMatchObject([code, { value: null, reason: /./ }]);
    }
  });

  it('DI is infinite where no one else is chosen, and 0 the other way round', async () => {
    const { facet, pred, DI, sensitive_M_DI } = vectors.DI_infinite;
    const report = await check(
      lab.csv(
        ['facet', 'pred'],
        facet.map((value: string, i: number) => [value, pred[i]]),
      ),
      { prediction: 'pred', positive: ['1'], facet: ['facet'] },
    );
    const of = metricOf(report, 'disparate_impact', { facet: 'facet=F' });
    if (of.value !== null) expect(of.value).toBe(DI);
    else expect(of.reason).toMatch(/./);
    expect(metricValue(report, 'disparate_impact', { facet: 'facet=M' })).toBe(sensitive_M_DI);
    expect(faultsOf(report)).toEqual([]);
  });

  it('CI of intervals: above 1, and up to 1', async () => {
    const { facet, gt_1, lt_1 } = vectors.CI_continuous;
    const path = lab.csv(
      ['x', 'label'],
      (facet as number[]).map((value, i) => [value, i % 2]),
    );
    const report = await check(path, { label: 'label', facet: ['x=1..', 'x=..1'] });
    expect(metricValue(report, 'class_imbalance', { facet: 'x > 1' })).toBeCloseTo(gt_1, 12);
    expect(metricValue(report, 'class_imbalance', { facet: 'x ≤ 1' })).toBeCloseTo(lt_1, 12);
  });

  it('CI of several categories', async () => {
    const { facet, M, F, O } = vectors.CI_multicategory;
    const path = lab.csv(
      ['x', 'label'],
      (facet as string[]).map((value, i) => [value, i % 2]),
    );
    const report = await check(path, { label: 'label', facet: ['x'] });
    for (const [name, goal] of Object.entries({ M, F, O }))
      expect(metricValue(report, 'class_imbalance', { facet: `x=${name}` })).toBeCloseTo(goal, 12);
  });

  it.each(['F', 'M'])('CDDL and CDDPL of %s with a group variable', async (side) => {
    const { facet, positive, group } = vectors.CDD;
    const path = lab.csv(
      ['facet', 'label', 'pred', 'group'],
      facet.map((value: string, i: number) => [value, positive[i], positive[i], `g${group[i]}`]),
    );
    const report = await check(path, { ...binary, facet: [`facet=${side}`] }, { groupVariable: 'group' });
    const goal = vectors.CDD[side];
    const columns = { inFacet: facet.map((value: string) => value === side), ...ones(positive, positive), group };
    expect(wrong(report, `facet=${side}`, { CDDL: goal, CDDPL: goal }, columns)).toEqual([]);
  });

  it('an interval with a group variable: Clarify’s continuous report', async () => {
    const { columns, rows, pre, post } = vectors['report.continuous'];
    const path = lab.csv(columns, rows);
    const report = await check(path, { label: 'y', prediction: 'yhat', positive: ['1'], facet: ['x=2..4'] }, { groupVariable: 'z' });
    const facet = '2 < x ≤ 4';
    const column = (name: string): number[] => (rows as number[][]).map((row) => row[columns.indexOf(name)]!);
    const of = { inFacet: column('x').map((value) => value > 2), ...ones(column('y'), column('yhat')), group: column('z') };
    expect(wrong(report, facet, { ...pre[0], ...post[0] }, of)).toEqual([]);
    expect(metricValue(report, 'counterfactual_flip_test', { facet })).toBeCloseTo(post[0].FT, 12);
    expect(faultsOf(report)).toEqual([]);
  });

  it('two positive values of three, one facet value against all', async () => {
    const { columns, rows, pre, post } = vectors['report.label_values'];
    // Five times each row: groups of fewer rows are not shown. No metric of shares changes.
    const path = lab.csv(
      columns,
      (rows as unknown[][]).flatMap((row) => Array.from({ length: 5 }, () => row)),
    );
    const report = await check(
      path,
      { label: 'y', prediction: 'yhat', positive: ['p', 'q'], facet: ['x'], problem: 'binary' },
      { groupVariable: 'z' },
    );
    for (const [i, { value_or_threshold: value }] of (pre as Expected[]).entries()) {
      const facet = `x=${value}`;
      const column = (name: string): string[] => (rows as string[][]).map((row) => row[columns.indexOf(name)]!);
      const of = {
        inFacet: column('x').map((each) => each === value),
        label: column('y').map((each) => each !== 'r'),
        prediction: column('yhat').map((each) => each !== 'r'),
        group: column('z'),
      };
      expect(wrong(report, facet, { ...pre[i], ...post[i] }, of)).toEqual([]);
    }
  });

  it('counts of a real job: eleven metrics to 1e-12', async () => {
    const { d, a, aws } = vectors.aws_adult_baseline_post_counts;
    const rows = Object.entries({ d, a }).flatMap(([side, counts]) =>
      Object.entries({ TP: [1, 1], FP: [0, 1], FN: [1, 0], TN: [0, 0] }).flatMap(([cell, [label, pred]]) =>
        Array.from({ length: (counts as Record<string, number>)[cell]! }, () => [side, label, pred]),
      ),
    );
    const report = await check(lab.csv(['facet', 'label', 'pred'], rows), { ...binary, facet: ['facet=d'] });
    const { CDDPL: _, FT: __, ...counted } = aws;
    expect(Object.keys(counted)).toHaveLength(11);
    const columns = {
      inFacet: rows.map(([side]) => side === 'd'),
      ...ones(
        rows.map(([, label]) => Number(label)),
        rows.map(([, , pred]) => Number(pred)),
      ),
    };
    expect(wrong(report, 'facet=d', counted, columns)).toEqual([]);
  });

  it.each(['aws_adult_baseline_pre', 'aws_adult_monitor_run'])('%s, whose groups are ages', async (id) => {
    const vector = vectors[id];
    const label: number[] = vector.label;
    const sex: number[] = vector.sex;
    const prediction: number[] | undefined = vector.pred;
    // The flip test takes every feature: the first is the age, the tenth the sex.
    const features: number[][] = vector.features ?? label.map(() => []);
    const kept = features[0]!.flatMap((_, k) => (k === 0 || k === 9 ? [] : [k]));
    const path = lab.csv(
      ['sex', 'age', 'label', ...(prediction === undefined ? [] : ['pred']), ...kept.map((k) => `f${k}`)],
      label.map((value, i) => [
        ...[sex[i], vector.age[i], value],
        ...(prediction === undefined ? [] : [prediction[i]]),
        ...kept.map((k) => features[i]![k]),
      ]),
    );
    const flags: Flags = { label: 'label', positive: ['1'], facet: ['sex=0'], ...(prediction !== undefined && { prediction: 'pred' }) };
    const report = await check(path, flags, { groupVariable: 'age' });
    expect(Object.keys(vector.smclarify).filter(isCode)).toHaveLength(prediction === undefined ? 8 : 21);
    const columns = { inFacet: sex.map((value) => value === 0), ...ones(label, prediction ?? []), group: vector.age };
    const of = prediction === undefined ? { ...columns, prediction: undefined } : columns;
    // Its features are of different units: ours are divided by their deviations, and ties are shared.
    const flip =
      prediction === undefined
        ? null
        : fairness.counterfactualFlipTest({
            features: Float64Array.from(features.flatMap((row) => row.filter((_, k) => k !== 9))),
            ...{ width: features[0]!.length - 1, inFacet: columns.inFacet, chosen: columns.prediction },
          }).value;
    expect(wrong(report, 'sex=0', vector.smclarify, of, flip)).toEqual([]);
    expect(faultsOf(report)).toEqual([]);
  });
});
