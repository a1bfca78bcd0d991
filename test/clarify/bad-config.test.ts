import { expect, it } from 'vitest';
import { terminal } from '../cli/run.ts';
import type { Vector } from './helper.ts';

const { assay, write } = terminal();
write('loans.csv', `${['sex,age,paid,granted', 'F,30,1,1', 'M,40,0,1', 'F,50,1,0', 'M,33,0,0'].join('\n')}\n`);
write('few.csv', 'granted\n1\n0\n');
write('twice.csv', 'sex,granted\nF,1\nF,0\nM,1\nM,0\n');

const good = {
  ...{ dataset_type: 'text/csv', label: 'paid', label_values_or_threshold: [0], predicted_label: 'granted' },
  facet: [{ name_or_index: 'sex', value_or_threshold: ['F'] }],
  methods: { pre_training_bias: { methods: 'all' }, post_training_bias: { methods: 'all' } },
};
const apart = { predicted_label_dataset_uri: 'few.csv' };

it.concurrent.each<[string, Vector, string]>([
  ['broken JSON', '{"label": ', 'not JSON: '],
  ['no object', '[]', 'the whole: expected object, got []'],
  [
    'a dataset type',
    { dataset_type: 'text/tsv' },
    '"dataset_type": expected one of text/csv, application/jsonlines, application/json, application/x-parquet, application/sagemakercapturejson, got "text/tsv"',
  ],
  ['a place below 0', { label: -1 }, '"label": expected the name of a column, or its place from 0, got -1'],
  ['nothing', { group_variable: null }, '"group_variable": expected the name of a column, or its place from 0, got null'],
  [
    'a value of no kind',
    { label_values_or_threshold: [1, null] },
    '"label_values_or_threshold.1": expected a text, a number or a truth value, got null',
  ],
  ['a facet as text', { facet: 'sex' }, '"facet.0": expected {"name_or_index": …, "value_or_threshold": […]}, got "sex"'],
  [
    'no codes',
    { methods: { pre_training_bias: { methods: [] } } },
    '"methods.pre_training_bias.methods": expected "all" or a list of codes, got []',
  ],
  ['a name twice', { headers: ['sex', 'age', 'paid', 'sex'] }, '"headers.3": expected a name no other column has, got "sex"'],
  [
    'too many names',
    { headers: ['a', 'b', 'c', 'd', 'paid'] },
    '"headers": expected a name for each column of loans.csv, got 5; line 1: 4 fields, expected 5 ',
  ],
  ['a label', { label: 'payd' }, '"label": no column "payd"; did you mean "paid"? Columns: sex, age, paid, granted'],
  ['a place', { label: 9 }, '"label": no column 9, places are from 0 to 3. Columns: sex, '],
  ['a facet', { facet: [{ name_or_index: 'sexx' }] }, '"facet.0.name_or_index": no column "sexx"; did you mean "sex"?'],
  [
    'a facet without a name',
    { facet: [{ name: 'sex' }] },
    '"facet.0.name_or_index": expected the name of a column, or its place from 0, got nothing',
  ],
  ['a group variable', { group_variable: 'zz' }, '"group_variable": no column "zz". Columns: sex, age, paid, granted'],
  ['no facet', { facet: [] }, '"facet": missing; bias metrics need the groups to compare'],
  ['no positive values', { label_values_or_threshold: [] }, '"label_values_or_threshold": missing; bias metrics need the values, or'],
  [
    'a metric',
    { methods: { pre_training_bias: { methods: ['CI', 'DPLL'] } } },
    '"methods.pre_training_bias.methods.1": no metric "DPLL"; did you mean "DPL"? Known: CDDL, CI, DPL, JS, KL, KS, LP, TVD',
  ],
  [
    'a metric of the other stage',
    { methods: { pre_training_bias: { methods: ['DI'] } } },
    '"methods.pre_training_bias.methods.0": no metric "DI", it is one of post_training_bias. Known: CDDL, CI, ',
  ],
  [
    'no threshold',
    { facet: [{ name_or_index: 'age' }] },
    '"facet.0.value_or_threshold": missing; Clarify takes "age" for continuous (4 different values in 4 rows) and asks for a threshold',
  ],
  [
    'no number',
    { facet: [{ name_or_index: 'age', value_or_threshold: ['old'] }] },
    '"facet.0.value_or_threshold": Clarify takes "age" for',
  ],
  [
    'no file of predictions',
    { predicted_label_dataset_uri: 'none.csv' },
    '"predicted_label_dataset_uri": no such file or folder: none.csv',
  ],
  ['too few predictions', apart, '"predicted_label_dataset_uri": 2 predictions for 4 rows; name a column to join by'],
  ['a column of predictions', { ...apart, predicted_label: 'grant' }, '"predicted_label": no column "grant"'],
  [
    'repeated keys',
    { predicted_label_dataset_uri: 'twice.csv', joinsource_name_or_index: 'sex' },
    '"joinsource_name_or_index": 2 predictions repeat a value of "sex"',
  ],
  ['features without names', { features: 'features' }, '"headers": missing; "features" needs the names of its values'],
  ['a path', { features: 'a[?b].c', headers: ['x', 'y'] }, '"features": "a[?b].c" is not read; expected KEY, LIST[*].KEY or [*].KEY'],
])('%s', async (name, config, message) => {
  const file = `${name.replaceAll(' ', '-')}.json`;
  write(file, typeof config === 'string' ? config : JSON.stringify({ ...good, ...config }));
  const run = await assay('check', 'loans.csv', '--analysis-config', file, '--quiet');
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr.startsWith(`assay: ${file}: ${message}`), run.stderr).toBe(true);
  expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
});

it.concurrent.each<[string, Vector, string]>([
  ['a key no record has', { label: 'labl' }, '"label": records have no "labl"; they have features, label'],
  ['too few headers', { headers: ['sex', 'paid'] }, '"headers": expected names of 2 features, got 1'],
])('of JSON, %s', async (name, config, message) => {
  const file = `${name.replaceAll(' ', '-')}.json`;
  write('loans.jsonl', '{"features":["F",30],"label":1}\n{"features":["M",40],"label":0}\n');
  const lines = { dataset_type: 'application/jsonlines', features: 'features', label: 'label', predicted_label: undefined };
  write(file, JSON.stringify({ ...good, ...lines, headers: ['sex', 'age', 'paid'], ...config }));
  const run = await assay('check', 'loans.jsonl', '--analysis-config', file, '--quiet');
  expect(run).toMatchObject({ status: 2, stderr: `assay: ${file}: ${message}\n` });
});

it('no configuration there', async () => {
  const run = await assay('check', 'loans.csv', '--analysis-config', 'none.json');
  expect(run).toMatchObject({ status: 2, stderr: 'assay: --analysis-config: no such file: none.json\n' });
});
