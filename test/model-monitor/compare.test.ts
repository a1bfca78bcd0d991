import { describe, expect, it } from 'vitest';
import type { MetricRow } from '../../layers/quality/contract/report.ts';
import { compareRun, readRun, renderComparison } from '../../layers/quality/model-monitor/index.ts';
import { check, report } from './fixtures.ts';

const violation = (feature_name: string, type: string, description = 'd'): object => ({
  ...{ feature_name, constraint_check_type: type, description },
});
const run = (violations: object[], statistics?: object) =>
  readRun(
    [
      { uri: 'run/constraint_violations.json', text: JSON.stringify({ violations }) },
      ...(statistics === undefined ? [] : [{ uri: 'run/statistics.json', text: JSON.stringify(statistics) }]),
    ],
    'run',
  );
const metric = (name: string, column: string, value: number): MetricRow => ({
  ...{ metric: name, factor: 'data_quality', column, segment: null, facet: null, parameters: {}, value, interval: null, rows: 100 },
  ...{ error: null, reason: null },
});
const heads = (found: { feature: string | null; check: string; assay: { id: string } | null }[]) =>
  found.map(({ feature, check: type, assay }) => [feature, type, assay?.id ?? null]);

describe('a run beside a report', () => {
  const checks = [
    check('type/fare', 'fail'),
    check('completeness/tip', 'pass'),
    check('missing_rate/tip', 'fail'),
    check('drift/tip', 'warn'),
    check('drift/a/b', 'fail'),
    check('categories/flag', 'pass'),
    check('range/fare', 'fail'),
    check('duplicate_rows', 'fail'),
    check('missing_column/x', 'fail'),
    check('extra_column/y', 'fail'),
    check('performance/roc_auc', 'fail'),
    check('performance/recall', 'pass'),
    check('fairness_gap/selection_rate/Sex=0', 'fail'),
  ];
  const found = [
    violation('fare', 'data_type_check', 'Value: 0.4994994994994995 does not meet the constraint requirement! '),
    violation('tip', 'completeness_check', 'Value: 0.0 does not meet the constraint requirement! '),
    violation('tip', 'baseline_drift_check', 'Baseline drift distance: 0.3 exceeds threshold: 0.1'),
    violation('flag', 'categorical_values_check'),
    violation('nobody', 'data_type_check'),
    violation('Missing columns', 'missing_column_check', 'Number of columns in current dataset: 8, …'),
    {
      constraint_check_type: 'LessThanThreshold',
      description: "Metric auc with 0.5 +/- 0.01 was LessThanThreshold '0.9'",
      metric_name: 'auc',
    },
    { constraint_check_type: 'LessThanThreshold', description: 'r', metric_name: 'truePositiveRate' },
    { facet: 'Sex', facet_value: '0', metric_name: 'DPPL', constraint_check_type: 'bias_drift_check', description: 'b' },
    { facet: 'Sex', facet_value: '0', metric_name: 'CDDPL', constraint_check_type: 'bias_drift_check', description: 'b' },
    { label: 'label0', metric_name: 'shap', constraint_check_type: 'feature_attribution_drift_check', description: 's' },
  ];

  it('sorts what both found from what only one did, by feature and check type', () => {
    const compared = compareRun({ ...run(found), report: report(checks) });
    expect(heads(compared.both)).toEqual([
      ['fare', 'data_type_check', 'type/fare'],
      ['tip', 'completeness_check', 'missing_rate/tip'],
      ['Missing columns', 'missing_column_check', 'missing_column/x'],
      ['auc', 'LessThanThreshold', 'performance/roc_auc'],
      ['DPPL of Sex=0', 'bias_drift_check', 'fairness_gap/selection_rate/Sex=0'],
    ]);
    expect(heads(compared.onlyModelMonitor)).toEqual([
      ['tip', 'baseline_drift_check', 'drift/tip'],
      ['flag', 'categorical_values_check', 'categories/flag'],
      ['nobody', 'data_type_check', null],
      ['truePositiveRate', 'LessThanThreshold', 'performance/recall'],
      ['CDDPL of Sex=0', 'bias_drift_check', null],
      ['shap of label0', 'feature_attribution_drift_check', null],
    ]);
    expect(heads(compared.onlyAssay)).toEqual([
      ['a/b', 'baseline_drift_check', 'drift/a/b'],
      ['fare', 'range', 'range/fare'],
      [null, 'duplicate_rows', 'duplicate_rows'],
      ['y', 'extra_column_check', 'extra_column/y'],
    ]);
    expect(compared).toMatchObject({ run: { violations: 11, rows: null }, report: { failed: 9 }, numbers: null });
  });

  it('says in words what each said', () => {
    const text = renderComparison(compareRun({ ...run(found), report: report(checks) }));
    expect(text).toContain('Both found: 5\n  fare  data_type_check\n      Model Monitor: Value: 0.4994994994994995 does not meet');
    expect(text).toContain('Model Monitor: Baseline drift distance: 0.3 exceeds threshold: 0.1\n      Assay: drift warn: drift/tip warn');
    expect(text).toContain('nobody  data_type_check\n      Model Monitor: d\n      Assay: has no check of it');
    expect(renderComparison(compareRun({ ...run([]), report: report([]) }))).toContain('Both found: nothing');
  });

  it('holds numbers against each other where there are statistics', () => {
    const numeric = (of: object): object => ({
      ...{ name: 'fare', inferred_type: 'Fractional' },
      numerical_statistics: { common: { num_present: 80, num_missing: 20 }, mean: 2, sum: 160, std_dev: 'NaN', min: 0, max: 9, ...of },
    });
    const statistics = { version: 0, dataset: { item_count: 100 }, features: [numeric({})] };
    const metrics = [metric('missing_rate', 'fare', 0.2), metric('mean', 'fare', 2 + 1e-12), metric('maximum', 'fare', 9.5)];
    const compared = compareRun({ ...run([], statistics), report: report([], { metrics }) });
    expect(compared.numbers).toEqual([{ feature: 'fare', number: 'maximum', modelMonitor: 9, assay: 9.5 }]);
    expect(renderComparison(compared)).toContain('Numbers that differ: 1\n  fare  maximum: 9 there, 9.5 here');
  });
});

describe('a run that cannot be read', () => {
  it.each([
    [[], /^run: no constraint_violations\.json there$/],
    [[{ uri: 'a/constraint_violations.json', text: '{' }], /^a\/constraint_violations\.json: not JSON/],
    [
      [{ uri: 'a/constraint_violations.json', text: '{"violations":[{"feature_name":"x"}]}' }],
      /"violations\[0\]\.constraint_check_type": expected a name/,
    ],
    [
      ['a', 'b'].map((hour) => ({ uri: `${hour}/constraint_violations.json`, text: '{}' })),
      /^run: 2 runs \(a\/.*, b\/.*\); name the folder of one$/,
    ],
  ])('%j', (files, message) => {
    expect(() => readRun(files, 'run')).toThrow(message);
  });

  it('has violations under the name the guide gives them, and statistics of model quality apart; those of nobody’s kind are left alone', () => {
    const files = [
      { uri: 'constraints_violations.json', text: '{"violations":[]}' },
      { uri: 'statistics.json', text: '{"version":0,"dataset":{"item_count":1},"regression_metrics":{}}' },
    ];
    const quality = { version: 0, dataset: { item_count: 1 }, regression_metrics: {} };
    expect(readRun(files, 'run')).toEqual({ uri: 'run', violations: { violations: [] }, statistics: null, quality });
    const other = [files[0]!, { uri: 'statistics.json', text: '{"mine":1}' }];
    expect(readRun(other, 'run')).toMatchObject({ statistics: null, quality: null });
  });
});
