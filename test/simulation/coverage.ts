import { Random } from '../../examples/credit-risk/random.ts';
import { type Interval, newcombeDifference } from '../../layers/quality/math/intervals/index.ts';
import { wilsonInterval } from '../../layers/quality/math/wilson-interval.ts';
import { shareRatio } from '../../layers/quality/metrics/fairness/share-ratio.ts';

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

export const counter = (interval: string, of: string, rows: number, truth: number): Counter => ({
  ...{ interval, of, rows, truth },
  ...{ held: 0, below: 0, above: 0, none: 0, widths: 0 },
});

export function count(counts: Counter, interval: Interval | null): void {
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

export const finished = ({ widths, ...counts }: Counter, tables: number): Coverage => ({
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
export const SIZES = [100, 1000, 5000];

/** Wilson's of a share; Newcombe's of a difference and what reports print of a ratio, of two groups of which the second has a third of the rows. */
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
        counter('ratio, Katz or Koopman', both, rows, rate / other),
      ];
      const second = Math.round(rows / 3);
      for (let table = 0; table < tables; table++) {
        const [hits, hits2] = [binomial(random, rows, rate), binomial(random, second, other)];
        count(counts[0]!, wilsonInterval(hits, rows));
        count(counts[1]!, newcombeDifference(hits, rows, hits2, second).interval);
        count(counts[2]!, shareRatio([hits, rows], [hits2, second]).interval);
      }
      return counts.map((each) => finished(each, tables));
    }),
  );
}
