import { total } from '../../math/total.ts';
import type { GroupCounts } from '../fairness/group-counts.ts';
import { weightOf } from '../fairness/group-counts.ts';
import type { Slice } from './slice.ts';

/** Weight of the rows of one predicted class: of all, and of those with a label. */
export interface Verified {
  all: number;
  labelled: number;
}

/** By predicted class, of two the negative first; of a regression by the size of the prediction, empty where rows were not sampled. */
export function verifiedByPrediction({ counts, matrix, unlabelled, sums, strata }: Slice): Verified[] {
  if (sums !== null) return strata?.verified ?? [];
  if (matrix === null) return ofTwo(counts);
  return Array.from({ length: matrix.classes }, (_, p) => {
    const labelled = total(Float64Array.from({ length: matrix.classes }, (__, t) => matrix.cells[t * matrix.classes + p]!));
    return { labelled, all: labelled + (unlabelled?.[p] ?? 0) };
  });
}

const ofTwo = ({ tp, fp, fn, tn, positivePrediction, negativePrediction }: GroupCounts): Verified[] => [
  { labelled: fn + tn, all: fn + tn + negativePrediction },
  { labelled: tp + fp, all: tp + fp + positivePrediction },
];

/** Points from which labels that come more often for one prediction move what is measured; and rows of a prediction of which that is said. */
export const UNEVEN = 0.1;
export const FEWEST_OF_PREDICTION = 10;

/** Whether the rows of one prediction have a label more often than those of another. */
export function labelsApart(slice: Slice): boolean {
  const shares = verifiedByPrediction(slice)
    .filter(({ all }) => all * slice.scale >= FEWEST_OF_PREDICTION)
    .map(({ all, labelled }) => labelled / all);
  return shares.length > 1 && Math.max(...shares) - Math.min(...shares) > UNEVEN;
}

/** Share of the rows whose predictions may be without any label. */
const FEW = 0.01;

/** How many rows each labelled row of a prediction stands for; null where one with rows has no label. */
function worths(verified: Verified[]): { of: number[]; scale: number } | null {
  const without = verified.reduce((sum, { all, labelled }) => sum + (labelled === 0 ? all : 0), 0);
  if (without > FEW * verified.reduce((sum, { all }) => sum + all, 0)) return null;
  const of = verified.map(({ all, labelled }) => (labelled > 0 ? all / labelled : 1));
  const whole = verified.reduce((sum, { all }) => sum + all, 0);
  // Kish (1965): n·N_p/n_p rows of unequal weight tell as much as N²/Σ N_p²/n_p.
  return { of, scale: whole > 0 ? whole / verified.reduce((sum, { all }, p) => sum + all * of[p]!, 0) : 1 };
}

/**
 * The rows with a label as if those of each predicted class stood for all of it, so that labels which come for one prediction more often than for another do not
 * look like a change of recall or accuracy (verification bias). Scores are left out: which rows of a prediction have a label may depend on them. A precision is
 * what it was. Null where predictions of more than 1 % of the rows have no label at all. Begg & Greenes (1983), doi:10.2307/2530820.
 */
export function standForAll(slice: Slice): Slice | null {
  const { matrix, counts, scale, rows, sums, strata } = slice;
  const worth = worths(verifiedByPrediction(slice));
  if (worth === null) return null;
  if (sums !== null) return strata?.standing(worth.of, worth.scale) ?? null;
  const bare = { rows, scored: null, sums: null, scale: scale * worth.scale };
  if (matrix === null) return { ...bare, matrix, counts: countsThatStand(counts, worth) };
  return {
    ...bare,
    counts,
    matrix: { ...matrix, cells: Float64Array.from(matrix.cells, (cell, i) => cell * worth.of[i % matrix.classes]!) },
  };
}

/** Counts of two classes, each prediction's standing for all of it. */
export function countsStandingForAll(counts: GroupCounts): GroupCounts | null {
  const worth = worths(ofTwo(counts));
  return worth === null ? null : countsThatStand(counts, worth);
}

function countsThatStand(counts: GroupCounts, { of: [negative, positive], scale }: { of: number[]; scale: number }): GroupCounts {
  const { tp, fp, fn, tn } = counts;
  return {
    ...counts,
    ...{ tp: tp * positive!, fp: fp * positive!, fn: fn * negative!, tn: tn * negative! },
    ...{ positivePrediction: 0, negativePrediction: 0, squares: weightOf(counts) > 0 ? counts.squares / scale : 0 },
  };
}
