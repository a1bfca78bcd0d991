import { Random } from '../../examples/credit-risk/random.ts';
import { type Interval, katzRatio, newcombeDifference } from '../../layers/quality/math/intervals/index.ts';
import { normalQuantile } from '../../layers/quality/math/normal-quantile.ts';
import { wilsonInterval } from '../../layers/quality/math/wilson-interval.ts';
import { averagePrecision, expectedCalibrationError, rocAuc, scoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import { BINARY_METRICS } from '../../layers/quality/metrics/performance/binary-metrics.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { confusionOf, type Rows } from './truth.ts';

/** How often a printed 95 % interval holds the truth, over tables drawn anew. */
export interface Coverage {
  interval: string;
  of: string;
  rows: number;
  truth: number;
  tables: number;
  held: number;
  /** The whole interval lies below the truth, or above it. */
  below: number;
  above: number;
  /** No interval was printed. */
  none: number;
  width: number;
}

type Counter = Omit<Coverage, 'tables' | 'width'> & { widths: number };

const counter = (interval: string, of: string, rows: number, truth: number): Counter => ({
  ...{ interval, of, rows, truth },
  ...{ held: 0, below: 0, above: 0, none: 0, widths: 0 },
});

function count(counts: Counter, interval: Interval | null): void {
  if (interval === null) {
    counts.none++;
    return;
  }
  const [low, high] = interval;
  counts.widths += high - low;
  if (high < counts.truth) counts.below++;
  else if (low > counts.truth) counts.above++;
  else counts.held++;
}

const finished = ({ widths, ...counts }: Counter, tables: number): Coverage => ({
  ...{ ...counts, tables },
  width: widths / Math.max(1, tables - counts.none),
});

function binomial(random: Random, rows: number, rate: number): number {
  let hits = 0;
  for (let row = 0; row < rows; row++) if (random.chance(rate)) hits++;
  return hits;
}

export interface CoverageOptions {
  tables: number;
  seed: number;
  /** Rows of a table. */
  sizes?: readonly number[];
}
const SIZES = [100, 1000, 5000];

/** Wilson's of a share; Newcombe's of a difference and Katz's of a ratio, of two groups of which the second has a third of the rows. */
export function shareCoverage({ tables, seed, sizes = SIZES }: CoverageOptions): Coverage[] {
  const cases: [rate: number, other: number][] = [
    [0.02, 0.03],
    [0.1, 0.15],
    [0.5, 0.6],
    [0.9, 0.8],
  ];
  return sizes.flatMap((rows, i) =>
    cases.flatMap(([rate, other], k) => {
      const random = new Random(seed, 91, i, k);
      const of = `rate ${rate}`;
      const both = `rates ${rate} and ${other}`;
      const counts = [
        counter('Wilson', of, rows, rate),
        counter('Newcombe', both, rows, rate - other),
        counter('Katz', both, rows, rate / other),
      ];
      const second = Math.round(rows / 3);
      for (let table = 0; table < tables; table++) {
        const [hits, hits2] = [binomial(random, rows, rate), binomial(random, second, other)];
        count(counts[0]!, wilsonInterval(hits, rows));
        count(counts[1]!, newcombeDifference(hits, rows, hits2, second).interval);
        count(counts[2]!, katzRatio(hits, rows, hits2, second).interval);
      }
      return counts.map((each) => finished(each, tables));
    }),
  );
}

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
const METRICS = ['f1', 'roc_auc', 'average_precision', 'expected_calibration_error', 'brier_score'] as const;
const NAMES: Record<(typeof METRICS)[number], string> = {
  f1: 'F1, Wilson',
  roc_auc: 'DeLong, Student, logit: ROC AUC',
  average_precision: 'bootstrap, average precision',
  expected_calibration_error: 'bootstrap, calibration error',
  brier_score: 'logarithm, Brier score',
};
const GRID = 20_001;

/** The values over endless rows: of the normal law in so many equal parts, each row a positive and a negative by its probability. */
function truthsOf({ a, b, shift, threshold }: ScoreModel): Record<(typeof METRICS)[number], number> {
  const logits = Float64Array.from({ length: GRID }, (_, i) => a + b * normalQuantile((i + 0.5) / GRID));
  const scores = logits.map(sigmoid);
  const positives = logits.map((logit) => sigmoid(logit + shift));
  const counts = { scores, positives, negatives: positives.map((share) => 1 - share) };
  let [tp, positive, predicted, squares] = [0, 0, 0, 0];
  scores.forEach((score, i) => {
    positive += positives[i]!;
    squares += positives[i]! * (1 - score) ** 2 + (1 - positives[i]!) * score ** 2;
    if (score < threshold) return;
    tp += positives[i]!;
    predicted++;
  });
  return {
    f1: (2 * tp) / (positive + predicted),
    roc_auc: rocAuc(counts).value!,
    average_precision: averagePrecision(counts).value!,
    expected_calibration_error: expectedCalibrationError(counts).value!,
    brier_score: squares / GRID,
  };
}

function drawRows(random: Random, rows: number, { a, b, shift, threshold }: ScoreModel): Rows {
  const drawn = { labels: new Float64Array(rows), predictions: new Float64Array(rows), scores: new Float64Array(rows) };
  for (let row = 0; row < rows; row++) {
    const logit = a + b * random.normal();
    drawn.scores[row] = sigmoid(logit);
    drawn.predictions[row] = drawn.scores[row]! >= threshold ? 1 : 0;
    drawn.labels[row] = random.chance(sigmoid(logit + shift)) ? 1 : 0;
  }
  return drawn;
}

function sliceOf(rows: Rows): Slice {
  const { tp, fp, fn, tn } = confusionOf(rows);
  const scored = scoredCounts(rows.scores, rows.labels);
  return { rows: rows.labels.length, counts: fromConfusion(tp, fp, fn, tn), scored, scale: 1, matrix: null, sums: null };
}

/** The intervals that reports print of F1, ROC AUC, average precision, calibration error and Brier score. */
export function scoreCoverage({ tables, seed, sizes = SIZES }: CoverageOptions): Coverage[] {
  return MODELS.flatMap((model, k) => {
    const truths = truthsOf(model);
    return sizes.flatMap((rows, i) => {
      const random = new Random(seed, 92, i, k);
      const counts = METRICS.map((id) => counter(NAMES[id], model.name, rows, truths[id]));
      for (let table = 0; table < tables; table++) {
        const slice = sliceOf(drawRows(random, rows, model));
        METRICS.forEach((id, m) => {
          const metric = BINARY_METRICS.find((each) => each.id === id)!;
          count(counts[m]!, metric.compute(slice).value === null ? null : metric.interval(slice, `${seed} ${k} ${rows} ${table}`));
        });
      }
      return counts.map((each) => finished(each, tables));
    });
  });
}
