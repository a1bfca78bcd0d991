import { formatNumber } from '../../contract/format.ts';
import { regressionSums } from '../accuracy/index.ts';
import { emptyCounts } from '../fairness/group-counts.ts';
import type { Slice } from './slice.ts';
import type { Verified } from './verification.ts';

/** Rows of a regression by the size of their prediction: how many, how many with a label, and the latter as if they stood for all of their part. */
export interface PredictionStrata {
  names: string[];
  verified: Verified[];
  /** With how many rows each labelled row of a part stands for, and the rows of equal weight that tell as much as their sum. */
  standing(worth: readonly number[], scale: number): Slice;
}

const PARTS = 10;

/** Values between which about a tenth of these lie; fewer where many are alike. */
export function strataEdges(predictions: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(predictions).filter(Number.isFinite).sort();
  const edges = Array.from({ length: PARTS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / PARTS)]!);
  return [...new Set(edges)].filter((edge) => edge > sorted[0]!);
}

/** Some rows by the parts between the edges. */
export function predictionStrata(edges: readonly number[], labels: ArrayLike<number>, predictions: ArrayLike<number>): PredictionStrata {
  const part = Array.from(predictions, (value) => edges.filter((edge) => value >= edge).length);
  const verified = Array.from({ length: edges.length + 1 }, (): Verified => ({ all: 0, labelled: 0 }));
  const judged = part.flatMap((_, row) => (Number.isFinite(labels[row]!) && Number.isFinite(predictions[row]!) ? row : []));
  part.forEach((of, row) => {
    if (Number.isFinite(predictions[row]!)) verified[of]!.all += 1;
  });
  for (const row of judged) verified[part[row]!]!.labelled += 1;
  return {
    ...{ names: edges.length === 0 ? ['any value'] : namesOf(edges), verified },
    standing(worth, scale) {
      const weights = judged.map((row) => worth[part[row]!]!);
      const sums = regressionSums(
        judged.map((row) => labels[row]!),
        judged.map((row) => predictions[row]!),
        weights,
      );
      return {
        ...{ rows: judged.length, counts: emptyCounts(), scored: null, matrix: null, sums, scale, allRows: part.length, labelled: 1 },
      };
    },
  };
}

const namesOf = (edges: readonly number[]): string[] => [
  `below ${formatNumber(edges[0]!)}`,
  ...edges.slice(1).map((edge, i) => `${formatNumber(edges[i]!)} to ${formatNumber(edge)}`),
  `${formatNumber(edges.at(-1)!)} or more`,
];
