import { type Reading, readingOf } from './readers.ts';
import { ROWS, type ScanColumn, type ScanPlan } from './scan-plan.ts';

/** Columns read together: a block of streamed ones, value by value, or one whose values are counted. */
export interface Task {
  reading: 'streamed' | 'weighted' | 'counted';
  columns: ScanColumn[];
}

export const scanReading = (column: ScanColumn): Reading => {
  const reading = readingOf(column);
  return reading === 'number' && column.few ? 'weighted' : reading;
};

/** Splits a plan into tasks, the dearest first. Whole rows are one hashed column more, without a name, where most of their bytes are decoded anyway. */
export function tasksOf(plan: ScanPlan, blocks: number): Task[] {
  const context = { sketchSize: plan.rowSketchSize };
  const rows: ScanColumn = { name: ROWS, role: 'ignored', type: 'text', whole: context, grouped: context };
  const of = (...readings: Reading[]): ScanColumn[] => plan.columns.filter((column) => readings.includes(scanReading(column)));
  const numbers = [...(plan.rowSketchSize > 0 ? [rows] : []), ...of('number', 'time')];
  const size = Math.max(1, Math.ceil(numbers.length / blocks));
  const streamed: ScanColumn[][] = [];
  for (let i = 0; i < numbers.length; i += size) streamed.push(numbers.slice(i, i + size));
  const tasks = [...streamed, of('hashed')].filter(({ length }) => length > 0).map((columns): Task => ({ reading: 'streamed', columns }));
  for (const reading of ['weighted', 'counted'] as const) for (const column of of(reading)) tasks.push({ reading, columns: [column] });
  return tasks;
}
