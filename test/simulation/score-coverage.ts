import { Random } from '../../examples/credit-risk/random.ts';
import { normalQuantile } from '../../layers/quality/math/normal-quantile.ts';
import { scoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import { BINARY_METRICS } from '../../layers/quality/metrics/performance/binary-metrics.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { type Coverage, type CoverageOptions, count, counter, finished, SIZES } from './coverage.ts';
import { confusionOf, type Rows } from './truth.ts';

/** A score σ(a + b z) of a normal z, and a label of probability σ(shift + a + b z): calibrated where the shift is 0. */
interface ScoreModel {
  name: string;
  a: number;
  b: number;
  shift: number;
  /** Score from which a row is predicted positive. */
  threshold: number;
}
const MODELS: ScoreModel[] = [
  { name: 'base rate 0.5, calibrated', a: 0, b: 1.3, shift: 0, threshold: 0.5 },
  { name: 'base rate 0.13, calibrated', a: -2.5, b: 1.3, shift: 0, threshold: 0.25 },
  { name: 'base rate 0.03, calibrated', a: -4.3, b: 1.3, shift: 0, threshold: 0.1 },
  { name: 'base rate 0.24, scores too low', a: -2.5, b: 1.3, shift: 0.9, threshold: 0.25 },
];
const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** How the interval of each metric is made. */
const METHODS = {
  f1: 'Wilson, F1',
  f0_5: 'posterior of cells, F0.5',
  f2: 'posterior of cells, F2',
  balanced_accuracy: 'posterior of cells, balanced accuracy',
  matthews_correlation: "posterior of cells, Matthews' correlation",
  cohen_kappa: "posterior of cells, Cohen's kappa",
  roc_auc: 'moderated DeLong, ROC AUC',
  average_precision: 'jackknife, average precision',
  brier_score: 'mid-p gamma, Brier score',
  log_loss: 'mid-p gamma, log loss',
  observed_over_expected: 'mid-p gamma, observed over expected',
  expected_calibration_error: 'bootstrap, calibration error',
};
export type ScoreMetric = keyof typeof METHODS;
const GRID = 20_001;

/** Endless rows: of the normal law in so many equal parts, each row a positive and a negative by its probability. */
function endless({ a, b, shift, threshold }: ScoreModel): Slice {
  const logits = Float64Array.from({ length: GRID }, (_, i) => a + b * normalQuantile((i + 0.5) / GRID));
  const scores = logits.map(sigmoid);
  const positives = logits.map((logit) => sigmoid(logit + shift));
  const negatives = positives.map((share) => 1 - share);
  const from = scores.findIndex((score) => score >= threshold);
  const sum = (values: Float64Array): number => values.reduce((all, each) => all + each, 0);
  const [tp, fn, fp, tn] = [positives, negatives].flatMap((rows) => [sum(rows.subarray(from)), sum(rows.subarray(0, from))]);
  return sliceOf(GRID, { tp: tp!, fp: fp!, fn: fn!, tn: tn! }, { scores, positives, negatives });
}

function drawRows(random: Random, rows: number, { a, b, shift, threshold }: ScoreModel): Slice {
  const drawn: Rows = { labels: new Float64Array(rows), predictions: new Float64Array(rows), scores: new Float64Array(rows) };
  for (let row = 0; row < rows; row++) {
    const logit = a + b * random.normal();
    drawn.scores[row] = sigmoid(logit);
    drawn.predictions[row] = drawn.scores[row]! >= threshold ? 1 : 0;
    drawn.labels[row] = random.chance(sigmoid(logit + shift)) ? 1 : 0;
  }
  return sliceOf(rows, confusionOf(drawn), scoredCounts(drawn.scores, drawn.labels));
}

function sliceOf(rows: number, { tp, fp, fn, tn }: ReturnType<typeof confusionOf>, scored: Slice['scored']): Slice {
  return { rows, counts: fromConfusion(tp, fp, fn, tn), scored, scale: 1, matrix: null, sums: null };
}

const metricOf = (id: ScoreMetric) => BINARY_METRICS.find((each) => each.id === id)!;

/** All but the calibration error, whose draws take most of the time. */
export const QUICK = (Object.keys(METHODS) as ScoreMetric[]).filter((id) => id !== 'expected_calibration_error');

/** The intervals that reports print of metrics of scores and of the four cells. */
export function scoreCoverage({ tables, seed, sizes = SIZES }: CoverageOptions, metrics: readonly ScoreMetric[] = QUICK): Coverage[] {
  return MODELS.flatMap((model, k) => {
    const all = endless(model);
    return sizes.flatMap((rows, i) => {
      const random = new Random(seed, 92, i, k);
      const counts = metrics.map((id) => counter(METHODS[id], model.name, rows, metricOf(id).compute(all).value!));
      for (let table = 0; table < tables; table++) {
        const slice = drawRows(random, rows, model);
        metrics.forEach((id, m) => {
          const metric = metricOf(id);
          count(counts[m]!, metric.compute(slice).value === null ? null : metric.interval(slice, `${seed} ${k} ${rows} ${table}`));
        });
      }
      return counts.map((each) => finished(each, tables));
    });
  });
}
