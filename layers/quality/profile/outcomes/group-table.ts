import { lossWidth } from './class-losses.ts';

/**
 * Weights of rows by the values of some group columns, and within each by label and prediction: one row of cells a combination, all of them there
 * from the start, so that counting is addition at a computed place and tables of parts merge by addition.
 */
export interface GroupTable {
  /** Places in the plan's group columns; none for all rows together. */
  columns: number[];
  /** Values of each, those of no known value and those without one included. */
  sizes: number[];
  /** Numbers of one combination. Of classes: labels × predictions (each with one for none), then rows, and Σ w² of these; see also `SUM`. */
  width: number;
  cells: Float64Array;
  /** Score bins of each combination (0 where they are not kept), seven numbers a bin: see `BIN`. */
  bins: number;
  scored: Float64Array;
  /** Whether labelled rows of a bin are told apart by prediction: not where some were counted before that was kept. */
  decided: boolean;
  /** Of several classes with a score each: what the scores of each combination lose, see `LOSS`; empty where it is not kept. */
  losses: Float64Array;
}

/**
 * What is kept of a score bin: weight of negative and positive labels not predicted positive, of unlabelled rows predicted otherwise and positive, Σ w·score, and weight of
 * negative and positive labels predicted positive.
 */
export const BIN = {
  negative: 0,
  positive: 1,
  otherwise: 2,
  predicted: 3,
  sum: 4,
  negativePredicted: 5,
  positivePredicted: 6,
  width: 7,
} as const;

/**
 * What is kept of a combination's errors (prediction − label): rows, Σ w, Σ w², and weighted sums; then all its rows, and those with a label; then the sums of
 * |label| and of |error|·|label|.
 */
export const SUM = {
  ...{ rows: 0, weight: 1, squares: 2, error: 3, absolute: 4, squared: 5, label: 6, labelSquared: 7 },
  ...{ all: 8, labelled: 9, absoluteLabel: 10, errorByLabel: 11, width: 12 },
} as const;

/** Tables of more combinations, or of more numbers, are not kept. */
const MOST_COMBINATIONS = 100_000;
const MOST_CELLS = 4_000_000;
export const fits = (sizes: readonly number[], width: number): boolean => {
  const combinations = sizes.reduce((product, size) => product * size, 1);
  return combinations <= MOST_COMBINATIONS && combinations * width <= MOST_CELLS;
};
const MOST_SCORED = 2_800_000;

/** Numbers of a combination of a problem of so many classes; 0 for a regression. */
export const widthOf = (classes: number): number => (classes === 0 ? SUM.width : (classes + 1) * (classes + 1) + 2);

/** Classes of a table of so many numbers a combination. */
export const classesOf = (width: number): number => Math.round(Math.sqrt(width - 2)) - 1;

/** An empty table; of so many combinations that bins or losses would not fit, one without. */
export function groupTable(columns: number[], sizes: number[], width: number, bins: number, losses = false): GroupTable {
  const combinations = sizes.reduce((product, size) => product * size, 1);
  const kept = combinations * bins * BIN.width <= MOST_SCORED ? bins : 0;
  const lost = losses ? lossWidth(classesOf(width)) : 0;
  return {
    columns,
    sizes,
    width,
    cells: new Float64Array(combinations * width),
    bins: kept,
    scored: new Float64Array(combinations * kept * BIN.width),
    decided: true,
    losses: new Float64Array(combinations * lost <= MOST_SCORED ? combinations * lost : 0),
  };
}

export function addTable(target: GroupTable, part: GroupTable): void {
  for (let i = 0; i < part.cells.length; i++) target.cells[i]! += part.cells[i]!;
  for (let i = 0; i < part.scored.length; i++) target.scored[i]! += part.scored[i]!;
  for (let i = 0; i < part.losses.length; i++) target.losses[i]! += part.losses[i]!;
  target.decided &&= part.decided;
}

export const copyTable = (table: GroupTable): GroupTable => ({
  ...table,
  ...{ cells: table.cells.slice(), scored: table.scored.slice(), losses: table.losses.slice() },
});

/** The values' numbers of a combination. */
export function valuesAt({ sizes }: GroupTable, place: number): number[] {
  const values = new Array<number>(sizes.length);
  for (let i = sizes.length - 1, rest = place; i >= 0; i--) {
    values[i] = rest % sizes[i]!;
    rest = Math.floor(rest / sizes[i]!);
  }
  return values;
}

export const combinationsOf = ({ cells, width }: GroupTable): number => cells.length / width;
