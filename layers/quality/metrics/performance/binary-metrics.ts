import { aucInterval } from '../../math/intervals/auc-interval.ts';
import { posteriorDraws } from '../../math/intervals/count-posterior.ts';
import { delong } from '../../math/intervals/delong.ts';
import { drawnQuantile } from '../../math/intervals/drawn-quantile.ts';
import { lowerEnd } from '../../math/intervals/interval-from-zero.ts';
import type { LabelledScores } from '../../math/intervals/labelled-scores.ts';
import { wilsonInterval } from '../../math/wilson-interval.ts';
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  bestConstant,
  brierPart,
  brierScore,
  type ConfusionCounts,
  cohenKappa,
  expectedCalibrationError,
  f1,
  f2,
  f05,
  logLoss,
  matthewsCorrelation,
  observedOverExpected,
  once,
  precision,
  prevalence,
  recall,
  rocAuc,
  type ScoredCounts,
  selectionRate,
  specificity,
} from '../accuracy/index.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { coarser, MOST_APART } from './coarser.ts';
import { calibrationInterval, calibrationOf } from './draw-scores.ts';
import { LOGARITHMIC, type Loss, lossInterval, SQUARED } from './loss-interval.ts';
import { lossSpread } from './loss-spread.ts';
import { ratioInterval, ratioSpread } from './observed-ratio.ts';
import type { PerformanceMetric } from './performance-metric.ts';
import { precisionInterval } from './precision-interval.ts';
import type { Slice } from './slice.ts';

const NO_PAIRS = 'no rows with label and prediction';
const NO_SCORES = 'no scores';

const judged = ({ tp, fp, fn, tn }: Slice['counts']): number => tp + fp + fn + tn;
const cells = ({ counts: { tp, fp, fn, tn } }: Slice): ConfusionCounts => ({ tp, fp, fn, tn });
const metric = (id: string, of: Omit<PerformanceMetric, 'id' | 'problem'>): PerformanceMetric => ({ id, problem: 'binary', ...of });

/** A share of rows, with Wilson's interval. */
function rate(
  id: string,
  compute: (counts: ConfusionCounts) => Outcome,
  parts: (counts: ConfusionCounts) => [number, number],
  check?: PerformanceMetric['check'],
  better: PerformanceMetric['better'] = 'high',
): PerformanceMetric {
  const fraction = (slice: Slice): [number, number] => {
    const [hits, rows] = parts(cells(slice));
    return [hits * slice.scale, rows * slice.scale];
  };
  return metric(id, {
    better,
    segments: true,
    compute: (slice) => (judged(slice.counts) > 0 ? compute(cells(slice)) : noValue(NO_PAIRS)),
    fraction,
    interval: (slice) => {
      const [hits, rows] = fraction(slice);
      return rows > 0 ? wilsonInterval(hits, rows) : null;
    },
    ...(check && { check }),
  });
}

/**
 * What is computed of the four cells and is no share: its interval draws the cells anew. Where there are few positives it may be as low as if none were
 * found, below which no interval can lie.
 */
const ofCells = (id: string, compute: (counts: ConfusionCounts) => Outcome, segments = false): PerformanceMetric =>
  metric(id, {
    better: 'high',
    segments,
    compute: (slice) => (judged(slice.counts) > 0 ? compute(cells(slice)) : noValue(NO_PAIRS)),
    interval(slice, seed) {
      const { tp, fp, fn, tn } = slice.counts;
      const statistic = (c: ArrayLike<number>): number | null => compute({ tp: c[0]!, fp: c[1]!, fn: c[2]!, tn: c[3]! }).value;
      const draw = (cells: number[], name: string): number[] | null =>
        posteriorDraws(
          cells.map((count) => count * slice.scale),
          statistic,
          { seed: `${seed} ${name}` },
        );
      const [value, draws] = [statistic([tp, fp, fn, tn]), draw([tp, fp, fn, tn], id)];
      const noneFound = draw([0, fp, fn + tp, tn], `${id}, none found`);
      if (value === null || draws === null || noneFound === null) return null;
      return [Math.min(value, lowerEnd(draws, noneFound)), Math.max(value, drawnQuantile(draws, 0.975))];
    },
  });

const count = (id: string, of: (counts: ConfusionCounts) => number): PerformanceMetric =>
  metric(id, {
    better: null,
    segments: false,
    compute: (slice) => (judged(slice.counts) > 0 ? { value: of(cells(slice)) } : noValue(NO_PAIRS)),
    interval: () => null,
  });

const fewer = (slice: Slice): Slice => (slice.scored === null ? slice : { ...slice, scored: coarser(slice.scored, MOST_APART) });

function ofScores(
  id: string,
  of: (counts: ScoredCounts) => Outcome,
  { interval, ...more }: Partial<PerformanceMetric> & Pick<PerformanceMetric, 'interval'>,
): PerformanceMetric {
  const compute = once(of);
  return metric(id, {
    better: 'high',
    segments: false,
    compute: ({ scored }) => (scored === null ? noValue(NO_SCORES) : compute(scored)),
    interval: (slice, seed) => interval(fewer(slice), seed),
    ...more,
  });
}

const scaled = (values: ArrayLike<number>, scale: number): ArrayLike<number> =>
  scale === 1 ? values : Float64Array.from(values, (value) => value * scale);
const asRows = ({ positives, negatives }: ScoredCounts, scale: number): LabelledScores => ({
  positives: scaled(positives, scale),
  negatives: scaled(negatives, scale),
});

const aucs = new WeakMap<ScoredCounts, ReturnType<typeof delong>>();
function aucOf({ scored, scale }: Slice): ReturnType<typeof delong> | null {
  if (scored === null) return null;
  const found = aucs.get(scored) ?? delong(asRows(scored, scale));
  aucs.set(scored, found);
  return found;
}

const ofLoss =
  (loss: Loss): PerformanceMetric['interval'] =>
  ({ scored, scale }) =>
    scored === null ? null : lossInterval(scored, scale, loss);

const aucValue = once(rocAuc);

/** F1 = 2J/(1 + J) of J = tp/(tp + fp + fn), a share of rows: Wilson's interval of J, carried over. */
function f1Interval({ counts: { tp, fp, fn }, scale }: Slice): [number, number] | null {
  const rows = (tp + fp + fn) * scale;
  if (!(rows > 0)) return null;
  const [low, high] = wilsonInterval(tp * scale, rows);
  return [(2 * low) / (1 + low), (2 * high) / (1 + high)];
}

const observedRatio = ({ scored }: Slice): number | null => (scored === null ? null : observedOverExpected(scored).value);

const calibrationError = once((counts) => expectedCalibrationError(counts));

const RATE = { warn: 0.02, fail: 0.05 };

/** Every metric of a binary model, in the order reports list them. */
export const BINARY_METRICS: readonly PerformanceMetric[] = [
  count('true_positive_count', ({ tp }) => tp),
  count('false_positive_count', ({ fp }) => fp),
  count('false_negative_count', ({ fn }) => fn),
  count('true_negative_count', ({ tn }) => tn),
  rate('base_rate', prevalence, ({ tp, fp, fn, tn }) => [tp + fn, tp + fp + fn + tn], undefined, null),
  rate('selection_rate', selectionRate, ({ tp, fp, fn, tn }) => [tp + fp, tp + fp + fn + tn], undefined, null),
  rate('accuracy', accuracy, ({ tp, fp, fn, tn }) => [tp + tn, tp + fp + fn + tn], RATE),
  { ...ofCells('accuracy', (counts) => bestConstant(counts, accuracy)), parameters: { predictor: 'best_constant' }, interval: () => null },
  ofCells('balanced_accuracy', balancedAccuracy),
  { ...rate('precision', precision, ({ tp, fp }) => [tp, tp + fp], RATE), ofPrediction: true },
  rate('recall', recall, ({ tp, fn }) => [tp, tp + fn], RATE),
  rate('specificity', specificity, ({ tn, fp }) => [tn, tn + fp], RATE),
  ofCells('f0_5', f05),
  { ...ofCells('f1', f1, true), interval: f1Interval },
  ofCells('f2', f2),
  ofCells('matthews_correlation', matthewsCorrelation),
  ofCells('cohen_kappa', cohenKappa),
  ofScores('roc_auc', aucValue, {
    segments: true,
    check: RATE,
    interval(slice) {
      const auc = aucOf(slice);
      return auc === null ? null : aucInterval(auc);
    },
    spread(slice) {
      const value = slice.scored === null ? null : aucValue(slice.scored).value;
      const auc = aucOf(fewer(slice));
      if (value === null || auc === null || auc.variance === null) return null;
      return { value, variance: auc.variance, freedom: Math.min(auc.positives, auc.negatives) - 1 };
    },
  }),
  ofScores('average_precision', averagePrecision, {
    interval: ({ scored, scale }) => (scored === null ? null : precisionInterval(asRows(scored, scale))),
  }),
  ofScores('log_loss', logLoss, { better: 'low', interval: ofLoss(LOGARITHMIC) }),
  ofScores('brier_score', brierScore, {
    better: 'low',
    segments: true,
    check: { warn: 0.01, fail: 0.025 },
    spread: ({ scored, scale }) => (scored === null ? null : lossSpread(scored, scale)),
    interval: ofLoss(SQUARED),
  }),
  ...(['reliability', 'resolution', 'uncertainty'] as const).map((part) =>
    ofScores('brier_score', (counts) => brierPart(counts, part), { better: null, parameters: { part }, interval: () => null }),
  ),
  ofScores('observed_over_expected', observedOverExpected, {
    ...{ better: 'same', segments: true, check: { warn: 0.1, fail: 0.25, unit: observedRatio } },
    spread: ({ scored, scale }) => (scored === null ? null : ratioSpread(scored, scale)),
    interval: ({ scored, scale }) => (scored === null ? null : ratioInterval(scored, scale)),
  }),
  ofScores('expected_calibration_error', calibrationError, {
    better: 'low',
    drawn: ({ scored }, rows, seed) => (scored === null ? null : calibrationOf(scored, rows, { of: calibrationError, seed })),
    interval: ({ scored, scale }, seed) =>
      scored === null ? null : calibrationInterval(scored, { of: calibrationError, scale, seed: `${seed} expected_calibration_error` }),
  }),
];
