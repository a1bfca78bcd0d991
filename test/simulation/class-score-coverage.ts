import { Random } from '../../examples/credit-risk/random.ts';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import { multiclassMetrics } from '../../layers/quality/metrics/performance/multiclass-metrics.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { lossesOf } from '../outcomes/losses.ts';
import { type Coverage, type CoverageOptions, count, counter, finished } from './coverage.ts';

/** Shares of three classes. */
const SHARES = [
  [0.4, 0.35, 0.25],
  [0.8, 0.15, 0.05],
];
/** By how much the true class's log odds are higher. */
const TOLD = 1.2;
const ENDLESS = 400_000;
const SHOWN = ['roc_auc', 'average_precision', 'log_loss', 'brier_score', 'expected_calibration_error'];

/** Scores of three classes by Bayes' rule, of a normal value for each that is higher where the class is the true one: calibrated. */
function drawClasses(random: Random, rows: number, shares: number[]): Slice {
  const labels = new Float64Array(rows);
  const probabilities = new Float64Array(3 * rows);
  for (let row = 0; row < rows; row++) {
    const at = random.uniform();
    const label = at < shares[0]! ? 0 : at < shares[0]! + shares[1]! ? 1 : 2;
    const odds = shares.map((share, k) => share * Math.exp(TOLD * (random.normal() + (k === label ? TOLD : 0))));
    const all = odds.reduce((sum, each) => sum + each, 0);
    labels[row] = label;
    probabilities.set(
      odds.map((each) => each / all),
      3 * row,
    );
  }
  const classRows = { classes: 3, labels, probabilities };
  return {
    rows,
    counts: fromConfusion(0, 0, 0, 0),
    scored: null,
    scale: 1,
    matrix: null,
    sums: null,
    classRows,
    losses: lossesOf(classRows),
  };
}

/** What needs the score of every class, row by row. */
export function classScoreCoverage({ tables, seed, sizes = [100, 1000] }: CoverageOptions): Coverage[] {
  const metrics = multiclassMetrics(['a', 'b', 'c']).filter(({ id, parameters }) => SHOWN.includes(id) && parameters?.class === undefined);
  return SHARES.flatMap((shares, k) => {
    const all = drawClasses(new Random(seed, 96, k), ENDLESS, shares);
    return sizes.flatMap((rows, i) => {
      const random = new Random(seed, 97, i, k);
      const counts = metrics.map((metric) =>
        counter(metric.id, `scores of classes of ${shares.join(', ')}`, rows, metric.compute(all).value!),
      );
      for (let table = 0; table < tables; table++) {
        const slice = drawClasses(random, rows, shares);
        metrics.forEach((metric, m) => {
          count(counts[m]!, metric.interval(slice, ''));
        });
      }
      return counts.map((each) => finished(each, tables));
    });
  });
}
