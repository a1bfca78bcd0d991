import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { type Run, terminal, text } from '../cli/run.ts';
import type { Vector } from './helper.ts';

const { assay, path, write } = terminal();

/** Loans of 400 people: every fifth a woman's (0), accepted by score, paid back or not. */
const people = Array.from({ length: 400 }, (_, i) => {
  const score = ((i * 389) % 997) / 997;
  const sex = i % 5 === 0 ? 0 : 1;
  return { id: i, sex, region: i % 3, income: 20 + ((i * 211) % 60), score, paid: (i * 631) % 997 < 600 ? 1 : 0 };
});
const decided = (threshold: number) => people.map((row) => (row.score - (row.sex === 0 ? 0.1 : 0) > threshold ? 1 : 0));
const HEADERS = ['id', 'sex', 'region', 'income', 'paid'];
const data = people.map(({ id, sex, region, income, paid }) => [id, sex, region, income, paid]);
const decisions = decided(0.4);
const csv = (rows: unknown[][]): string => text(rows.map((row) => row.join(',')));
write('loans.csv', csv([[...HEADERS, 'granted'], ...data.map((row, i) => [...row, decisions[i]!])]));

const base = {
  ...{ version: '1.0', dataset_type: 'text/csv', label: 'paid', label_values_or_threshold: [1] },
  ...{ facet: [{ name_or_index: 'sex', value_or_threshold: [0] }], group_variable: 'region' },
  methods: {
    report: { name: 'report', title: 'Analysis Report' },
    ...{ pre_training_bias: { methods: 'all' }, post_training_bias: { methods: 'all' } },
  },
};
const config = (name: string, more: Vector): void => write(`${name}.json`, JSON.stringify({ ...base, ...more }));
const check = (file: string, name: string, ...more: string[]): Promise<Run> =>
  assay('check', file, '--analysis-config', `${name}.json`, '--out', name, '--fail-on', 'never', ...more);
const analysisOf = (name: string): Vector => JSON.parse(readFileSync(path(`${name}/analysis.json`), 'utf8'));
const valuesOf = (section: Vector, facet: string): Record<string, number> =>
  Object.fromEntries(section.facets[facet][0].metrics.map(({ name, value }: Vector) => [name, value]));
const reportOf = (name: string): Report => reportSchema.parse(JSON.parse(readFileSync(path(`${name}/report.json`), 'utf8')));

describe('a configuration', () => {
  it('makes analysis.json, and the report judges the same', async () => {
    config('own', { predicted_label: 'granted', excluded_columns: ['id'] });
    const run = await check('loans.csv', 'own');
    expect([run.status, run.stderr]).toEqual([0, '']);
    const { post_training_bias_metrics: post, pre_training_bias_metrics: pre } = analysisOf('own');
    expect([post.label, post.label_value_or_threshold, post.facets.sex[0].value_or_threshold]).toEqual(['paid', '1', '0']);
    expect([post.facets.sex[0].metrics.length, pre.facets.sex[0].metrics.length]).toEqual([13, 8]);
    const report = reportOf('own');
    expect(report.monitor).toBeNull();
    const ours = new Map(report.metrics.filter(({ facet, code }) => facet === 'sex=0' && code).map(({ code, value }) => [code, value]));
    const written: [string, number | null][] = Object.entries({ ...valuesOf(pre, 'sex'), ...valuesOf(post, 'sex') });
    const compared = written.filter(([code, value]) => code !== 'FT' && value !== null && ours.get(code) != null);
    expect(compared).toHaveLength(20);
    for (const [code, value] of compared) expect([code, value]).toEqual([code, expect.closeTo(ours.get(code) as number, 9)]);
  });
  it('joins predictions of a file beside it, by row order and by a column, as if they were in the data', async () => {
    write('plain.csv', csv([HEADERS, ...data]));
    write('there/ordered.csv', csv([['granted'], ...decisions.map((each) => [each])]));
    const reversed = people.map(({ id }, i) => [id, decisions[i]!]).reverse();
    write('there/keyed.csv', csv([['id', 'granted'], ...reversed]));
    config('there/ordered', { predicted_label_dataset_uri: 'ordered.csv', excluded_columns: ['id'] });
    config('there/keyed', {
      ...{ predicted_label_dataset_uri: 'keyed.csv', predicted_label: 'granted', joinsource_name_or_index: 'id' },
    });
    const runs = await Promise.all(['there/ordered', 'there/keyed'].map((name) => check('plain.csv', name)));
    expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(analysisOf('there/ordered')).toEqual(analysisOf('own'));
    expect(analysisOf('there/keyed')).toEqual(analysisOf('own'));
  });
  it('decides by probabilities, strictly above the threshold, in the report too', async () => {
    write('scored.csv', csv([[...HEADERS, 'score'], ...data.map((row, i) => [...row, i === 0 ? 0.5 : people[i]!.score])]));
    config('scored', { predicted_label: 5, probability_threshold: 0.5, excluded_columns: ['id'] });
    expect(await check('scored.csv', 'scored')).toMatchObject({ status: 0, stderr: '' });
    const { DPPL } = valuesOf(analysisOf('scored').post_training_bias_metrics, 'sex');
    const share = (sex: number): number => {
      const own = people.filter((row) => row.sex === sex);
      return own.filter(({ id, score }) => (id === 0 ? 0.5 : score) > 0.5).length / own.length;
    };
    expect(DPPL).toBeCloseTo(share(1) - share(0), 12);
    const rate = reportOf('scored').metrics.find(({ metric, facet }) => metric === 'selection_rate' && facet === 'sex=0');
    expect(rate?.value).toBeCloseTo(share(0), 12);
  });
  it('reads CSV without a header, JSON Lines and one JSON document alike', async () => {
    const rows = data.map((row, i) => [...row.slice(1), decisions[i]!]);
    const headers = [...HEADERS.slice(1), 'granted'];
    write('bare.csv', csv(rows));
    config('bare', { headers, label: 3, predicted_label: 4, facet: [{ name_or_index: 0, value_or_threshold: [0] }] });
    const records = rows.map((row) => ({ features: row.slice(0, 3), label: row[3], predicted: row[4] }));
    write('lines.jsonl', text(records.map((record) => JSON.stringify(record))));
    config('lines', {
      ...{ dataset_type: 'application/jsonlines', headers, features: 'features', label: 'label', predicted_label: 'predicted' },
    });
    write('records.json', JSON.stringify({ instances: records }));
    const inside = { features: 'instances[*].features', label: 'instances[*].label', predicted_label: 'instances[*].predicted' };
    config('document', { dataset_type: 'application/json', headers, ...inside });
    write('array.json', JSON.stringify(records));
    const each = { features: '[*].features', label: '[].label', predicted_label: '[*].predicted' };
    config('list', { dataset_type: 'application/json', headers, ...each });
    const files = { bare: 'bare.csv', lines: 'lines.jsonl', document: 'records.json', list: 'array.json' };
    const runs = await Promise.all(Object.entries(files).map(([name, file]) => check(file, name)));
    expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual(Array(4).fill([0, '']));
    for (const name of Object.keys(files)) expect([name, analysisOf(name)]).toEqual([name, analysisOf('own')]);
  });
  it('says that predictions of another kind than the label leave what comes after training without a value', async () => {
    write('odd.csv', csv([[...HEADERS, 'granted'], ...data.map((row, i) => [...row, decisions[i] === 1 ? '1.0' : '0.0'])]));
    config('odd', { predicted_label: 'granted' });
    const { status, stderr } = await check('odd.csv', 'odd');
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/odd\.json: as Clarify computes them .* no value in analysis\.json: Predicted Label/),
    ]);
    expect(Object.values(valuesOf(analysisOf('odd').post_training_bias_metrics, 'sex')).every((value) => value === null)).toBe(true);
  });
  it('says what it skips, unless it is to be quiet', async () => {
    const methods = { ...base.methods, shap: { num_samples: 10 }, pdp: {} };
    config('more', { methods, predictor: { model_name: 'm' }, dataset_uri: 's3://b/d', lable_headers: ['x'] });
    const run = await check('loans.csv', 'more');
    expect(run.stderr).toBe(
      [
        'assay: more.json: "predictor" is skipped: no model is called; predictions come from a column, or from predicted_label_dataset_uri',
        'assay: more.json: "dataset_uri" is skipped: the data named on the command line are checked',
        'assay: more.json: unknown key "lable_headers" is skipped; did you mean "facet_headers"?',
        'assay: more.json: "methods.shap" is skipped: explanations are not computed',
        'assay: more.json: "methods.pdp" is skipped: explanations are not computed',
        'assay: more.json: "methods.post_training_bias" is skipped: no predictions were named (predicted_label, probability, predicted_label_dataset_uri)',
        '',
      ].join('\n'),
    );
    const facet = [{ ...base.facet[0], values_or_treshold: [1] }];
    config('keys', { predicted_label: 'granted', facet, methods: { post_training_bias: { method: ['DI'] } } });
    expect((await check('loans.csv', 'keys')).stderr).toBe(
      [
        'assay: keys.json: unknown key "methods.post_training_bias.method" is skipped; did you mean "methods.post_training_bias.methods"?',
        'assay: keys.json: unknown key "facet.0.values_or_treshold" is skipped; did you mean "facet.0.value_or_threshold"?',
        '',
      ].join('\n'),
    );
    expect(Object.keys(analysisOf('more'))).toEqual(['version', 'pre_training_bias_metrics']);
    expect((await check('loans.csv', 'more', '--quiet')).stderr).toBe('');
  });
});

describe('without a configuration', () => {
  const flags = ['--label', 'paid', '--prediction', 'granted', '--fail-on', 'never', '--quiet'];
  it('facets named by flags are written as well, values as they were named', async () => {
    const out = ['--out', 'flags'];
    expect((await assay('check', 'loans.csv', ...flags, '--facet', 'sex=0', '--facet', 'income=30..60', ...out)).status).toBe(0);
    const { post_training_bias_metrics: post } = analysisOf('flags');
    expect(post.facets.income[0].value_or_threshold).toBe('(30, 60]');
    const own = valuesOf(analysisOf('own').post_training_bias_metrics, 'sex');
    const got = valuesOf(post, 'sex');
    for (const code of ['AD', 'DI', 'DPPL', 'GE', 'RD', 'TE']) expect([code, got[code]]).toEqual([code, own[code]]);
  });
  it('nothing is written where no facet was judged', async () => {
    expect((await assay('check', 'loans.csv', ...flags, '--out', 'none')).status).toBe(0);
    expect(existsSync(path('none/analysis.json'))).toBe(false);
  });
});
