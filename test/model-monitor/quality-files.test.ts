import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { modelQualityFiles } from '../../layers/quality/model-monitor/index.ts';
import { check, performance, report, row } from './fixtures.ts';
import { held, notebook, reportOf } from './quality-reports.ts';

const NAMES = ['statistics.json', 'constraints.json', 'constraint_violations.json'];
const filesOf = (of: Report): Record<string, string> => modelQualityFiles(of)!;
// biome-ignore lint/suspicious/noExplicitAny: files of another program, looked into
const parsed = (of: Report): any[] => NAMES.map((name) => JSON.parse(filesOf(of)[name]!));

describe('files of a model-quality job', () => {
  it('of two classes, with the guide’s matrix, to the byte', () => {
    const { confusion } = performance('binary', [
      [1, 2],
      [0, 1],
    ]);
    const curve = { current: [0, 0.25, 1].map((x): [number, number] => [x, x === 0 ? 0 : 1]), baseline: null };
    const files = filesOf(
      reportOf(
        {
          ...{ confusion, roc: curve },
          precisionRecall: {
            current: [
              [1, 0.25],
              [0, 1],
            ],
            baseline: null,
          },
        },
        [held('recall', 'pass', 0.875, 0.125), held('accuracy', 'fail', 0.75, 0.125)],
        [row('roc_auc', 1)],
      ),
    );
    const scalar = ([name, value]: [string, string]): string =>
      `    "${name}" : {\n      "value" : ${value},\n      "standard_deviation" : "NaN"\n    },\n`;
    const scalars: [string, string][] = [
      ...([
        ['auc', '1.0'],
        ['recall', '1.0'],
        ['precision', '0.3333333333333333'],
        ['accuracy', '0.5'],
      ] as [string, string][]),
      ...([
        ['f0_5', '0.38461538461538464'],
        ['f1', '0.5'],
        ['f2', '0.7142857142857143'],
      ] as [string, string][]),
      ...([
        ['true_positive_rate', '1.0'],
        ['true_negative_rate', '0.3333333333333333'],
      ] as [string, string][]),
      ...([
        ['false_positive_rate', '0.6666666666666666'],
        ['false_negative_rate', '0.0'],
      ] as [string, string][]),
      // The constant is the more frequent class, whose precision is 0 ÷ 0 and left out.
      ...['recall', 'accuracy', 'f0_5', 'f1', 'f2'].map((name): [string, string] => [
        `${name}_best_constant_classifier`,
        name === 'accuracy' ? '0.75' : '0.0',
      ]),
    ];
    expect(files['statistics.json']).toBe(`{
  "version" : 0.0,
  "dataset" : {
    "item_count" : 4
  },
  "binary_classification_metrics" : {
    "confusion_matrix" : {
      "0" : {
        "0" : 1,
        "1" : 2
      },
      "1" : {
        "0" : 0,
        "1" : 1
      }
    },
${scalars.map(scalar).join('')}    "receiver_operating_characteristic_curve" : {
      "false_positive_rates" : [ 0.0, 0.25, 1.0 ],
      "true_positive_rates" : [ 0.0, 1.0, 1.0 ]
    },
    "precision_recall_curve" : {
      "precisions" : [ 1.0, 0.25 ],
      "recalls" : [ 0.0, 1.0 ]
    }
  }
}`);
    const bound = (name: string, threshold: string, operator: string): string =>
      `    "${name}" : {\n      "threshold" : ${threshold},\n      "comparison_operator" : "${operator}"\n    }`;
    const bounds = [
      bound('recall', '0.75', 'LessThanThreshold'),
      bound('accuracy', '0.625', 'LessThanThreshold'),
      bound('true_positive_rate', '0.75', 'LessThanThreshold'),
      bound('false_negative_rate', '0.25', 'GreaterThanThreshold'),
    ];
    expect(files['constraints.json']).toBe(
      `{\n  "version" : 0.0,\n  "binary_classification_constraints" : {\n${bounds.join(',\n')}\n  }\n}`,
    );
    expect(files['constraint_violations.json']).toBe(`{
  "violations" : [ {
    "constraint_check_type" : "LessThanThreshold",
    "description" : "Metric accuracy with 0.5 +/- NaN was LessThanThreshold '0.625'",
    "metric_name" : "accuracy"
  } ]
}`);
  });

  it('of a regression are those of the SDK’s own test data', () => {
    const scalars = [row('mean_absolute_error', 0.5040653554420981), row('mean_squared_error', 0.33364933609800973), row('r2', -3.25)];
    const of = reportOf({ problem: 'regression' }, [held('mean_absolute_error', 'pass', 0.4, 0.1)], scalars, 100);
    expect(filesOf(of)['statistics.json']).toBe(`{
  "version" : 0.0,
  "dataset" : {
    "item_count" : 100
  },
  "regression_metrics" : {
    "mae" : {
      "value" : 0.5040653554420981,
      "standard_deviation" : "NaN"
    },
    "mse" : {
      "value" : 0.33364933609800973,
      "standard_deviation" : "NaN"
    },
    "r2" : {
      "value" : -3.25,
      "standard_deviation" : "NaN"
    }
  }
}`);
    expect(parsed(of).slice(1)).toEqual([
      { version: 0, regression_constraints: { mae: { threshold: 0.5, comparison_operator: 'GreaterThanThreshold' } } },
      { violations: [] },
    ]);
  });

  it('say what fails in the words of a run', () => {
    const [statistics, constraints, { violations }] = parsed(notebook());
    const deviation = (0.54 - 0.49) / (2 * 1.959963984540054);
    expect(statistics.binary_classification_metrics.auc).toEqual({ value: 0.515363047795135, standard_deviation: deviation });
    expect(statistics.binary_classification_metrics.recall_best_constant_classifier).toEqual({ value: 1, standard_deviation: 'NaN' });
    expect(Object.keys(constraints.binary_classification_constraints)).toEqual([
      ...['recall', 'accuracy', 'true_positive_rate', 'true_negative_rate', 'false_positive_rate', 'false_negative_rate', 'auc'],
    ]);
    expect(violations.at(-1)).toEqual({
      constraint_check_type: 'LessThanThreshold',
      description: `Metric auc with 0.515363047795135 +/- ${deviation} was LessThanThreshold '0.8999999999999999'`,
      metric_name: 'auc',
    });
    expect(
      violations.map((of: { metric_name: string; constraint_check_type: string }) => [of.metric_name, of.constraint_check_type]),
    ).toEqual([
      ['recall', 'LessThanThreshold'],
      ['truePositiveRate', 'LessThanThreshold'],
      ['trueNegativeRate', 'LessThanThreshold'],
      ['falsePositiveRate', 'GreaterThanThreshold'],
      ['falseNegativeRate', 'GreaterThanThreshold'],
      ['auc', 'LessThanThreshold'],
    ]);
    expect(violations[2].description).toMatch(
      /^Metric trueNegativeRate with 0\.869\d+ \+\/- NaN was LessThanThreshold '0\.8999999999999999'$/,
    );
  });

  it('leave out what has no value, no baseline or no bound that fails', () => {
    const none = [[0, 0], [0, 0]]; // biome-ignore format: a matrix
    const of = reportOf(
      { ...performance('binary', none), rows: { all: 9, labelled: 1, judged: 1 } },
      [
        check('performance/recall', 'not_applicable', { threshold: { warn: null, fail: 0.05, direction: 'below', source: 'default' } }),
        held('accuracy', 'warn', 0.8, null),
      ],
      [row('roc_auc', null), row('recall', 'NaN')],
    );
    expect(parsed(of)).toEqual([
      {
        version: 0,
        dataset: { item_count: 1 },
        binary_classification_metrics: { confusion_matrix: { 0: { 0: 0, 1: 0 }, 1: { 0: 0, 1: 0 } } },
      },
      { version: 0, binary_classification_constraints: {} },
      { violations: [] },
    ]);
    expect(modelQualityFiles(report([]))).toBeNull();
    expect(modelQualityFiles(reportOf({ rows: { all: 9, labelled: 0, judged: 0 } }))).toBeNull();
  });

  it('name several classes as the data does, whatever they are called', () => {
    const names = ['a"b', '__proto__', 'line\nbreak', '</script>'];
    const cells = names.map((_, t) => names.map((__, p) => (t === p ? 50 : t)));
    const average = { parameters: { average: 'weighted' }, interval: [0.7, 0.9] as [number, number] };
    const of = reportOf(
      { problem: 'multiclass', confusion: { classes: names, cells, baseline: null } },
      [held('accuracy', 'fail', 0.99)],
      [row('recall', 0.8, average), row('recall', 0.7, { parameters: { average: 'macro' } })],
      300,
    );
    const [{ multiclass_classification_metrics: metrics }, , { violations }] = parsed(of);
    expect(Object.keys(metrics.confusion_matrix)).toEqual(names);
    expect(Object.getOwnPropertyDescriptor(metrics.confusion_matrix, '__proto__')!.value['a"b']).toBe(1);
    expect(metrics.weighted_recall.standard_deviation).toBeCloseTo(0.2 / (2 * 1.959963984540054), 12);
    expect(metrics.weighted_precision.standard_deviation).toBe('NaN');
    expect(violations.map(({ metric_name }: { metric_name: string }) => metric_name)).toEqual(['accuracy', 'weighted_recall']);
  });
});
