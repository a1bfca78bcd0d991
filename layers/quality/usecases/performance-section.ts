import type { PerformanceSection } from '../contract/outcome-report.ts';
import { wilsonInterval } from '../math/wilson-interval.ts';
import {
  type Costs,
  cheapestThreshold,
  classWeights,
  countsAt,
  gainsTable,
  highOf,
  meanCost,
  precisionRecallCurve,
  reliabilityTable,
  rocCurve,
  type ScoredCounts,
} from '../metrics/accuracy/index.ts';
import { coarser, type Slice, scoresPerClass, topLabelScores } from '../metrics/performance/index.ts';
import type { OutcomeSide } from './outcome-side.ts';
import { predictionNames } from './uneven-labels.ts';

const EQUAL: Costs = { falsePositive: 1, falseNegative: 1 };

/** Points of a curve: more could not be told apart on a page. */
const POINTS = 200;

/** Curves of each class: of more the page would have too many. */
const MOST_CLASSES = 12;

export type Curves = Pick<PerformanceSection, 'roc' | 'precisionRecall' | 'gains' | 'reliability' | 'sweep' | 'byClass'>;

const NONE: Curves = { roc: null, precisionRecall: null, gains: null, reliability: null, sweep: null };

/** The curves of a model of classes; all null where there are no scores or one class only. */
export function curvesOf(now: OutcomeSide, before: OutcomeSide | null, costs: Costs = EQUAL): Curves {
  if (now.plan.problem === 'multiclass') return classCurves(now);
  const scored = now.whole.scored;
  if (now.plan.problem !== 'binary' || scored === null || scored.scores.length === 0) return NONE;
  const then = before?.whole.scored ?? null;
  const roc = rocPoints(scored);
  const precisionRecall = precisionPoints(scored);
  return {
    roc: roc && { current: roc, baseline: then && rocPoints(then) },
    precisionRecall: precisionRecall && { current: precisionRecall, baseline: then && precisionPoints(then) },
    gains: gainsTable(scored).value?.map(({ share, gain, lift }) => ({ share, gain, lift })) ?? null,
    reliability: reliabilityOf(scored, now.whole.scale),
    sweep: sweepOf(scored, now.plan.threshold, costs),
  };
}

/** Of each class against the rest, those of most rows first; reliability of the most probable class. */
function classCurves({ plan, whole: { classRows, scale } }: OutcomeSide): Curves {
  if (classRows === undefined) return NONE;
  const weights = classWeights(classRows);
  const shown = plan.classes.map((name, k) => ({ name, k })).sort((a, b) => weights[b.k]! - weights[a.k]!);
  return {
    ...NONE,
    reliability: reliabilityOf(topLabelScores(classRows), scale),
    byClass: shown.slice(0, MOST_CLASSES).flatMap(({ name, k }) => {
      const scored = scoresPerClass(classRows)[k]!;
      const [roc, precisionRecall] = [rocPoints(scored), precisionPoints(scored)];
      return roc === null || precisionRecall === null ? [] : [{ class: name, roc, precisionRecall }];
    }),
  };
}

const rocPoints = (scored: ScoredCounts): [number, number][] | null =>
  rocCurve(coarser(scored, POINTS)).value?.map(({ falsePositiveRate, truePositiveRate }) => [falsePositiveRate, truePositiveRate]) ?? null;

const precisionPoints = (scored: ScoredCounts): [number, number][] | null =>
  precisionRecallCurve(coarser(scored, POINTS)).value?.map(({ recall, precision }) => [recall, precision]) ?? null;

function reliabilityOf(scored: ScoredCounts, scale: number): PerformanceSection['reliability'] {
  const table = reliabilityTable(scored).value;
  if (table === null) return null;
  return table.map(({ bin, weight, meanScore, eventRate }) => {
    const rows = weight * scale;
    const [low, high] = wilsonInterval(eventRate * rows, rows);
    return { from: bin / 10, to: (bin + 1) / 10, rows: Math.round(rows), meanScore, rate: eventRate, low, high };
  });
}

function sweepOf(scored: ScoredCounts, threshold: number | null, costs: Costs): PerformanceSection['sweep'] {
  const cheapest = cheapestThreshold(scored, costs).value;
  if (cheapest === null) return null;
  const highest = highOf(scored, scored.scores.length - 1);
  return {
    ...(costs !== EQUAL && { costs }),
    // Above the highest score nobody is selected.
    cheapest: { threshold: Number.isFinite(cheapest.threshold) ? cheapest.threshold : above(highest), cost: cheapest.cost },
    current: threshold === null ? null : { threshold, cost: meanCost(countsAt(scored, threshold).counts, costs) },
  };
}

const above = (score: number): number => score + Math.max(Number.MIN_VALUE, Number.EPSILON * Math.abs(score));

/** The confusion matrix, rows by true class; classes as the data names them. Null without rows of both. */
export function confusionOf(now: OutcomeSide, before: OutcomeSide | null): PerformanceSection['confusion'] {
  const cells = cellsOf(now.whole);
  if (cells === null || !cells.some((row) => row.some((cell) => cell > 0))) return null;
  return { classes: predictionNames(now.plan), cells, baseline: before === null ? null : cellsOf(before.whole) };
}

function cellsOf({ counts: { tp, fp, fn, tn }, matrix, sums }: Slice): number[][] | null {
  if (sums !== null) return null;
  if (matrix === null)
    return [
      [tn, fp],
      [fn, tp],
    ];
  return Array.from({ length: matrix.classes }, (_, t) =>
    Array.from({ length: matrix.classes }, (_, p) => matrix.cells[t * matrix.classes + p]!),
  );
}
