import { clipProbability } from '../../math/clip-probability.ts';

/** Losses of the label, and of each class as the scores promise it: Σ w·l, Σ w·l², Σ w·l³, then Σ w·Σ p·l, Σ w·Σ p·l², Σ w·Σ p·l³. */
const EACH = 6;

/**
 * What is kept of a combination's rows with a label and a score of every class: rows with a score outside 0 to 1, which lose nothing that can be told;
 * of the others Σ w, Σ w², and of Brier's loss (the sum over classes of squared errors) and of the logarithmic one six sums each; then of each class what was promised, see
 * `PROMISE`.
 */
export const LOSS = { outside: 0, weight: 1, squares: 2, squared: 3, logarithmic: 3 + EACH, promises: 3 + 2 * EACH } as const;

/** What is kept of what a class's scores promise: Σ w of the rows with the label, Σ w·p, Σ w·p², and Σ w·p of the rows with the label. */
export const PROMISE = { observed: 0, expected: 1, squares: 2, both: 3, width: 4 } as const;

/** Numbers of a combination of a problem of so many classes. */
export const lossWidth = (classes: number): number => LOSS.promises + PROMISE.width * classes;

/** Of a row: what it is, and its losses: of the label, then of the promise with its powers; the squared one, then the logarithmic. */
export interface RowLosses {
  kind: Uint8Array;
  losses: Float64Array;
  /** Of each class. */
  scores: ArrayLike<number>[];
}
const OF_ROW = 8;
const KIND = { none: 0, lost: 1, outside: 2 } as const;

export const roomForLosses = (rows: number): RowLosses => ({
  kind: new Uint8Array(rows),
  losses: new Float64Array(rows * OF_ROW),
  scores: [],
});

interface ScoredRows {
  rows: number;
  /** label · (classes + 1) + prediction. */
  cell: Uint16Array;
  counts: Uint8Array;
  weight: Float64Array;
}

/** The losses of a block of rows; `scores` are those of the classes, in their order. */
export function readLosses({ rows, cell, counts }: ScoredRows, scores: ArrayLike<number>[], into: RowLosses): void {
  const classes = scores.length;
  const { kind, losses } = into;
  into.scores = scores;
  for (let i = 0; i < rows; i++) {
    const label = Math.floor(cell[i]! / (classes + 1));
    kind[i] = counts[i] === 0 || label === classes ? KIND.none : kindOf(scores, i);
    if (kind[i] !== KIND.lost) continue;
    let squares = 0;
    for (const score of scores) squares += score[i]! ** 2;
    losses.fill(0, i * OF_ROW, (i + 1) * OF_ROW);
    for (let k = 0; k < classes; k++) {
      const p = scores[k]![i]!;
      // (1 − p)² and the others' squares.
      addLoss(losses, i * OF_ROW, p, Math.max(0, squares - 2 * p + 1), k === label);
      addLoss(losses, i * OF_ROW + OF_ROW / 2, p, -Math.log(clipProbability(p)), k === label);
    }
  }
}

function kindOf(scores: ArrayLike<number>[], row: number): number {
  let kind: number = KIND.lost;
  for (const score of scores) {
    if (!Number.isFinite(score[row]!)) return KIND.none;
    if (score[row]! < 0 || score[row]! > 1) kind = KIND.outside;
  }
  return kind;
}

function addLoss(losses: Float64Array, at: number, p: number, loss: number, isLabel: boolean): void {
  if (isLabel) losses[at] = loss;
  losses[at + 1]! += p * loss;
  losses[at + 2]! += p * loss * loss;
  losses[at + 3]! += p * loss * loss * loss;
}

/** Adds the losses of a block of rows to their combinations'. */
export function addLosses(sums: Float64Array, block: ScoredRows, lost: RowLosses, places: Int32Array): void {
  const { rows, weight, cell } = block;
  const { kind, losses, scores } = lost;
  const { length: classes } = scores;
  const width = lossWidth(classes);
  for (let i = 0; i < rows; i++) {
    if (kind[i] === KIND.none) continue;
    const at = places[i]! * width;
    if (kind[i] === KIND.outside) {
      sums[at + LOSS.outside]! += 1;
      continue;
    }
    const w = weight[i]!;
    sums[at + LOSS.weight]! += w;
    sums[at + LOSS.squares]! += w * w;
    for (let of = 0; of < 2; of++) {
      const from = i * OF_ROW + (of * OF_ROW) / 2;
      const to = at + LOSS.squared + of * EACH;
      const loss = losses[from]!;
      sums[to]! += w * loss;
      sums[to + 1]! += w * loss * loss;
      sums[to + 2]! += w * loss * loss * loss;
      for (let power = 1; power <= 3; power++) sums[to + 2 + power]! += w * losses[from + power]!;
    }
    const label = Math.floor(cell[i]! / (classes + 1));
    for (let k = 0, to = at + LOSS.promises; k < classes; k++, to += PROMISE.width) {
      const promised = w * scores[k]![i]!;
      sums[to + PROMISE.expected]! += promised;
      sums[to + PROMISE.squares]! += promised * scores[k]![i]!;
      if (k !== label) continue;
      sums[to + PROMISE.observed]! += w;
      sums[to + PROMISE.both]! += promised;
    }
  }
}
