import type { KeptRows } from '../../profile/outcomes/kept-rows.ts';
import type { ScoredRows } from '../estimates/scored-rows.ts';

/** Beyond so many rows scores are taken to a 65,536th of their range: the estimates' error is below 1e-5, their cost bounded. */
const MOST_EXACT = 200_000;
const GRID = 65_536;

/**
 * Rows with a prediction by distinct score and prediction, for estimates. `labelled`: those with a label, whose probabilities are the labels; else
 * all of them, whose probabilities are for the calibration to find. Null where rows were not kept.
 */
export function scoredCells(rows: KeptRows, which: 'labelled' | 'all'): (ScoredRows & { rows: number[] }) | null {
  if (!rows.complete || rows.scores.length === 0) return null;
  const labels = which === 'labelled' ? [0, 1] : [0, 1, 2];
  const used = labels.flatMap((label) => [0, 1].map((prediction) => ({ label, prediction, scores: rows.scores[label * 3 + prediction]! })));
  const total = used.reduce((sum, { scores }) => sum + scores.length, 0);
  const cells = { scores: [] as number[], probabilities: [] as number[], predictions: [] as number[], rows: [] as number[] };
  const grid = total > MOST_EXACT ? gridOf(used.flatMap(({ scores }) => scores.parts)) : null;
  for (const { label, prediction, scores } of used) {
    const [distinct, counts] = grid === null ? runLengths(scores.all) : onGrid(scores.parts, grid);
    for (let i = 0; i < distinct.length; i++) {
      cells.scores.push(distinct[i]!);
      cells.probabilities.push(label === 1 ? 1 : 0);
      cells.predictions.push(prediction);
      cells.rows.push(counts[i]!);
    }
  }
  return cells;
}

type Counted = [distinct: number[], counts: number[]];

function runLengths(scores: Float64Array): Counted {
  const sorted = scores.slice().sort();
  const [distinct, counts]: Counted = [[], []];
  for (let i = 0; i < sorted.length; ) {
    const start = i;
    while (i < sorted.length && sorted[i] === sorted[start]) i++;
    distinct.push(sorted[start]!);
    counts.push(i - start);
  }
  return [distinct, counts];
}

interface Grid {
  low: number;
  high: number;
  step: number;
}

function onGrid(parts: Float64Array[], { low, high, step }: Grid): Counted {
  const counts = new Float64Array(GRID + 1);
  const scale = 1 / step;
  for (const scores of parts) for (let i = 0; i < scores.length; i++) counts[((scores[i]! - low) * scale + 0.5) | 0]! += 1;
  const filled = Array.from(counts.keys()).filter((place) => counts[place]! > 0);
  return [filled.map((place) => Math.min(high, low + place * step)), filled.map((place) => counts[place]!)];
}

function gridOf(lists: Float64Array[]): Grid {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      if (list[i]! < low) low = list[i]!;
      if (list[i]! > high) high = list[i]!;
    }
  }
  return { low, high, step: (high - low) / GRID || 1 };
}
