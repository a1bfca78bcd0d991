import { describe, expect, it } from 'vitest';
import { constraints } from '../model-monitor/fixtures.ts';
import { ENDPOINT, registered } from './descriptions.ts';
import { used } from './fixture.ts';

const at = (key: string, ContentType = 'application/json') => ({ S3Uri: `s3://capture/${key}`, ContentType });
const INCOME = { name: 'income', inferred_type: 'Integral', completeness: 1, num_constraints: { is_non_negative: true } };
const STATISTICS = JSON.stringify({
  version: 0,
  dataset: { item_count: 100 },
  features: [
    {
      name: 'income',
      inferred_type: 'Integral',
      numerical_statistics: { common: { num_present: 100, num_missing: 0 }, mean: 3, sum: 300, std_dev: 1, min: 1, max: 5 },
    },
  ],
});
const DATA_QUALITY = { Constraints: at('mm/constraints.json'), Statistics: at('mm/statistics.json') };
const CONFIG = {
  version: '1.0',
  dataset_type: 'text/csv',
  headers: ['income', 'sex', 'approved'],
  label: 'approved',
  label_values_or_threshold: [1],
  facet: [{ name_or_index: 'sex', value_or_threshold: ['F'] }],
  methods: { pre_training_bias: { methods: 'all' } },
};

/** An endpoint of a package with these objects in S3; what is captured is left aside. */
async function discovered(of: object, objects: Record<string, string>, store = {}) {
  const made = await used(registered(of));
  for (const [key, body] of Object.entries(objects)) await made.put(key, body);
  const found = await made.found(null, ENDPOINT, store);
  return { ...found, facts: found.facts.slice(3) };
}

describe('the baseline of a model package', () => {
  it('of data quality becomes columns and checks, and is no reference data', async () => {
    const { monitor, facts, notes } = await discovered(
      { DriftCheckBaselines: { ModelDataQuality: DATA_QUALITY } },
      { 'mm/constraints.json': constraints([INCOME]), 'mm/statistics.json': STATISTICS },
    );
    expect(monitor).toMatchObject({
      monitor: ENDPOINT,
      endpoint: ENDPOINT,
      columns: { income: { type: 'integer' } },
      checks: { drift: { metric: 'l_infinity_robust', fail: 0.1 } },
    });
    expect(monitor.baseline).toBeUndefined();
    expect(facts).toEqual([
      'model      credit-7, package credit/7 (Approved)',
      'read       s3://capture/mm/constraints.json, data quality constraints (DriftCheckBaselines)',
      'read       s3://capture/mm/statistics.json, data quality statistics (DriftCheckBaselines)',
    ]);
    expect(notes).toEqual([
      expect.stringMatching(/^a baseline of Model Monitor or Clarify has no rows.*assay baseline REF --out DIR$/),
      expect.stringMatching(/^the baseline names its columns, CSV payloads do not.*input.names/),
    ]);
  });

  it('is that for comparison before what was measured once', async () => {
    const measured = { ModelDataQuality: { Constraints: at('old/constraints.json') }, Bias: { Report: at('bias/analysis_config.json') } };
    const { facts } = await discovered(
      { DriftCheckBaselines: { ModelDataQuality: DATA_QUALITY }, ModelMetrics: measured },
      {
        'mm/constraints.json': constraints([INCOME]),
        'mm/statistics.json': STATISTICS,
        'bias/analysis_config.json': JSON.stringify(CONFIG),
      },
    );
    expect(facts.join('\n')).not.toContain('old/');
    expect(facts.at(-1)).toBe('read       s3://capture/bias/analysis_config.json, bias report (ModelMetrics)');
  });

  it('of bias becomes facets and roles, and its data set the reference data', async () => {
    const { monitor, facts, left } = await discovered(
      { DriftCheckBaselines: { Bias: { ConfigFile: at('bias/analysis_config.json') } } },
      { 'bias/analysis_config.json': JSON.stringify({ ...CONFIG, dataset_uri: 's3://capture/train.csv' }) },
    );
    expect(monitor).toMatchObject({
      ...{ baseline: 's3://capture/train.csv', problem: 'binary', positive: [1] },
      columns: { approved: { role: 'label' }, sex: { facet: ['F'] } },
      input: { format: 'capture', samplingPercentage: 20, location: `s3://capture/data/${ENDPOINT}/` },
    });
    expect(facts.at(-1)).toBe('baseline   s3://capture/train.csv, reference data');
    expect(left).toEqual(expect.any(Array));
  });

  it.each([
    ['its name', at('train.parquet', 'application/octet-stream')],
    ['its content type', at('train', 'text/csv')],
  ])('is reference data where %s says so', async (_, Statistics) => {
    const { monitor, notes } = await discovered({ DriftCheckBaselines: { ModelDataQuality: { Statistics } } }, {});
    expect(monitor.baseline).toBe(Statistics.S3Uri);
    expect(notes).toEqual([]);
  });

  it('of model quality says the kind of problem, a task only where it leaves no doubt', async () => {
    const bounds = { version: 0, binary_classification_constraints: { auc: { threshold: 0.9, comparison_operator: 'LessThanThreshold' } } };
    const quality = { DriftCheckBaselines: { ModelQuality: { Constraints: at('mq/constraints.json') } } };
    const { monitor } = await discovered({ ...quality, Task: 'REGRESSION' }, { 'mq/constraints.json': JSON.stringify(bounds) });
    expect(monitor.problem).toBe('binary');
    expect((await discovered({ Task: 'REGRESSION' }, {})).monitor.problem).toBe('regression');
    expect((await discovered({ Task: 'CLASSIFICATION' }, {})).monitor.problem).toBeUndefined();
  });

  it('with a file that is wrong or missing is read as far as it goes', async () => {
    const { monitor, notes } = await discovered(
      { DriftCheckBaselines: { ModelDataQuality: DATA_QUALITY, Bias: { ConfigFile: at('bias/analysis_config.json') } } },
      { 'mm/constraints.json': '{"features": 3}', 'bias/analysis_config.json': JSON.stringify(CONFIG) },
    );
    expect(monitor.columns).toMatchObject({ approved: { role: 'label' } });
    expect(notes.slice(0, 2)).toEqual([
      'data quality statistics: s3://capture/mm/statistics.json is named by the model package but not there (DriftCheckBaselines)',
      expect.stringMatching(/^not imported: s3:\/\/capture\/mm\/constraints.json: /),
    ]);
  });

  it('that may not be read names the action', async () => {
    const denied = Object.assign(new Error('Access Denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const refuse = { get: () => Promise.reject(denied), folders: () => Promise.reject(denied) };
    const { notes } = await discovered(
      { DriftCheckBaselines: { ModelDataQuality: { Constraints: at('mm/constraints.json') } } },
      {},
      refuse,
    );
    expect(notes).toEqual([
      expect.stringMatching(/cannot be listed: access denied \(Access Denied\); add the action s3:ListBucket .*bucket policy$/),
      expect.stringMatching(/constraints.json cannot be read: access denied .*s3:GetObject/),
    ]);
  });

  it('of explainability is named and not used', async () => {
    const { notes } = await discovered({ DriftCheckBaselines: { Explainability: { Constraints: at('shap/analysis.json') } } }, {});
    expect(notes).toEqual([expect.stringMatching(/^found and not used: explainability \(s3:\/\/capture\/shap\/analysis.json\)/)]);
  });

  it('that there is none of is said', async () => {
    const { notes } = await discovered({}, {});
    expect(notes).toEqual([
      expect.stringMatching(/^model package arn:\S+ has neither DriftCheckBaselines nor ModelMetrics; give reference data/),
    ]);
  });
});
