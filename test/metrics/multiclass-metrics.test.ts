import { describe, expect, it } from 'vitest';
import * as a from '../../layers/quality/metrics/accuracy/index.ts';
import { emptyCounts } from '../../layers/quality/metrics/fairness/group-counts.ts';
import { multiclassMetrics } from '../../layers/quality/metrics/performance/multiclass-metrics.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { lossesOf } from '../outcomes/losses.ts';
import { type Case, mismatch, readCases } from '../reference/cases.ts';

const AVERAGED = ['precision', 'recall', 'f1', 'f0_5', 'f2'];
const OTHERS: Record<string, string> = {
  accuracy: 'accuracy',
  balanced_accuracy: 'balanced_accuracy',
  mcc: 'matthews_correlation',
  cohen_kappa: 'cohen_kappa',
  log_loss: 'log_loss',
  brier_sum_over_classes: 'brier_score',
  roc_auc_ovr_macro: 'roc_auc[average=macro]',
};
/** Of each class. */
const PER_CLASS: Record<string, string> = {
  precision_per_class: 'precision',
  recall_per_class: 'recall',
  f1_per_class: 'f1',
  roc_auc_ovr_per_class: 'roc_auc',
};

function sliceOf({ inputs }: Case): Slice {
  const numbers = (names: unknown[]): number[] => names.map((name) => inputs.labels.indexOf(name));
  const [labels, predictions] = [numbers(inputs.label), numbers(inputs.prediction)];
  const classes: number = inputs.labels.length;
  const weights: number[] = inputs.weight ?? labels.map(() => 1);
  const all = weights.reduce((sum, each) => sum + each, 0);
  const classRows = inputs.probabilities && { classes, labels, probabilities: inputs.probabilities.flat(), weights: inputs.weight };
  return {
    ...{ rows: labels.length, counts: emptyCounts(), scored: null, sums: null },
    scale: all / weights.reduce((sum, each) => sum + each ** 2, 0),
    matrix: a.confusionMatrix(classes, labels, predictions, inputs.weight),
    ...(classRows && { classRows, losses: lossesOf(classRows) }),
  };
}

/** What scikit-learn has, by our names; a class without a value counts as 0 there. */
function expectedOf({ expected, inputs }: Case): [string, number][] {
  return Object.entries(expected).flatMap(([key, value]): [string, number][] => {
    const average = /^(.*)_(macro|weighted)$/.exec(key);
    if (average !== null && AVERAGED.includes(average[1]!)) return [[`${average[1]}[average=${average[2]}]`, value as number]];
    if (key in OTHERS) return [[OTHERS[key]!, value as number]];
    const id = PER_CLASS[key];
    return id === undefined ? [] : (value as number[]).map((each, k) => [`${id}[class=${inputs.labels[k]}]`, each]);
  });
}

const nameOf = ({ id, parameters = {} }: { id: string; parameters?: Record<string, string | number> }): string =>
  id +
  Object.entries(parameters)
    .map(([key, value]) => `[${key}=${value}]`)
    .join('');

const CASES = readCases('performance').filter(({ id }) => id.startsWith('multiclass.'));

describe('metrics of several classes, as reports list them', () => {
  it.each(CASES.map((each) => [each.id, each] as const))('%s equals scikit-learn', (_, each) => {
    const slice = sliceOf(each);
    const found = new Map(multiclassMetrics(each.inputs.labels).map((metric) => [nameOf(metric), metric.compute(slice).value]));
    const goals = expectedOf(each);
    expect(goals.length).toBeGreaterThan(20);
    expect(goals.flatMap(([name, goal]) => mismatch(found.get(name) ?? 0, goal, each.tolerance, name) ?? [])).toEqual([]);
    expect(goals.filter(([name]) => !found.has(name))).toEqual([]);
  });

  it.each(CASES.map((each) => [each.id, each] as const))('%s: intervals hold their values, counts of a class add up', (_, each) => {
    const slice = sliceOf(each);
    const all = a.marginsOf(slice.matrix!).all;
    const metrics = multiclassMetrics(each.inputs.labels);
    for (const metric of metrics) {
      const { value } = metric.compute(slice);
      const interval = value === null ? null : metric.interval(slice, 'seed');
      if (interval === null) continue;
      expect([nameOf(metric), interval[0] <= value! + 1e-12, value! <= interval[1] + 1e-12]).toEqual([nameOf(metric), true, true]);
    }
    for (const name of each.inputs.labels) {
      const counts = metrics.filter(({ id, parameters }) => id.endsWith('_count') && parameters?.class === name);
      expect(counts.reduce((sum, metric) => sum + metric.compute(slice).value!, 0)).toBeCloseTo(all, 9);
    }
  });

  it('without a score of every class says what is needed', () => {
    const slice = { ...sliceOf(CASES[0]!), classRows: undefined, losses: null };
    const metrics = multiclassMetrics(CASES[0]!.inputs.labels).filter(({ id }) =>
      /roc_auc|average_precision|calibration|brier|log_loss/.test(id),
    );
    expect(metrics.map((metric) => metric.compute(slice).reason)).toEqual(
      metrics.map(() => 'needs rows, with a score of every class (--score COLUMN=CLASS, or "class" in the monitor)'),
    );
  });
});

describe('the top label', () => {
  /** Where no score is a half: of equal ones the references take the second class, we the first. */
  const twoClasses = readCases('calibration').filter(
    ({ inputs, expected }) => Array.isArray(inputs?.score) && expected.confidence_width_right_10 && !inputs.score.includes(0.5),
  );

  it('has references', () => expect(twoClasses.length).toBeGreaterThan(1));
  it.each(twoClasses.map((each) => [each.id, each] as const))('%s: its calibration error is that of the confidence', (_, each) => {
    const { score, label, weight } = each.inputs as { score: number[]; label: number[]; weight?: number[] };
    const counts = a.topLabelCounts({ classes: 2, labels: label, probabilities: score.flatMap((s) => [1 - s, s]), weights: weight });
    const { value } = a.expectedCalibrationError(counts, a.equalWidth(10, 'right'));
    expect(mismatch(value!, each.expected.confidence_width_right_10.ece, each.tolerance, each.id)).toBeNull();
  });

  it('is the first of equal ones', () => {
    const counts = a.topLabelCounts({ classes: 3, labels: [0, 1, 2], probabilities: [0.4, 0.4, 0.2, 0.4, 0.4, 0.2, 0.1, 0.1, 0.8] });
    expect([Array.from(counts.scores), Array.from(counts.positives), Array.from(counts.negatives)]).toEqual([
      [0.4, 0.8],
      [1, 1],
      [1, 0],
    ]);
  });
});
