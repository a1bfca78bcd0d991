/**
 * Which part of the spread between the baseline's chunks a window of so many rows has: all of it, unless chunks are parts of data without time, of which a
 * larger window is a sample of several.
 */
export const partOfSpread = (rows: number, chunks: readonly number[], timeless: boolean): number =>
  timeless ? Math.min(1, chunks.reduce((sum, chunk) => sum + chunk, 0) / Math.max(1, chunks.length) / rows) : 1;
