import { shareVariance } from '../math/share-variance.ts';
import {
  calibrateClasses,
  certainties,
  correctEstimates,
  estimateRegression,
  finiteErrors,
  type MulticlassEstimator,
  multiclassPerformance,
  type RegressionEstimateId,
  type RegressionEstimator,
  realisedErrors,
  unusableClasses,
} from '../metrics/estimates/index.ts';
import type { Outcome } from '../metrics/outcome.ts';
import type { LearnedEstimator } from '../profile/outcomes/baseline-outcomes.ts';
import { binCounts, type RowSample, sampleAt } from '../profile/outcomes/row-sample.ts';
import type { SegmentEstimates, SegmentSides } from './estimated-segment.ts';
import { classRows } from './learn-estimator.ts';
import { FEWEST_ROWS } from './make-estimates.ts';
import { codesOf, type OutcomeSide } from './outcome-side.ts';

/** What estimates of segments are made of. */
export interface SegmentRequest {
  now: OutcomeSide;
  before: OutcomeSide;
  /** Rows of either side; null where none were kept. */
  samples: { now: RowSample | null; before: RowSample | null };
  learned: LearnedEstimator;
}

/** What is estimated of a segment from the sampled rows of both sides, of several classes or a regression; null where too few are in it. */
export function estimateSampled(sides: SegmentSides, unlabelled: boolean, request: SegmentRequest): SegmentEstimates | null {
  const { samples, learned } = request;
  const now = samples.now && within(request.now, samples.now, sides);
  const before = samples.before && within(request.before, samples.before, sides);
  if (now === null || before === null) return null;
  if (learned.problem === 'multiclass') return ofClasses(now, before, { ...request, unlabelled }, learned.of);
  return learned.problem === 'regression' ? ofRegression(now, before, unlabelled, learned.of) : null;
}

/** The rows of a sample that are in the segment; null where that was not kept. */
function within({ plan }: OutcomeSide, sample: RowSample, { names, values }: SegmentSides): RowSample | null {
  const columns = names.map((name) => plan.groups.findIndex((group) => group.name === name));
  if (columns.some((column) => sample.groups[column] === undefined)) return null;
  const codes = codesOf(plan, columns, values);
  const rows = Array.from(sample.labels.keys()).filter((row) => columns.every((column, i) => sample.groups[column]![row] === codes[i]));
  return rows.length < FEWEST_ROWS ? null : sampleAt(sample, rows);
}

/** Accuracy: of the other metrics a segment of several classes has none of all of them together. */
function ofClasses(
  now: RowSample,
  before: RowSample,
  { unlabelled, ...side }: SegmentRequest & { unlabelled: boolean },
  estimator: MulticlassEstimator,
): SegmentEstimates | null {
  const judged = classRows(side.now.plan, now, !unlabelled);
  const [all, known] = [classRows(side.before.plan, before, false), classRows(side.before.plan, before, true)];
  if (judged === null || all === null || known === null) return null;
  const learned = known.labels.length;
  if (judged.predictions.length < FEWEST_ROWS || learned < FEWEST_ROWS) return null;
  if ([judged, all, known].some((rows) => unusableClasses(rows) !== null)) return null;
  const expected = (rows: typeof all) => multiclassPerformance(rows, calibrateClasses(rows, estimator.calibrations));
  const realised = multiclassPerformance(known, certainties(known));
  const beside = { now: expected(judged), before: expected(all), expected: expected(known), realised };
  const deviationOfShare = (share: number, { length }: ArrayLike<number>): number =>
    Math.sqrt(shareVariance(share * length, length) * length);
  const was = (all.predictions.length > learned ? beside.before : realised).accuracy.value!;
  const deviations = {
    accuracy: Math.max(deviationOfShare(was, all.predictions), deviationOfShare(beside.now.accuracy.value!, judged.predictions)),
  };
  const certainty = { deviations, rows: judged.predictions.length, learned, most: 1 };
  const truth = unlabelled ? null : classRows(side.now.plan, now, true);
  return {
    rows: judged.predictions.length,
    learned,
    byMetric: correctEstimates(['accuracy'], beside, certainty),
    truth: truth && multiclassPerformance(truth, certainties(truth)),
  };
}

const ERRORS = ['mean_absolute_error', 'root_mean_squared_error'] as const;

function ofRegression(now: RowSample, before: RowSample, unlabelled: boolean, estimator: RegressionEstimator): SegmentEstimates | null {
  const [came, known] = [labelled(now), labelled(before)];
  const judged = unlabelled ? now : came;
  const { length: rows } = judged.labels;
  const { length: learned } = known.labels;
  if (rows < FEWEST_ROWS || learned < FEWEST_ROWS) return null;
  const expected = (sample: RowSample): Record<RegressionEstimateId, Outcome> =>
    estimateRegression(
      estimator,
      before.columns.map(({ name }) => countsOf(sample, name)),
      sample.labels.length,
    );
  const realised = realisedErrors(known);
  const hoped = expected(judged);
  if (ERRORS.every((id) => hoped[id].value === null)) return null;
  const beside = { now: hoped, before: expected(before), expected: expected(known), realised };
  const deviations = {
    mean_absolute_error: deviationOf(known, 1),
    root_mean_squared_error: rootDeviation(known, realised.root_mean_squared_error),
  };
  return {
    rows,
    learned,
    byMetric: correctEstimates(ERRORS, beside, { deviations, rows, learned, most: Number.POSITIVE_INFINITY }),
    truth: unlabelled ? null : realisedErrors(came),
  };
}

const labelled = (sample: RowSample): RowSample => {
  const errors = finiteErrors(sample);
  return sampleAt(
    sample,
    Array.from(errors.keys()).filter((row) => Number.isFinite(errors[row]!)),
  );
};

const countsOf = ({ columns }: RowSample, name: string): number[] => {
  const column = columns.find((each) => each.name === name);
  return column === undefined ? [] : binCounts(column);
};

/** Deviation of the errors, or of their squares. */
function deviationOf(sample: RowSample, power: 1 | 2): number {
  const losses = finiteErrors(sample).map((error) => error ** power);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (losses.length - 1));
}

/** By the delta method; null where no row is off. */
const rootDeviation = (sample: RowSample, { value }: Outcome): number | null =>
  value === null || value === 0 ? null : deviationOf(sample, 2) / (2 * value);
