/** Every query opens the files and their columns anew: one query a column takes time by the square of the columns. */
const MOST_COLUMNS = 10;
/** Of more values, a query a column costs little beside reading them, and memory is dearer. */
const MOST_VALUES = 1_000_000;

/** Columns to be read in one query each batch: as many as are worth it for a table of so many rows. */
export const columnBatches = <T>(columns: T[], rows: number): T[][] =>
  inSlices(columns, Math.max(1, Math.min(MOST_COLUMNS, Math.floor(MOST_VALUES / Math.max(1, rows)))));

export const inSlices = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
