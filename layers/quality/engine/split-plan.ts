import { inSlices } from './column-batches.ts';
import { type Reading, readingOf } from './readers.ts';
import { ROWS, type ScanColumn, type ScanPlan } from './scan-plan.ts';

/** Columns read together: a block of streamed ones, value by value, or one whose values are counted. */
export interface Task {
  reading: 'streamed' | 'weighted' | 'counted';
  columns: ScanColumn[];
  /** Whether rows are kept in the same pass. */
  keeps: boolean;
}

export const scanReading = (column: ScanColumn): Reading => {
  const reading = readingOf(column);
  return reading === 'number' && column.few ? 'weighted' : reading;
};

/** Roughly what a column costs beside a number read value by value: hashing whole rows decodes all of them. */
const COSTS: Record<Reading, number> = { number: 1, time: 1, hashed: 2, weighted: 0.6, counted: 0.6 };
const ROWS_COST = 3;
/** The engine holds a quarter of a megabyte of each column it reads as numbers of texts: so many fit the least that a worker has. */
const MOST_STREAMED = 250;
const costOf = (column: ScanColumn): number => (column.name === ROWS ? ROWS_COST : COSTS[scanReading(column)]);

/** Splits a plan into tasks, the dearest first: a block of streamed columns for each share of all the cost, or several of many columns. Whole rows are one hashed column more, without a name. */
export function tasksOf(plan: ScanPlan, shares: number): Task[] {
  const context = { sketchSize: plan.rowSketchSize };
  const rows: ScanColumn = { name: ROWS, role: 'ignored', type: 'text', whole: context, grouped: context };
  const of = (...readings: Reading[]): ScanColumn[] => plan.columns.filter((column) => readings.includes(scanReading(column)));
  const columns = [...(plan.rowSketchSize > 0 ? [rows] : []), ...of('hashed'), ...of('number', 'time')];
  const counted = (['weighted', 'counted'] as const).flatMap((reading) =>
    of(reading).map((column): Task => ({ reading, columns: [column], keeps: false })),
  );
  const share = [...columns, ...counted.flatMap((task) => task.columns)].reduce((sum, column) => sum + costOf(column), 0) / shares;
  const blocks: ScanColumn[][] = [];
  let before = 0;
  for (const column of columns) {
    const block = Math.min(shares - 1, Math.floor((before + costOf(column) / 2) / share));
    (blocks[block] ??= []).push(column);
    before += costOf(column);
  }
  const streamed = blocks
    .flatMap((block) => inSlices(block, MOST_STREAMED))
    .map((columns): Task => ({ reading: 'streamed', columns, keeps: false }));
  // Whole rows come first, and their block decodes every column anyway.
  if (plan.keeping !== null) streamed[0] = { reading: 'streamed', columns: [], ...streamed[0], keeps: true };
  return [...streamed, ...counted];
}
