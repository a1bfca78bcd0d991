import { fromJsonNumber, type Report } from '../contract/report.ts';
import { overallRow } from './overall-row.ts';

/** The metric of the report whose interval is that of a scalar; the interval of what is left of 1 is as wide. */
const INTERVAL_OF: Record<string, [metric: string, average?: string]> = {
  recall: ['recall'],
  true_positive_rate: ['recall'],
  false_negative_rate: ['recall'],
  true_negative_rate: ['specificity'],
  false_positive_rate: ['specificity'],
  precision: ['precision'],
  accuracy: ['accuracy'],
  auc: ['roc_auc'],
  f0_5: ['f0_5'],
  f1: ['f1'],
  f2: ['f2'],
  weighted_recall: ['recall', 'weighted'],
  weighted_precision: ['precision', 'weighted'],
  weighted_f1: ['f1', 'weighted'],
  mae: ['mean_absolute_error'],
};

/** Standard deviations from one end of a 95 % interval to the other. */
const WIDTH = 2 * 1.959963984540054;
/** Model Monitor gives none of fewer rows. */
const FEWEST = 200;

/** How far a scalar would differ in another sample of as many rows: the report's interval in standard deviations. NaN where there is none. */
export function deviationOf(report: Report, name: string): number {
  const of = Object.hasOwn(INTERVAL_OF, name) ? INTERVAL_OF[name]! : null;
  if (of === null || (report.performance?.rows.judged ?? 0) < FEWEST) return Number.NaN;
  const [low, high] = (overallRow(report, ...of)?.interval ?? ['NaN', 'NaN']).map(fromJsonNumber) as [number, number];
  return (high - low) / WIDTH;
}
