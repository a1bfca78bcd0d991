import type { OutcomePlan } from '../contract/outcomes.ts';
import {
  fitEstimator,
  fitMulticlassEstimator,
  fitRegressionEstimator,
  type LabelledMulticlassRows,
  type MulticlassRows,
} from '../metrics/estimates/index.ts';
import { ofAllRows } from '../metrics/performance/index.ts';
import { scoredCells } from '../metrics/performance/scored-cells.ts';
import type { LearnedEstimator } from '../profile/outcomes/baseline-outcomes.ts';
import type { KeptRows } from '../profile/outcomes/kept-rows.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import type { OutcomeSide } from './outcome-side.ts';

/** Labelled rows that are worth learning from. */
const FEWEST = 100;

/** What a labelled baseline teaches about estimating without labels; null where labels, predictions or scores are not enough. */
export function learnEstimator(rows: KeptRows, side: OutcomeSide, sample: RowSample | null, seed: string): LearnedEstimator | null {
  // Scores of a prediction without labels are calibrated on nothing.
  if (ofAllRows(side.whole) === null) return null;
  if (side.plan.problem === 'binary') return ofBinary(rows, side, seed);
  if (sample === null) return null;
  return side.plan.problem === 'regression' ? ofRegression(sample) : ofClasses(side.plan, sample, seed);
}

function ofBinary(rows: KeptRows, side: OutcomeSide, seed: string): LearnedEstimator | null {
  const cells = scoredCells(rows, 'labelled');
  const { tp, fp, fn, tn } = side.whole.counts;
  if (cells === null || !(tp + fn > 0 && fp + tn > 0) || side.outcomes.facts.judged < FEWEST || side.outcomes.facts.scoresOutside > 0)
    return null;
  return { problem: 'binary', of: fitEstimator(cells, [], { seed }) };
}

function ofRegression(sample: RowSample): LearnedEstimator | null {
  const labelled = sample.labels.filter((label, i) => Number.isFinite(label) && Number.isFinite(sample.predictions[i]!)).length;
  if (labelled < FEWEST || sample.columns.length === 0) return null;
  return {
    problem: 'regression',
    of: fitRegressionEstimator(sample.columns, { labels: sample.labels, predictions: sample.predictions }, []),
  };
}

function ofClasses(plan: OutcomePlan, sample: RowSample, seed: string): LearnedEstimator | null {
  const rows = classRows(plan, sample, true);
  if (rows === null || rows.predictions.length < FEWEST) return null;
  return { problem: 'multiclass', of: fitMulticlassEstimator(rows, [], { seed }) };
}

/** Rows of the sample that have a prediction and a score of every class, all of them or those with a label; null where the scores do not name the classes. */
export function classRows(plan: OutcomePlan, sample: RowSample, labelled: true): LabelledMulticlassRows | null;
export function classRows(plan: OutcomePlan, sample: RowSample, labelled: boolean): MulticlassRows | null;
export function classRows({ classes, scores }: OutcomePlan, sample: RowSample, labelled: boolean): MulticlassRows | null {
  const places = classes.map((name) => scores.findIndex((score) => score.class === name));
  if (classes.length < 2 || places.includes(-1)) return null;
  const score = (row: number, k: number): number => sample.scores[row * scores.length + places[k]!]!;
  const kept = Array.from(sample.labels.keys()).filter(
    (row) =>
      (!labelled || sample.labels[row]! < classes.length) &&
      sample.predictions[row]! < classes.length &&
      places.every((_, k) => Number.isFinite(score(row, k))),
  );
  return {
    classes: classes.length,
    probabilities: Float64Array.from({ length: kept.length * classes.length }, (_, i) =>
      score(kept[Math.floor(i / classes.length)]!, i % classes.length),
    ),
    predictions: Float64Array.from(kept, (row) => sample.predictions[row]!),
    ...(labelled && { labels: Float64Array.from(kept, (row) => sample.labels[row]!) }),
  };
}
