/** Which part of the spread between parts of so many rows a window of several has. */
export const partOfSpread = (rows: number, parts: readonly number[]): number =>
  Math.min(1, parts.reduce((sum, part) => sum + part, 0) / Math.max(1, parts.length) / rows);
