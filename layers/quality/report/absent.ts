import type { Report } from '../contract/report.ts';
import type { Factor } from '../contract/verdict.ts';
import { FACTOR_WORDS } from './words.ts';

const PREDICTIONS = 'needs predictions: name their column with --prediction, or that of scores with --score';

/** That there is no row to judge, or none that counts. */
function rowless({ performance, notes, baseline, subject }: Report, factor: Factor): string | null {
  const ofModel = factor === 'accuracy' || factor === 'fairness';
  if (subject.rows === 0 && (ofModel || (factor === 'stability' && baseline !== null))) return 'no rows';
  const weightless = ofModel && performance?.weight !== undefined && notes.some((note) => note.startsWith('No row has a weight ('));
  return weightless ? `no row has a weight (${performance.weight}) above 0` : null;
}

/** What a model's numbers lack, where that is sure; null where checks or metrics say it better. */
function lackOf({ performance, notes, baseline }: Report, factor: Factor): string | null {
  const decides =
    performance !== undefined &&
    (performance.prediction !== null ||
      (performance.score !== null && (performance.threshold !== null || performance.problem === 'multiclass')));
  if (factor === 'fairness') {
    if (performance === undefined) return null;
    if (performance.problem !== 'binary') return `judged of problems of two classes; this one is ${performance.problem}`;
    return decides ? null : PREDICTIONS;
  }
  if (factor !== 'accuracy') return null;
  if (performance === undefined)
    return notes.some((note) => /^Accuracy (and fairness are|is) not judged/.test(note)) ? 'for what the notes say' : null;
  const { labelled, judged } = performance.rows;
  if (performance.label !== null && labelled === 0)
    return `no row has ${performance.problem === 'regression' ? 'a number as ' : 'a '}label (${performance.label})`;
  if (labelled > 0 && judged === 0) return decides ? 'no row has both a label and a prediction' : PREDICTIONS;
  if (judged === 0) return null;
  return baseline === null
    ? 'measured; a baseline with labels would say whether it fell'
    : 'measured; the baseline has nothing to compare it with';
}

/** Why a factor has no verdict. */
export function whyAbsent(report: Report, factor: Factor): string {
  const own = report.checks.filter((check) => check.factor === factor);
  const lack = own.some(({ verdict }) => verdict !== 'not_applicable') ? null : (rowless(report, factor) ?? lackOf(report, factor));
  const reason = own.find(({ verdict }) => verdict === 'not_applicable')?.message;
  const ofMetric = report.metrics.find((row) => row.factor === factor && row.reason !== null)?.reason;
  const known = factor === 'stability' && report.baseline !== null;
  return lack ?? reason ?? ofMetric ?? (known ? 'nothing to check' : FACTOR_WORDS[factor].absent);
}
