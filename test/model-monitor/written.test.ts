import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tableOf, terminal, text } from '../cli/run.ts';
import { expectClose } from '../engine/same.ts';

const { assay, path, write } = terminal();
const read = (name: string): string => readFileSync(path(name), 'utf8');
// biome-ignore lint/suspicious/noExplicitAny: files of another program, looked into
const json = (name: string): any => JSON.parse(read(name));

/** Values with their counts of the statistics.json in the SDK's test data (sagemaker.md 2.1; clarify_vectors.md D1). */
const COUNTS: Record<string, [number, number][]> = {
  _c0: [
    [1, 24],
    [2, 21],
    [3, 55],
  ],
  _c1: [
    [0, 62],
    [1, 38],
  ],
  _c2: [
    [0, 11],
    [1, 12],
    [2, 17],
    [3, 15],
    [4, 13],
    [5, 14],
    [6, 18],
  ],
  _c3: [
    [0, 67],
    [1, 26],
    [2, 3],
    [3, 1],
    [4, 1],
    [5, 1],
    [8, 1],
  ],
  _c4: [
    [0, 77],
    [1, 10],
    [2, 8],
    [3, 2],
    [4, 1],
    [5, 1],
    [6, 1],
  ],
  _c5: [
    [0, 29],
    [1, 20],
    [2, 27],
    [3, 19],
    [4, 4],
    [5, 1],
  ],
};
const EXPECTED: Record<string, [number, number, number, number, number, number[]]> = {
  _c0: [2.31, 231, 0.8330066026148891, 1, 3, [24, 0, 0, 0, 0, 21, 0, 0, 0, 55]],
  _c1: [0.38, 38, 0.48538644398046393, 0, 1, [62, 0, 0, 0, 0, 0, 0, 0, 0, 38]],
  _c2: [3.21, 321, 1.9763349918472826, 0, 6, [11, 12, 0, 17, 0, 15, 13, 0, 14, 18]],
  _c3: [0.52, 52, 1.1178550889985697, 0, 8, [67, 26, 3, 1, 0, 1, 1, 0, 0, 1]],
  _c4: [0.47, 47, 1.0719608201795439, 0, 6, [77, 10, 0, 8, 0, 2, 1, 0, 1, 1]],
  _c5: [1.52, 152, 1.252836781069266, 0, 5, [29, 0, 20, 0, 27, 0, 19, 0, 4, 1]],
};
const MESSAGE = 'preproc-not-YET-supported-for-csv-json';

beforeAll(async () => {
  const columns = Object.entries(COUNTS).map(([, counts]) =>
    counts.flatMap(([value, count]) => Array<string>(count).fill(value.toFixed(1))),
  );
  const rows = Array.from({ length: 100 }, (_, i) => [...columns.map((column, c) => column[(i * 37 + c * 11) % 100]!), MESSAGE].join(','));
  write('sdk.csv', text([[...Object.keys(COUNTS), 'message'].join(','), ...rows]));
  await assay('baseline', 'sdk.csv', '--out', 'sdk', '--quiet');
  await assay('check', 'sdk.csv', '--baseline', 'sdk', '--out', 'sdk-out', '--model-monitor', '--quiet');
  write('reference.csv', text(tableOf(4000)));
  const wrong = tableOf(1000, (row, i) => {
    const { member, ...rest } = row;
    return {
      ...rest,
      income: i % 3 === 0 ? '' : row.income!,
      channel: row.channel === 'web' ? 'WEB' : row.channel!,
      age: i % 9 === 0 ? 'old' : row.age!,
      member2: member!,
    };
  });
  write('wrong.csv', text(wrong));
  await assay('baseline', 'reference.csv', '--out', 'base', '--quiet');
  await assay('check', 'wrong.csv', '--baseline', 'base', '--out', 'out', '--model-monitor', '--quiet');
});

describe('statistics.json', () => {
  it('of the data of a real job is that of the job', () => {
    const { features, ...rest } = json('sdk-out/statistics.json');
    expect(rest).toEqual({ version: 0, dataset: { item_count: 100 } });
    for (const [name, [mean, sum, std_dev, min, max, counts]] of Object.entries(EXPECTED)) {
      const feature = features.find((of: { name: string }) => of.name === name);
      const buckets = counts.map((count, i) => ({
        lower_bound: min + ((max - min) * i) / 10,
        upper_bound: min + ((max - min) * (i + 1)) / 10,
        count,
      }));
      const { sketch, ...kll } = feature.numerical_statistics.distribution.kll;
      expectClose(
        [{ ...feature.numerical_statistics, distribution: { kll } }],
        [{ common: { num_present: 100, num_missing: 0 }, mean, sum, std_dev, min, max, distribution: { kll: { buckets } } }],
      );
      expect(Object.keys(feature)).toEqual(['name', 'inferred_type', 'numerical_statistics']);
      expect(feature.inferred_type).toBe('Fractional');
      expect(sketch.parameters).toEqual({ c: 0.64, k: 2048 });
      // Values alone in a wide bin are known to a 256th of it.
      const values = COUNTS[name]!.flatMap(([value, count]) => Array<number>(count).fill(value));
      expect(sketch.data[0].map((value: number) => Number(value.toFixed(2)))).toEqual(values);
      expect(sketch.data).toHaveLength(1);
    }
    expect(features.at(-1)).toEqual({
      ...{ name: 'message', inferred_type: 'String' },
      string_statistics: {
        ...{ common: { num_present: 100, num_missing: 0 }, distinct_count: 1 },
        distribution: { categorical: { buckets: [{ value: MESSAGE, count: 100 }] } },
      },
    });
  });

  it('is laid out as a job lays it out: fractions on doubles, none on counts', () => {
    const start = `{\n  "version" : 0.0,\n  "dataset" : {\n    "item_count" : 100\n  },\n  "features" : [ {\n    "name" : "_c0",\n    "inferred_type" : "Fractional",\n    "numerical_statistics" : {\n      "common" : {\n        "num_present" : 100,\n        "num_missing" : 0\n      },\n      "mean" : 2.31,\n      "sum" : 231.0,\n      "std_dev" : 0.8330066026148891,\n      "min" : 1.0,\n      "max" : 3.0,\n      "distribution" : {\n        "kll" : {\n          "buckets" : [ {\n            "lower_bound" : 1.0,\n            "upper_bound" : 1.2,\n            "count" : 24.0\n          }, {`;
    expect(read('sdk-out/statistics.json').slice(0, start.length)).toBe(start);
    expect(read('sdk-out/statistics.json')).toContain('"distinct_count" : 1.0,');
    expect(read('sdk-out/constraint_violations.json')).toBe('{\n  "violations" : [ ]\n}');
  });

  it('keeps the values of ids and of mostly unique columns to itself', () => {
    const { features } = json('out/statistics.json');
    const id = features.find((of: { name: string }) => of.name === 'id');
    expect(id.string_statistics.distribution.categorical.buckets).toEqual([]);
    expect(read('out/statistics.json')).not.toContain('r-1');
  });
});

describe('constraints.json', () => {
  it('has what a job writes, with the thresholds in force', () => {
    const { features, monitoring_config, version } = json('sdk-out/constraints.json');
    expect(version).toBe(0);
    expect(features[0]).toEqual({
      name: '_c0',
      inferred_type: 'Fractional',
      completeness: 0.958,
      num_constraints: { is_non_negative: true },
    });
    expect(features.at(-1)).toEqual({
      name: 'message',
      inferred_type: 'String',
      completeness: 0.958,
      string_constraints: { domains: [MESSAGE] },
    });
    expect(monitoring_config).toEqual({
      ...{ evaluate_constraints: 'Enabled', emit_metrics: 'Enabled', datatype_check_threshold: 0.995, domain_content_threshold: 0.995 },
      distribution_constraints: { perform_comparison: 'Enabled', comparison_threshold: 0.1, comparison_method: 'Robust' },
    });
  });

  it.each([
    ['as they are', { type: { fail: 0 }, drift: { metric: 'l_infinity_robust', warn: null, fail: 0.1 }, categories: { fail: 0 } }],
    [
      'with columns of their own',
      {
        ...{ 'drift/age': { metric: 'l_infinity_distance', warn: null, fail: 0.4 }, 'type/age': { fail: 0.1 }, 'drift/channel': 'off' },
        drift: { metric: 'l_infinity_robust', warn: null, fail: 0.2 },
      },
    ],
    ['off', { type: 'off', drift: 'off', categories: 'off', 'completeness/age': 'off' }],
  ])('is imported as the checks it was written from: %s', async (_, settings) => {
    const monitor = (checks: object) => JSON.stringify({ schema: 'assay.monitor/1', monitor: 'm', checks });
    write('first.json', monitor(settings));
    await assay('check', 'wrong.csv', '--baseline', 'base', '--monitor', 'first.json', '--out', 'trip-1', '--model-monitor', '--quiet');
    expect(await assay('import', 'trip-1', '--out', 'second.json')).toMatchObject({ status: 0, stderr: '' });
    const second = json('second.json');
    expect(second.checks).toMatchObject(settings);
    await assay('check', 'wrong.csv', '--baseline', 'base', '--monitor', 'second.json', '--out', 'trip-2', '--model-monitor', '--quiet');
    await assay('import', 'trip-2', '--out', 'third.json', '--quiet');
    expect({ ...json('third.json'), monitor: '' }).toEqual({ ...second, monitor: '' });
    const verdicts = (folder: string) =>
      json(`${folder}/report.json`).checks.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]);
    expect(verdicts('trip-2')).toEqual(verdicts('trip-1'));
    expect(read('trip-2/constraints.json')).toBe(read('trip-1/constraints.json'));
  });

  it('switches a column off as the SDK does, and back again', async () => {
    const off = [
      'type',
      'completeness',
      'missing_rate',
      'range',
      'categories',
      'blank',
      'infinite',
      'drift',
      'constant',
      'uniqueness',
      'missing_column',
      'extra_column',
    ];
    const checks = Object.fromEntries(off.map((check) => [`${check}/age`, 'off']));
    write('off.json', JSON.stringify({ schema: 'assay.monitor/1', monitor: 'm', checks }));
    await assay('check', 'wrong.csv', '--baseline', 'base', '--monitor', 'off.json', '--out', 'trip-off', '--model-monitor', '--quiet');
    const age = json('trip-off/constraints.json').features.find((of: { name: string }) => of.name === 'age');
    expect(age.monitoring_config_overrides).toEqual({ evaluate_constraints: 'Disabled' });
    await assay('import', 'trip-off', '--out', 'off-again.json', '--quiet');
    expect(json('off-again.json').checks).toMatchObject(checks);
  });
});

describe('constraint_violations.json', () => {
  it('has the failing checks that Model Monitor has too, once a feature and type', () => {
    const { violations } = json('out/constraint_violations.json');
    const found = violations.map((of: Record<string, string>) => `${of.feature_name} ${of.constraint_check_type}`);
    expect(found.sort()).toEqual([
      ...['age baseline_drift_check', 'age data_type_check', 'channel baseline_drift_check', 'channel categorical_values_check'],
      ...['income baseline_drift_check', 'income completeness_check', 'member missing_column_check', 'member2 extra_column_check'],
    ]);
    const of = (type: string, feature: string): string =>
      violations.find((one: Record<string, string>) => one.constraint_check_type === type && one.feature_name === feature).description;
    expect(of('data_type_check', 'age')).toBe(
      'Data type match requirement is not met. Expected data type: Integral, Expected match: 99.5%. Observed: Only 88.8% of data is Integral.',
    );
    expect(of('completeness_check', 'income')).toBe('Value: 0.666 does not meet the constraint requirement! ');
    expect(of('missing_column_check', 'member')).toMatch(
      /Number of columns in current dataset: 6, Number of columns in baseline constraints: 6$/,
    );
    const [, distance, threshold] = /distance: (.+) exceeds threshold: (.+)/.exec(of('baseline_drift_check', 'channel'))!;
    expect(Number(distance)).toBeGreaterThan(Number(threshold));
    expect(threshold).toBe('0.1');
  });

  it('agrees with the report it was written from', async () => {
    const { status, stdout } = await assay('compare', 'out', 'out/report.json', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'assay.comparison/1', both: { length: 8 }, onlyModelMonitor: [], numbers: [] });
    expect((await assay('compare', 'out', 'out')).stdout).toContain('Both found: 8');
  });
});

describe('commands that cannot run', () => {
  it.each([
    [['import', 'nowhere', '--out', 'm.json'], 'assay: no such file or folder: nowhere\n'],
    [
      ['import', 'base', '--out', 'm.json'],
      'assay: import: none of statistics.json, constraints.json, analysis.json, analysis_config.json at base\n',
    ],
    [['import', 'out'], "assay: required option '--out <file>' not specified\n"],
    [['compare', 'base', 'out'], 'assay: base: no constraint_violations.json there\n'],
    [['compare', 'out', 'nowhere'], 'assay: no such report: nowhere\n'],
    [['compare', 'out', 'out', '--format', 'xml'], 'assay: --format: expected text or json, got "xml"\n'],
    [['check', 'wrong.csv', '--model-monitor'], 'assay: --model-monitor: needs --out, where the files are written\n'],
    [['check', 'wrong.csv', '--out', 'o', '--model-monitor'], 'assay: --model-monitor: needs --baseline, which the constraints are of\n'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await assay(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.startsWith(message)).toBe(true);
  });
});
