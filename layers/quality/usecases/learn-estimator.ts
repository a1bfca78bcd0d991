import type { OutcomePlan } from '../contract/outcomes.ts';
import { total } from '../math/total.ts';
import {
  estimateMulticlass,
  estimateRegression,
  estimateUnlabelled,
  expectedClassDeviations,
  expectedDeviations,
  fitEstimator,
  fitMulticlassEstimator,
  fitRegressionEstimator,
  type LabelledMulticlassRows,
  type MulticlassRows,
  type PerformanceEstimate,
} from '../metrics/estimates/index.ts';
import { scoredCells } from '../metrics/performance/scored-cells.ts';
import type { LearnedEstimator, OwnEstimates } from '../profile/outcomes/baseline-outcomes.ts';
import type { KeptRows } from '../profile/outcomes/kept-rows.ts';
import { binCounts, type RowSample } from '../profile/outcomes/row-sample.ts';
import type { OutcomeSide } from './outcome-side.ts';
import { type LabelledSample, weighClasses } from './weigh-classes.ts';
import { betterOf, weighEstimates } from './weigh-estimates.ts';

/** Labelled rows that are worth learning from. */
const FEWEST = 100;

/** What a labelled baseline teaches about estimating without labels; null where labels, predictions or scores are not enough. */
export function learnEstimator(rows: KeptRows, side: OutcomeSide, sample: RowSample | null, seed: string): LearnedEstimator | null {
  if (side.plan.problem === 'binary') return ofBinary(rows, side, sample, seed);
  if (sample === null) return null;
  return side.plan.problem === 'regression' ? ofRegression(sample) : ofClasses(side.plan, sample, seed);
}

function ofBinary(rows: KeptRows, side: OutcomeSide, sample: RowSample | null, seed: string): LearnedEstimator | null {
  const cells = scoredCells(rows, 'labelled');
  const { facts } = side.outcomes;
  if (cells === null || facts.scoresOutside > 0) return null;
  const [labelled, positives] = [total(cells.rows), total(cells.rows.filter((_, i) => cells.probabilities[i] === 1))];
  if (labelled < FEWEST || positives === 0 || positives === labelled) return null;
  const fitted = fitEstimator(cells, [], { seed });
  if (labelled === facts.rows) return { problem: 'binary', of: fitted };
  const all = scoredCells(rows, 'all')!;
  // Of those with a label chance may move a metric less, or more, than of all.
  const of = { ...fitted, deviations: expectedDeviations(fitted, all, seed) };
  const plain = estimateUnlabelled(of, all);
  const weighted = weighEstimates(sample, binCounts, all, of, seed);
  return { problem: 'binary', of, own: ownOf(total(all.rows), plain, (id) => betterOf(plain, weighted, id)) };
}

function ofRegression(sample: RowSample): LearnedEstimator | null {
  const labelled = sample.labels.filter((label, i) => Number.isFinite(label) && Number.isFinite(sample.predictions[i]!)).length;
  if (labelled < FEWEST || sample.columns.length === 0) return null;
  const of = fitRegressionEstimator(sample.columns, { labels: sample.labels, predictions: sample.predictions }, []);
  const { length } = sample.labels;
  if (labelled === length) return { problem: 'regression', of };
  return { problem: 'regression', of, own: ownOf(length, estimateRegression(of, sample.columns.map(binCounts), length)) };
}

function ofClasses(plan: OutcomePlan, sample: RowSample, seed: string): LearnedEstimator | null {
  const found = labelledSample(plan, sample);
  if (found === null || found.kept.length < FEWEST) return null;
  const fitted = fitMulticlassEstimator(found.rows, [], { seed });
  if (found.kept.length === sample.labels.length) return { problem: 'multiclass', of: fitted };
  const all = classRows(plan, sample, false)!;
  const of = { ...fitted, deviations: expectedClassDeviations(fitted, all) };
  const plain = estimateMulticlass(of, all);
  const weighted = weighClasses(found, binCounts, all, of, seed);
  return { problem: 'multiclass', of, own: ownOf(all.predictions.length, plain, (id) => betterOf(plain, weighted, id)) };
}

function ownOf(
  rows: number,
  estimates: Record<string, PerformanceEstimate>,
  estimateOf: (id: string) => PerformanceEstimate = (id) => estimates[id]!,
): OwnEstimates {
  const each = Object.keys(estimates).map((id) => {
    const { value, samplingError } = estimateOf(id);
    return [id, { value, samplingError }];
  });
  return { rows, byMetric: Object.fromEntries(each) };
}

/** Rows of the sample that have a prediction and a score of every class, all of them or those with a label; null where the scores do not name the classes. */
export function classRows(plan: OutcomePlan, sample: RowSample, labelled: true): LabelledMulticlassRows | null;
export function classRows(plan: OutcomePlan, sample: RowSample, labelled: boolean): MulticlassRows | null;
export function classRows(plan: OutcomePlan, sample: RowSample, labelled: boolean): MulticlassRows | null {
  const places = placesOf(plan);
  return places && rowsAt(plan, sample, places, keptRows(plan, sample, places, labelled), labelled);
}

/** Those with a label, and which they are. */
export function labelledSample(plan: OutcomePlan, sample: RowSample): LabelledSample | null {
  const places = placesOf(plan);
  if (places === null) return null;
  const kept = keptRows(plan, sample, places, true);
  return { sample, kept, rows: rowsAt(plan, sample, places, kept, true) as LabelledMulticlassRows };
}

/** Which score is of each class. */
function placesOf({ classes, scores }: OutcomePlan): number[] | null {
  const places = classes.map((name) => scores.findIndex((score) => score.class === name));
  return classes.length < 2 || places.includes(-1) ? null : places;
}

const keptRows = ({ classes, scores }: OutcomePlan, sample: RowSample, places: number[], labelled: boolean): number[] =>
  Array.from(sample.labels.keys()).filter(
    (row) =>
      (!labelled || sample.labels[row]! < classes.length) &&
      sample.predictions[row]! < classes.length &&
      places.every((place) => Number.isFinite(sample.scores[row * scores.length + place]!)),
  );

function rowsAt({ scores }: OutcomePlan, sample: RowSample, places: number[], kept: number[], labelled: boolean): MulticlassRows {
  const { length: classes } = places;
  return {
    classes,
    probabilities: Float64Array.from(
      { length: kept.length * classes },
      (_, i) => sample.scores[kept[Math.floor(i / classes)]! * scores.length + places[i % classes]!]!,
    ),
    predictions: Float64Array.from(kept, (row) => sample.predictions[row]!),
    ...(labelled && { labels: Float64Array.from(kept, (row) => sample.labels[row]!) }),
  };
}
