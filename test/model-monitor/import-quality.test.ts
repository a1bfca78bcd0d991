import { describe, expect, it } from 'vitest';
import { imported } from './fixtures.ts';

const quality = (key: string, bounds: object): string => JSON.stringify({ version: 0.0, [`${key}_constraints`]: bounds });
const measured = (key: string, values: Record<string, number>): string =>
  JSON.stringify({
    version: 0.0,
    dataset: { item_count: 100 },
    [`${key}_metrics`]: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, standard_deviation: 'NaN' }])),
  });
const less = (threshold: number): object => ({ threshold, comparison_operator: 'LessThanThreshold' });
const greater = (threshold: number): object => ({ threshold, comparison_operator: 'GreaterThanThreshold' });

describe('a model-quality baseline', () => {
  it('bounds what may be lost against its own statistics', () => {
    const { monitor, notes } = imported({
      'constraints.json': quality('binary_classification', {
        ...{ recall: less(0.5), true_positive_rate: less(0.55), false_positive_rate: greater(0.1), auc: less(0.93), f1: less(0.66) },
      }),
      'statistics.json': measured('binary_classification', {
        recall: 0.6,
        true_positive_rate: 0.6,
        false_positive_rate: 0.1,
        auc: 0.95,
        f1: 0.7,
      }),
    });
    expect(monitor).toMatchObject({ problem: 'binary' });
    expect(monitor.checks).toEqual({
      'performance/recall': { warn: null, fail: 0.05 },
      'performance/specificity': { warn: null, fail: 0 },
      'performance/roc_auc': { warn: null, fail: 0.02 },
      'performance/f1': { warn: null, fail: 0.04 },
    });
    expect(notes).toEqual([]);
  });

  it('of the SDK, with one bound stricter than what was measured', () => {
    const values = { mae: 0.5040653554420981, mse: 0.33364933609800973, rmse: 0.5776238707827177, r2: -3.208758170289026 };
    const bounds = { mae: greater(0.4), mse: greater(0.03364933609800973), rmse: greater(values.rmse), r2: less(values.r2) };
    const { monitor, notes } = imported({
      'constraints.json': quality('regression', bounds),
      'statistics.json': measured('regression', values),
    });
    expect(monitor).toMatchObject({ problem: 'regression' });
    expect(monitor.checks).toEqual({
      'performance/mean_absolute_error': { warn: null, fail: 0 },
      'performance/mean_squared_error': { warn: null, fail: 0 },
      'performance/root_mean_squared_error': { warn: null, fail: 0 },
      'performance/r2': { warn: null, fail: 0 },
    });
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatch(/mae GreaterThanThreshold 0.4: stricter than the baseline's own 0.504/);
  });

  it('without its statistics is said to be no bound of a loss', () => {
    const { monitor, notes } = imported({ 'constraints.json': quality('binary_classification', { auc: less(0.9395127993393898) }) });
    expect(monitor.checks).toBeUndefined();
    expect(notes).toEqual([
      expect.stringMatching(/auc LessThanThreshold 0.93\d+: a check bounds the loss.*add the model-quality statistics.json/),
    ]);
  });
});

/** As a real job was given it (sagemaker.md 3.2). */
const CONFIG = {
  dataset_type: 'application/json',
  features: 'instances[*].features',
  headers: ['Age', 'Sex', 'Country', 'Target'],
  label: 'instances[*].label',
  label_values_or_threshold: [1],
  facet: [{ name_or_index: 'Sex', value_or_threshold: [0] }],
  group_variable: 'Age',
  methods: { report: { name: 'report' }, pre_training_bias: { methods: 'all' }, shap: { num_samples: 10 } },
  predictor: { model_name: 'x', label: 'predictions[*].predicted_label', probability: 'predictions[*].score' },
};

describe('a bias baseline', () => {
  it('becomes roles, facets, positive values and paths into payloads', () => {
    const { monitor, notes } = imported({ 'analysis_config.json': JSON.stringify(CONFIG) });
    expect(monitor).toEqual({
      ...{ schema: 'assay.monitor/1', monitor: 'm', problem: 'binary', positive: [1], groupVariable: 'Age' },
      input: {
        ...{ names: ['Age', 'Sex', 'Country'], features: 'instances[*].features' },
        ...{ prediction: 'predictions[*].predicted_label', score: 'predictions[*].score' },
      },
      columns: { Sex: { facet: [0] }, Target: { role: 'label' } },
    });
    expect(notes).toEqual([
      expect.stringMatching(/facet "Sex" = 0: taken for a value/),
      'analysis_config.json: "methods.shap" has no place in a monitor',
      'analysis_config.json: "predictor.model_name" has no place in a monitor',
    ]);
  });

  it('finds columns by place, and takes one number of a column of fractions for a threshold', () => {
    const { monitor } = imported({
      'constraints.json': JSON.stringify({
        version: 0,
        features: [
          { name: 'rate', inferred_type: 'Fractional' },
          { name: 'code', inferred_type: 'Integral' },
        ],
      }),
      'analysis_config.json': JSON.stringify({
        ...{ headers: ['y', 'rate', 'code', 'secret'], label: 0, predicted_label: 'p', label_values_or_threshold: ['yes', 'si'] },
        ...{
          facet: [
            { name_or_index: 1, value_or_threshold: [40] },
            { name_or_index: 'code', value_or_threshold: [1, 2] },
            { name_or_index: 'secret' },
          ],
        },
        ...{ excluded_columns: [3], probability_threshold: 0.8 },
      }),
    });
    expect(monitor.columns).toEqual({
      ...{ rate: { type: 'number', facet: { above: 40, upTo: null } }, code: { facet: [1, 2] }, secret: { facet: [] } },
      ...{ y: { role: 'label' }, p: { role: 'prediction' } },
    });
    expect(monitor).toMatchObject({ positive: ['yes', 'si'], decisionThreshold: 0.8 });
  });

  it('of analysis.json alone has its facets and its label; its numbers are said to stay behind', () => {
    const stage = {
      ...{ label: 'Target', label_value_or_threshold: '1' },
      facets: {
        Sex: [{ value_or_threshold: '0', metrics: [{ name: 'AD', description: 'Accuracy Difference (AD)', value: -0.15 }] }],
        Age: [{ value_or_threshold: '(28.0, 90.0]', metrics: [] }],
      },
    };
    const text = JSON.stringify({ version: '1.0', post_training_bias_metrics: stage, pre_training_bias_metrics: stage, explanations: {} });
    const { monitor, notes } = imported({ 'analysis.json': text });
    expect(monitor).toMatchObject({
      ...{ problem: 'binary', positive: ['1'] },
      columns: { Target: { role: 'label' }, Sex: { facet: ['0'] }, Age: { facet: { above: 28, upTo: 90 } } },
    });
    expect(notes).toHaveLength(2);
    const both = imported({ 'analysis.json': text, 'analysis_config.json': JSON.stringify(CONFIG) });
    expect(both.monitor.columns!.Sex).toEqual({ facet: [0] });
  });
});
