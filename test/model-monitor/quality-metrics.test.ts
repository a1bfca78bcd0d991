import { describe, expect, it } from 'vitest';
import { modelQualityMetrics } from '../../layers/quality/model-monitor/index.ts';
import { type Performance, performance, type Row, report, row } from './fixtures.ts';

const metricsOf = (problem: Performance['problem'], cells: number[][] | null, metrics: Row[] = []): Record<string, unknown> =>
  Object.fromEntries(
    modelQualityMetrics(report([], { performance: performance(problem, cells), metrics })).map((of) => [of.name, of.value]),
  );

/** Values of sagemaker.md 2.4 and of the vectors D2, which are AWS's own. */
describe('the scalars of a model-quality job', () => {
  it('of two classes: the guide’s matrix', () => {
    const metrics = metricsOf('binary', [
      [1, 2],
      [0, 1],
    ]);
    const said = {
      ...{ recall: 1, precision: 0.3333333333333333, accuracy: 0.5 },
      ...{ f0_5: 0.3846153846153846, f1: 0.5, f2: 0.7142857142857143 },
      ...{ true_positive_rate: 1, true_negative_rate: 0.33333333333333337 },
      ...{ false_positive_rate: 0.6666666666666666, false_negative_rate: 0 },
    };
    for (const [name, value] of Object.entries(said)) expect([name, metrics[name]]).toEqual([name, expect.closeTo(value, 12)]);
    // The constant is the more frequent class, here the negative one, whose precision is 0 ÷ 0.
    expect(Object.keys(metrics).sort()).toEqual(
      [...Object.keys(said), ...['recall', 'accuracy', 'f0_5', 'f1', 'f2'].map((name) => `${name}_best_constant_classifier`)].sort(),
    );
    expect(metrics.accuracy_best_constant_classifier).toBe(0.75);
  });

  it('of two classes: the run of AWS’s notebook, whose constant is the positive class', () => {
    const auc = [row('roc_auc', 0.9, { segment: 'a' }), row('roc_auc', 0.515363047795135)];
    const metrics = metricsOf(
      'binary',
      [
        [434, 65],
        [1167, 151],
      ],
      auc,
    );
    const said = {
      ...{ precision: 0.6990740740740741, recall: 0.11456752655538695, f1: 0.196870925684485, f2: 0.1375728862973761 },
      ...{ accuracy: 0.3219592735277931, false_positive_rate: 0.13026052104208416, true_negative_rate: 0.8697394789579158 },
      ...{ false_negative_rate: 0.8854324734446131, auc: 0.515363047795135, recall_best_constant_classifier: 1 },
      precision_best_constant_classifier: 1318 / 1817,
    };
    for (const [name, value] of Object.entries(said)) expect([name, metrics[name]]).toEqual([name, expect.closeTo(value, 12)]);
  });

  it('of several classes are weighted: the guide’s matrix', () => {
    const metrics = metricsOf('multiclass', [
      [1180, 510],
      [268, 138],
    ]);
    const said = {
      ...{ accuracy: 0.6288167938931297, weighted_recall: 0.6288167938931297, weighted_precision: 0.6983172269629505 },
      ...{ weighted_f0_5: 0.6803947317178771, weighted_f1: 0.6571162346664904, weighted_f2: 0.6384024354394601 },
    };
    for (const [name, value] of Object.entries(said)) expect([name, metrics[name]]).toEqual([name, expect.closeTo(value, 12)]);
    expect(Object.keys(metrics)).toEqual([...Object.keys(said), ...Object.keys(said).map((name) => `${name}_best_constant_classifier`)]);
    expect(metrics.accuracy_best_constant_classifier).toBeCloseTo(1690 / 2096, 12);
  });

  it('of a regression are four, those with a value', () => {
    const rows = [
      row('mean_absolute_error', 0.5040653554420981),
      row('mean_squared_error', 0.33364933609800973),
      row('root_mean_squared_error', 0.5776238707827177),
      row('r2', null),
      row('mean_error', 0.1),
    ];
    expect(metricsOf('regression', null, rows)).toEqual({ mae: 0.5040653554420981, mse: 0.33364933609800973, rmse: 0.5776238707827177 });
    expect(metricsOf('regression', null, [row('r2', -3.208758170289026), row('mean_squared_error', 'Infinity')])).toEqual({
      r2: -3.208758170289026,
    });
  });

  it('are none without labels, and none of a report without accuracy', () => {
    expect(metricsOf('binary', null)).toEqual({});
    expect(modelQualityMetrics(report([]))).toEqual([]);
  });
});
