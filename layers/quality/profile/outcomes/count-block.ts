import { addLosses, type RowLosses } from './class-losses.ts';
import { BIN, type GroupTable, SUM } from './group-table.ts';

/** The score bin of each row: where its numbers begin, and which of them the row adds to; -1 for none. */
export interface ScoreBins {
  bin: Uint16Array;
  binAt: Int32Array;
  slotAt: Int32Array;
}

/** A block of rows, by column. Those without a usable weight weigh 0 and do not count. */
export interface OutcomeBlock extends ScoreBins {
  rows: number;
  weight: Float64Array;
  /** 1 where the row counts, 0 where not. */
  counts: Uint8Array;
  /** Of classes: label · (classes + 1) + prediction. */
  cell: Uint16Array;
  /** Whether the row has a label and a prediction. */
  judged: Uint8Array;
  /** Of a binary problem: which of a bin's weights the row adds to; NO_SLOT where it has no score or nothing to add. */
  slot: Uint8Array;
  score: Float64Array;
  /** Of a regression: NaN where missing. */
  label: Float64Array;
  error: Float64Array;
  /** Of several classes: the score of each class that has one, as the plan lists them. */
  classScores: Float64Array[];
  /** Where every class has a score: what they lose. */
  lost: RowLosses | null;
  /** Numbers of the groups' values, by group column. */
  groups: Uint16Array[];
  /** Room for the combinations of the rows. */
  places: Int32Array;
}

export const NO_SLOT = 255;

export type Way = 'classes' | 'weighted classes' | 'regression';

/** Once for all tables that are counted by these bins. */
export function placeSlots({ bin, binAt, slotAt }: ScoreBins, slot: Uint8Array, rows: number): void {
  const width = BIN.width;
  for (let i = 0; i < rows; i++) {
    const at = bin[i]! * width;
    binAt[i] = at;
    slotAt[i] = slot[i] === NO_SLOT ? -1 : at + slot[i]!;
  }
}

/** Counts a block of rows of classes, or of a regression. Of unweighted classes `finishCells` adds what follows from the cells. */
export function countBlock(table: GroupTable, block: OutcomeBlock, way: Way): void {
  if (way === 'regression') addErrors(table, block, placesOf(table, block));
  else if (way === 'classes') addCells(table, block);
  else addWeights(table, block, placesOf(table, block));
  countScores(table, block, way);
}

/** Counts the scores of a block alone, of a table whose cells are summed. */
export function countScores(table: GroupTable, block: OutcomeBlock, way: Way): void {
  if (table.losses.length > 0 && block.lost !== null) addLosses(table.losses, block, block.lost, placesOf(table, block));
  if (table.bins === 0) return;
  if (way === 'weighted classes') addWeightedScores(table, block, placesOf(table, block));
  else addScores(table, block);
}

/** The combination of each row, three columns at a time. Whole numbers of 32 bits, said so: products that might be larger take twice as long. */
function placesOf({ columns, sizes }: GroupTable, { groups, places, rows }: OutcomeBlock): Int32Array {
  const [first, second, third] = columns.map((column) => groups[column]!);
  if (first === undefined) return places.fill(0, 0, rows);
  if (second === undefined) for (let i = 0; i < rows; i++) places[i] = first[i]!;
  else if (third === undefined) {
    const size = sizes[1]!;
    for (let i = 0; i < rows; i++) places[i] = Math.imul(first[i]!, size) + second[i]!;
  } else {
    const [size, last] = [sizes[1]!, sizes[2]!];
    for (let i = 0; i < rows; i++) places[i] = Math.imul(Math.imul(first[i]!, size) + second[i]!, last) + third[i]!;
  }
  for (let k = 3; k < columns.length; k++) {
    const [codes, size] = [groups[columns[k]!]!, sizes[k]!];
    for (let i = 0; i < rows; i++) places[i] = Math.imul(places[i]!, size) + codes[i]!;
  }
  return places;
}

function addCells(table: GroupTable, block: OutcomeBlock): void {
  const { cells, width } = table;
  const { rows, cell } = block;
  const places = placesOf(table, block);
  for (let i = 0; i < rows; i++) cells[(Math.imul(places[i]!, width) + cell[i]!) | 0]! += 1;
}

/** Rows, and Σ w² of those with label and prediction, of unweighted rows: both are sums of cells. */
export function finishCells({ cells, width }: GroupTable): void {
  for (let at = 0; at < cells.length; at += width) {
    let rows = 0;
    for (let cell = 0; cell < width - 2; cell++) rows += cells[at + cell]!;
    cells[at + width - 2] = rows;
    cells[at + width - 1] = rows;
  }
}

function addWeights({ cells, width }: GroupTable, { rows, cell, weight, counts }: OutcomeBlock, places: Int32Array): void {
  for (let i = 0; i < rows; i++) {
    const at = places[i]! * width;
    const w = weight[i]!;
    cells[at + cell[i]!]! += w;
    cells[at + width - 2]! += counts[i]!;
    cells[at + width - 1]! += w * w;
  }
}

/** Of rows that weigh 1. */
function addScores(table: GroupTable, block: OutcomeBlock): void {
  const { scored, bins } = table;
  const { rows, binAt, slotAt, score } = block;
  const [size, sum] = [bins * BIN.width, BIN.sum];
  const places = placesOf(table, block);
  for (let i = 0; i < rows; i++) {
    const slot = slotAt[i]!;
    if (slot < 0) continue;
    const at = Math.imul(places[i]!, size);
    scored[(at + slot) | 0]! += 1;
    scored[(at + binAt[i]! + sum) | 0]! += score[i]!;
  }
}

function addWeightedScores({ scored, bins }: GroupTable, { rows, weight, slot, bin, score }: OutcomeBlock, places: Int32Array): void {
  for (let i = 0; i < rows; i++) {
    if (slot[i] === NO_SLOT) continue;
    const at = (places[i]! * bins + bin[i]!) * BIN.width;
    scored[at + slot[i]!]! += weight[i]!;
    scored[at + BIN.sum]! += weight[i]! * score[i]!;
  }
}

function addErrors({ cells }: GroupTable, { rows, weight, counts, judged, label, error }: OutcomeBlock, places: Int32Array): void {
  for (let i = 0; i < rows; i++) {
    const at = places[i]! * SUM.width;
    cells[at + SUM.all]! += counts[i]!;
    if (Number.isFinite(label[i]!)) cells[at + SUM.labelled]! += counts[i]!;
    if (judged[i] === 0) continue;
    const [w, e, y] = [weight[i]!, error[i]!, label[i]!];
    cells[at + SUM.rows]! += 1;
    cells[at + SUM.weight]! += w;
    cells[at + SUM.squares]! += w * w;
    cells[at + SUM.error]! += w * e;
    cells[at + SUM.absolute]! += w * Math.abs(e);
    cells[at + SUM.squared]! += w * e * e;
    cells[at + SUM.label]! += w * y;
    cells[at + SUM.labelSquared]! += w * y * y;
    cells[at + SUM.absoluteLabel]! += w * Math.abs(y);
    cells[at + SUM.errorByLabel]! += w * Math.abs(e * y);
  }
}
