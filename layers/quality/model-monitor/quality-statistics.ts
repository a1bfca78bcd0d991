import type { PerformanceSection } from '../contract/outcome-report.ts';
import type { Report } from '../contract/report.ts';
import { Double, type Written } from './json-text.ts';
import { deviationOf } from './quality-deviation.ts';
import { modelQualityMetrics } from './quality-metrics.ts';
import { problemKeyOf } from './schemas.ts';

/** statistics.json of a model-quality job: the scalars that are put as metrics, and of classes what they are made of. */
export const qualityStatistics = (report: Report, performance: PerformanceSection): Written => ({
  version: new Double(0),
  dataset: { item_count: performance.rows.judged },
  [`${problemKeyOf(performance.problem)}_metrics`]: {
    ...matrixOf(performance),
    ...Object.fromEntries(
      modelQualityMetrics(report).map(({ name, value }) => [
        name,
        { value: new Double(value), standard_deviation: new Double(deviationOf(report, name)) },
      ]),
    ),
    ...curvesOf(performance),
  },
});

/** By true class, then by predicted class. Two classes are 0 and 1, whatever they are called in the data. */
function matrixOf({ problem, confusion }: PerformanceSection): Record<string, Written> {
  if (confusion === null) return {};
  const names = problem === 'binary' ? ['0', '1'] : confusion.classes;
  const rows = names.map((name, t) => [name, Object.fromEntries(names.map((other, p) => [other, confusion.cells[t]![p]!]))]);
  return { confusion_matrix: Object.fromEntries(rows) as Written };
}

/** Curves begin at the highest score, as there. */
function curvesOf({ roc, precisionRecall }: PerformanceSection): Record<string, Written> {
  const axis = (points: [number, number][], at: 0 | 1): Written => points.map((point) => new Double(point[at]));
  const upwards = precisionRecall === null ? null : [...precisionRecall.current].reverse();
  return {
    ...(roc !== null && {
      receiver_operating_characteristic_curve: { false_positive_rates: axis(roc.current, 0), true_positive_rates: axis(roc.current, 1) },
    }),
    ...(upwards !== null && { precision_recall_curve: { precisions: axis(upwards, 1), recalls: axis(upwards, 0) } }),
  };
}
