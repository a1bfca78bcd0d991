import { describe, expect, it } from 'vitest';
import { analyser, both, type Table, type Vector } from './helper.ts';

const analysed = analyser();
const config = (more: Vector = {}): Vector => ({
  ...{ dataset_type: 'text/csv', label: 'y', label_values_or_threshold: ['yes'], predicted_label: 'p' },
  ...{ facet: [{ name_or_index: 'sex', value_or_threshold: ['F'] }], methods: both, ...more },
});
const people: Table = {
  columns: ['sex', 'age', 'y', 'p'],
  rows: [
    ['F', 30, 'yes', 'no'],
    ['M', 40, 'yes', 'yes'],
    ['F', 20, 'no', 'no'],
    ['M', 35, 'no', 'yes'],
    ['M', 50, 'no', 'no'],
  ],
};
const metric = (section: Vector, code: string): Vector => {
  const group = (Object.values(section.facets) as Vector[][])[0]![0];
  return group.metrics.find(({ name }: Vector) => name === code);
};
const replacedIn = ({ columns, rows }: Table, column: string, value: (row: unknown[], at: number) => unknown): Table => ({
  columns,
  rows: rows.map((row, at) => row.map((each, i) => (columns[i] === column ? value(row, at) : each))),
});
const replaced = (column: string, value: (row: unknown[]) => unknown): Table => replacedIn(people, column, value);

describe('what Clarify writes where there is no value', () => {
  it('no positive prediction at all: every metric after training is null with its error', async () => {
    const { json } = await analysed(
      replaced('p', () => 'no'),
      config(),
    );
    const [group] = json.post_training_bias_metrics.facets.sex;
    expect(group.metrics).toHaveLength(13);
    for (const each of group.metrics)
      expect(each).toEqual({
        ...{ name: each.name, description: each.description, value: null },
        error: 'No Label values are present in the predicted Label Column,Positive Predicted Index Series contains all False values',
      });
    expect(metric(json.pre_training_bias_metrics, 'DPL').value).toBeCloseTo(1 / 3 - 1 / 2, 12);
  });
  it('infinities as text, 0 divided by 0 as 0, no group variable as an error', async () => {
    const post = (await analysed(people, config())).json.post_training_bias_metrics;
    expect(metric(post, 'TE')).toEqual({ name: 'TE', description: 'Treatment Equality (TE)', value: 'Infinity' });
    expect(metric(post, 'DAR').value).toBeCloseTo(0.5, 12);
    expect(metric(post, 'CDDPL')).toMatchObject({ value: null, error: 'Group variable is empty or not provided' });
    const men = await analysed(people, config({ facet: { name_or_index: 'sex', value_or_threshold: 'M' } }));
    expect(metric(men.json.post_training_bias_metrics, 'TE').value).toBe('-Infinity');
  });
  it('a facet nobody belongs to, and one everybody does', async () => {
    const of = async (value: unknown[]): Promise<Vector> =>
      (await analysed(people, config({ facet: [{ name_or_index: 'sex', value_or_threshold: value }] }))).json.post_training_bias_metrics;
    expect(metric(await of(['X']), 'DI')).toMatchObject({ value: null, error: 'Facet set is empty' });
    expect(metric(await of(['F', 'M']), 'DI')).toMatchObject({ value: null, error: 'Negated facet set is empty' });
    expect(metric(await of(['F', 'M']), 'DPPL')).toMatchObject({ value: null, error: 'Negative facet set is empty.' });
    expect(metric(await of(['X']), 'RD')).toMatchObject({ value: null, error: 'DLA: Facet set is empty' });
  });
  it('a facet nobody belongs to, before features that are no numbers', async () => {
    const facet = [{ name_or_index: 'age', value_or_threshold: [1, 2] }];
    const { json } = await analysed(people, config({ facet }));
    expect(metric(json.post_training_bias_metrics, 'FT')).toMatchObject({ value: null, error: 'Facet set is empty' });
  });
  it('values that no row is meant by are told, also where they are the largest of whole numbers with gaps', async () => {
    const many = { columns: people.columns, rows: Array.from({ length: 30 }, () => people.rows).flat() };
    const paid = replacedIn(many, 'y', ([, age], i) => (i === 0 ? null : age === 30 ? 1 : 0));
    const { json, resolved } = await analysed(paid, config({ label_values_or_threshold: [1], predicted_label: undefined }));
    expect([json.pre_training_bias_metrics.label_value_or_threshold, metric(json.pre_training_bias_metrics, 'DPL').value]).toEqual(['', 0]);
    const none =
      '"label_values_or_threshold": as Clarify reads it no row is meant: it takes "y" for continuous, and nothing lies above the threshold';
    expect(resolved.notes).toContain(none);
    const facet = [
      { name_or_index: 'age', value_or_threshold: [30] },
      { name_or_index: 'sex', value_or_threshold: ['X'] },
    ];
    expect((await analysed(people, config({ facet }))).resolved.notes).toEqual([
      '"facet.1.value_or_threshold": as Clarify reads it no row is meant: "sex" holds no such value',
    ]);
  });
  it('a code that is taken for a threshold, and a threshold that is taken for a value, are told', async () => {
    const rows = (count: number): Table => ({
      columns: people.columns,
      rows: Array.from({ length: count }, (_, i) => [i % 2, 20 + (i % 50), i % 3 ? 'yes' : 'no', i % 4 ? 'yes' : 'no']),
    });
    const notes = async (count: number, name_or_index: string, value: number): Promise<string[]> =>
      (await analysed(rows(count), config({ facet: [{ name_or_index, value_or_threshold: [value] }] }))).resolved.notes;
    const at = '"facet.0.value_or_threshold": as Clarify reads it rows with';
    expect(await notes(30, 'sex', 0)).toEqual([
      `${at} "sex" above 0 are meant, not those with 0: 2 different values in 30 rows are enough for a threshold`,
    ]);
    expect(await notes(2000, 'age', 40)).toEqual([
      `${at} "age" 40 are meant, not those above: 50 different values in 2,000 rows are too few for a threshold`,
    ]);
    expect([...(await notes(2000, 'sex', 0)), ...(await notes(500, 'age', 40)), ...(await notes(10, 'age', 25))]).toEqual([]);
  });
  it('rows without a prediction are left out of the flip test as of all else', async () => {
    const all = await analysed({ ...people, rows: [...people.rows, ['F', 41, 'yes', null], ['M', 30, 'no', null]] }, config());
    const known = await analysed(people, config());
    for (const code of ['FT', 'DPPL', 'DI', 'RD', 'GE'])
      expect([code, metric(all.json.post_training_bias_metrics, code)]).toEqual([
        code,
        metric(known.json.post_training_bias_metrics, code),
      ]);
  });
  it('features that are no numbers', async () => {
    const facet = [{ name_or_index: 'age', value_or_threshold: [30] }];
    const { json } = await analysed(people, config({ facet }));
    expect(metric(json.post_training_bias_metrics, 'FT')).toMatchObject({
      ...{ value: null, error: 'FlipTest does not support non-numeric columns' },
    });
    expect(metric((await analysed(people, config())).json.post_training_bias_metrics, 'FT').value).toBe(-1);
  });
  it('a prediction of another kind than the label', async () => {
    const { json } = await analysed(
      replaced('p', ([, age]) => (age as number) / 100),
      config(),
    );
    expect(metric(json.post_training_bias_metrics, 'DI')).toMatchObject({
      ...{ value: null, error: 'Predicted Label Column series datatype is not the same as Label Column series' },
    });
  });
});

describe('what is meant by a value', () => {
  const texts = async (facet: Vector, more: Vector = {}, table = people): Promise<string[]> => {
    const { json } = await analysed(table, config({ facet: [facet], ...more }));
    const [groups] = Object.values(json.pre_training_bias_metrics.facets) as Vector[][];
    return groups!.map(({ value_or_threshold }) => value_or_threshold);
  };
  it('one of few numbers is a threshold, several are values', async () => {
    expect(await texts({ name_or_index: 'age', value_or_threshold: [30] })).toEqual(['(30, 50]']);
    expect(await texts({ name_or_index: 1, value_or_threshold: ['30'] })).toEqual(['(30.0, 50.0]']);
    expect(await texts({ name_or_index: 'age', value_or_threshold: [30, 40] })).toEqual(['30,40']);
  });
  it('1.0 is written as it was given, and means 1', async () => {
    const table = replaced('age', ([sex]) => (sex === 'F' ? 1 : 0));
    const given = (values: string): Vector =>
      JSON.stringify(config({ facet: [{ name_or_index: 'age', value_or_threshold: ['#'] }], probability_threshold: 1.5 }))
        .replace('"#"', values)
        .replace('1.5', '1.0');
    const of = async (values: string): Promise<Vector> =>
      (await analysed(table, given(values))).json.pre_training_bias_metrics.facets.age[0];
    expect((await of('0.0')).value_or_threshold).toBe('(0.0, 1.0]');
    const both = await of('1.0, 5e0');
    expect([both.value_or_threshold, both.metrics.find(({ name }: Vector) => name === 'CI').value]).toEqual([
      '1.0,5.0',
      expect.closeTo(0.2, 12),
    ]);
  });
  it('of many rows the same number is a value, and whole numbers with gaps are floats', async () => {
    const many = { columns: people.columns, rows: Array.from({ length: 30 }, () => people.rows).flat() };
    expect(await texts({ name_or_index: 'age', value_or_threshold: [30] }, {}, many)).toEqual(['30']);
    const gaps = { columns: people.columns, rows: [...many.rows, ['F', null, 'yes', 'no']] };
    expect(await texts({ name_or_index: 'age', value_or_threshold: [30] }, {}, gaps)).toEqual(['(30.0, 50.0]']);
  });
  it.each(['text/csv', 'application/x-parquet'])('a truth value, however it is given, in %s', async (dataset_type) => {
    const table = replaced('sex', ([sex]) => (sex === 'F' ? 'False' : 'True'));
    const of = async (value: unknown): Promise<number> => {
      const facet = [{ name_or_index: 'sex', value_or_threshold: [value] }];
      return metric((await analysed(table, config({ dataset_type, facet }))).json.pre_training_bias_metrics, 'CI').value;
    };
    for (const value of [false, 'False', 'false', 0]) expect([value, await of(value)]).toEqual([value, expect.closeTo(0.2, 12)]);
    for (const value of [true, 'True', 'true', 1]) expect([value, await of(value)]).toEqual([value, expect.closeTo(-0.2, 12)]);
    const label = { label: 'sex', label_values_or_threshold: ['True'], predicted_label: undefined };
    const { json, resolved } = await analysed(
      table,
      config({ dataset_type, ...label, facet: [{ name_or_index: 'age', value_or_threshold: [30, 40] }] }),
    );
    expect(metric(json.pre_training_bias_metrics, 'DPL').value).toBeCloseTo(2 / 3 - 1 / 2, 12);
    expect(resolved.positive).toEqual([dataset_type === 'text/csv' ? 'True' : 'true']);
  });
  it('words for missing are missing among numbers, as pandas reads CSV, and values among texts', async () => {
    const gaps = replaced('age', ([, age]) => (age === 40 ? 'NA' : age));
    expect(await texts({ name_or_index: 'age', value_or_threshold: [30] }, {}, gaps)).toEqual(['(30.0, 50.0]']);
    const { json } = await analysed(gaps, config({ label: 'age', label_values_or_threshold: [30], predicted_label: undefined }));
    expect(metric(json.pre_training_bias_metrics, 'DPL').value).toBeCloseTo(1 - 0, 12);
    expect(
      await texts(
        { name_or_index: 'sex' },
        {},
        replaced('sex', ([sex]) => (sex === 'F' ? 'NA' : sex)),
      ),
    ).toEqual(['NA', 'M']);
  });
  it('minus zero is the stratum of zero', async () => {
    const of = async (zero: string): Promise<Vector> => {
      const table = replaced('age', ([sex, age]) => (sex === 'M' ? '0.0' : age === 30 ? zero : '1.5'));
      return metric((await analysed(table, config({ group_variable: 'age' }))).json.pre_training_bias_metrics, 'CDDL').value;
    };
    expect(await of('-0.0')).toBe(await of('0.0'));
  });
  it('an infinite value ends the interval, of facet and label', async () => {
    const endless = replaced('age', ([, age]) => (age === 50 ? 'inf' : age));
    expect(await texts({ name_or_index: 'age', value_or_threshold: [30] }, {}, endless)).toEqual(['(30.0, inf]']);
    const { json } = await analysed(endless, config({ label: 'age', label_values_or_threshold: [35], predicted_label: undefined }));
    expect(json.pre_training_bias_metrics.label_value_or_threshold).toBe('(35.0, inf]');
    expect(metric(json.pre_training_bias_metrics, 'DPL').value).toBeCloseTo(2 / 3, 12);
  });
  it('without values each in turn, as they first appear', async () => {
    expect(await texts({ name_or_index: 'sex' })).toEqual(['F', 'M']);
    const table = replaced('sex', ([sex]) => (sex === 'M' ? 'true' : 'false'));
    expect(await texts({ name_or_index: 'sex' }, {}, table)).toEqual(['False', 'True']);
  });
  it('a probability decides above the threshold, not at it', async () => {
    const scored = replaced('p', ([, age]) => (age as number) / 100);
    const { json, resolved } = await analysed(scored, config({ probability_threshold: 0.35 }));
    expect(metric(json.post_training_bias_metrics, 'DPPL').value).toBeCloseTo(2 / 3, 12);
    expect([resolved.score, resolved.prediction, resolved.threshold]).toEqual(['p', null, 0.35]);
  });
  it('only the codes that are asked for, in order', async () => {
    const methods = { pre_training_bias: { methods: ['DPL', 'CI'] } };
    const { json } = await analysed(people, config({ methods }));
    expect(json.post_training_bias_metrics).toBeUndefined();
    expect(json.pre_training_bias_metrics.facets.sex[0].metrics.map(({ name }: Vector) => name)).toEqual(['CI', 'DPL']);
  });
});
