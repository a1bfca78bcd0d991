import { describe, expect, it } from 'vitest';
import { analyser, both, metricsOf, type Table, type Vector, vectors } from './helper.ts';

const analysed = analyser();

/** What a section has to be: of one facet, its groups in order. */
const section = (label: string, text: string, facet: string, groups: [string, Vector][]): Vector => ({
  label,
  facets: { [facet]: groups.map(([value, metrics]) => ({ value_or_threshold: value, metrics: metricsOf(metrics) })) },
  label_value_or_threshold: text,
});

/** Of each metric that a vector names, what came out; the others are not compared. */
function only(got: Vector, wanted: Vector[]): Vector {
  const facets = Object.entries(got.facets as Record<string, Vector[]>).map(([name, groups]) => [
    name,
    groups.map((group, i) => ({
      ...group,
      metrics: group.metrics.filter(({ name: code }: Vector) => wanted[i] !== undefined && code in wanted[i]),
    })),
  ]);
  return { ...got, facets: Object.fromEntries(facets) };
}

describe('what real jobs printed', () => {
  const run = vectors.aws_adult_monitor_run;
  const headers = ['Age', 'Workclass', 'fnlwgt', 'Education', 'Education-Num', 'Marital Status', 'Occupation', 'Relationship'];
  const all = [...headers, 'Ethnic group', 'Sex', 'Capital Gain', 'Capital Loss', 'Hours per week', 'Country', 'Target', 'Predicted'];
  const table: Table = { columns: all, rows: run.features.map((row: number[], i: number) => [...row, run.label[i], run.pred[i]]) };
  const config = {
    ...{ dataset_type: 'text/csv', headers: all, label: 'Target', label_values_or_threshold: [1], predicted_label: 'Predicted' },
    ...{ facet: [{ name_or_index: 'Sex', value_or_threshold: [0] }], group_variable: 'Age', methods: both },
  };
  const PRE = ['CDDL', 'CI', 'DPL', 'JS', 'KL', 'KS', 'LP', 'TVD'];
  const pick = (of: Record<string, Vector>, pre: boolean): Record<string, Vector> =>
    Object.fromEntries(Object.entries(of).filter(([code]) => PRE.includes(code) === pre));

  it.each(['text/csv', 'application/x-parquet'])('the monitor run, all 21 metrics and nothing else, from %s', async (dataset_type) => {
    const { json } = await analysed(table, { ...config, dataset_type });
    expect(json).toEqual({
      version: '1.0',
      post_training_bias_metrics: section('Target', '1', 'Sex', [['0', pick(run.smclarify, false)]]),
      pre_training_bias_metrics: section('Target', '1', 'Sex', [['0', pick(run.smclarify, true)]]),
    });
    expect(Object.keys(json)).toEqual(['version', 'post_training_bias_metrics', 'pre_training_bias_metrics']);
    expect(Object.keys(json.post_training_bias_metrics)).toEqual(['label', 'facets', 'label_value_or_threshold']);
  });
  it('the endpoint run, the same rows ten times', async () => {
    const { FT, GE_aws } = vectors.aws_adult_endpoint_run_x10;
    const rows = Array.from({ length: 10 }, () => table.rows).flat();
    const { json } = await analysed({ columns: all, rows }, config);
    const wanted = { ...pick(run.smclarify, false), FT, GE: GE_aws };
    expect(json.post_training_bias_metrics).toEqual(section('Target', '1', 'Sex', [['0', wanted]]));
  });
  it('the baseline before training', async () => {
    const { age, sex, label, smclarify } = vectors.aws_adult_baseline_pre;
    const rows = age.map((value: number, i: number) => [value, sex[i], label[i]]);
    const { json } = await analysed(
      { columns: ['Age', 'Sex', 'Target'], rows },
      { ...config, headers: undefined, predicted_label: undefined },
    );
    expect(json).toEqual({ version: '1.0', pre_training_bias_metrics: section('Target', '1', 'Sex', [['0', smclarify]]) });
  });
  it('the baseline after training, from its counts', async () => {
    const { d, a, aws } = vectors.aws_adult_baseline_post_counts;
    const of = (sex: number, { TP, FP, FN, TN }: Vector): number[][] =>
      Object.entries({ '1,1': TP, '0,1': FP, '1,0': FN, '0,0': TN }).flatMap(([cell, rows]) =>
        Array.from({ length: rows as number }, () => [sex, ...cell.split(',').map(Number)]),
      );
    const { CDDPL: _, FT: __, ...counted } = aws;
    const methods = { post_training_bias: { methods: Object.keys(counted) } };
    const { json } = await analysed(
      { columns: ['Sex', 'Target', 'Predicted'], rows: [...of(0, d), ...of(1, a)] },
      { ...config, headers: undefined, group_variable: undefined, methods },
    );
    expect(json).toEqual({ version: '1.0', post_training_bias_metrics: section('Target', '1', 'Sex', [['0', counted]]) });
  });
});

describe('reports of smclarify', () => {
  it.each([
    ['category', undefined, [0], '(0, 1]'],
    ['continuous', [2], [0], '(0, 1]'],
    ['label_values', undefined, ['p', 'q'], 'p,q'],
    ['partial', [2], [0], '(0, 1]'],
  ])('%s', async (name, value_or_threshold, positive, text) => {
    const vector = vectors[`report.${name}`];
    const { json } = await analysed(vector, {
      ...{ dataset_type: 'text/csv', label: 'y', label_values_or_threshold: positive, predicted_label: 'yhat' },
      ...{ facet: [{ name_or_index: 'x', value_or_threshold }], methods: both, excluded_columns: name === 'category' ? ['yhat_cat'] : [] },
      ...(vector.group === null ? {} : { group_variable: 'z' }),
    });
    const groups = (entries: Vector[]): [string, Vector][] => entries.map((each) => [each.value_or_threshold, each]);
    expect(only(json.pre_training_bias_metrics, vector.pre)).toEqual(section('y', text, 'x', groups(vector.pre)));
    expect(only(json.post_training_bias_metrics, vector.post)).toEqual(section('y', text, 'x', groups(vector.post)));
  });
});
