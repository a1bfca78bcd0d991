import { type Column, FEWEST_OF_CATEGORY } from '../contract/columns.ts';
import { sortDoubles } from '../math/sort-doubles.ts';
import type { Context } from '../states/state.ts';
import { columnBatches } from './column-batches.ts';
import type { Database } from './database.ts';
import { readFinite } from './group-stream.ts';
import { readingOf, valueSql } from './readers.ts';
import type { Source } from './scan-plan.ts';
import { physicalOf, ROW_NUMBER, sourceSql } from './source-sql.ts';

/** A column's context over all rows, and the coarse edges its distances are judged at. */
export interface Cut {
  context: Context;
  judged: Float64Array;
}

const PARTS = 1000;
const MOST_EXACT = 10_000_000;
const MOST_CATEGORIES = 1000;
/** Runs of equal quantiles longer than this hold more than a tenth of the rows. */
const BIG = PARTS / 10;
export const SKETCH = { feature: 256, id: 1024, row: 1024 } as const;

/** Takes the cuts of every column from the data: edges between equal parts, and every value that fills one as a bin of its own. */
export async function makeCuts(database: Database, source: Source, columns: Column[], rows: number): Promise<Map<string, Cut>> {
  const made = new Map<string, Cut>();
  const quantiles = await quantilesOf(database, source, columns, rows);
  for (const column of columns) {
    const sketchSize = column.role === 'id' ? SKETCH.id : SKETCH.feature;
    const cut: Cut = { context: { sketchSize }, judged: new Float64Array(0) };
    const of = quantiles.get(column.name);
    if (of !== undefined) {
      cut.context.edges = edgesOf(of);
      cut.judged = judgedEdges(of);
    } else if (readingOf(column) === 'counted') cut.context.categories = await categoriesOf(database, source, column);
    made.set(column.name, cut);
  }
  return made;
}

/** Of the columns that are read as numbers. */
async function quantilesOf(database: Database, source: Source, columns: Column[], rows: number): Promise<Map<string, number[]>> {
  const sample = rows <= MOST_EXACT ? null : `hash(${ROW_NUMBER}) <= ${BigInt(Math.floor(2 ** 53 * (MOST_EXACT / rows))) * 2048n}::UBIGINT`;
  const from = `${sourceSql(source, sample)} WHERE ${sample ?? 'true'}`;
  const quantiles = new Map<string, number[]>();
  const numbers = columns.filter((column) => readingOf(column) === 'number');
  for (const batch of columnBatches(numbers, rows)) {
    const values = batch.map((column) => valueSql(column.name, physicalOf(source, column.name), column).value);
    const read = await readFinite(database, `SELECT ${values.join(', ')} FROM ${from}`, batch.length);
    for (const [i, { name }] of batch.entries()) quantiles.set(name, sortedQuantiles(sortDoubles(read[i]!)));
  }
  return quantiles;
}

const sortedQuantiles = (sorted: Float64Array): number[] =>
  sorted.length === 0 ? [] : Array.from({ length: PARTS + 1 }, (_, i) => sortedQuantile(sorted, i / PARTS) + 0);

/** Quantile of type 7 (Hyndman & Fan 1996): linear between the two nearest values. */
function sortedQuantile(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p;
  const low = Math.floor(place);
  const value = sorted[low]!;
  const next = sorted[Math.min(low + 1, sorted.length - 1)]!;
  const weight = place - low;
  if (next === value) return value;
  return Number.isFinite(next - value) ? value + weight * (next - value) : (1 - weight) * value + weight * next;
}

const single = new Float64Array(1);
const bits = new BigInt64Array(single.buffer);

/** The smallest double above a finite value; the largest of all is its own. */
export function nextUp(value: number): number {
  single[0] = value + 0;
  if (value === 0) return Number.MIN_VALUE;
  if (value === Number.MAX_VALUE) return value;
  bits[0]! += value > 0 ? 1n : -1n;
  return single[0]!;
}

const ascending = (values: Iterable<number>): Float64Array => Float64Array.from(new Set(values)).sort();

/** Quantiles from minimum to maximum: the outer bins hold what lies outside the range of the data. */
function edgesOf(quantiles: number[]): Float64Array {
  const edges = new Set(quantiles);
  for (let i = 1; i < quantiles.length; i++) if (quantiles[i] === quantiles[i - 1]) edges.add(nextUp(quantiles[i]!));
  if (quantiles.length > 0) edges.add(nextUp(quantiles.at(-1)!));
  return ascending(edges);
}

function judgedEdges(quantiles: number[]): Float64Array {
  const edges = new Set<number>();
  for (let i = BIG; i < PARTS && i < quantiles.length; i += BIG) edges.add(quantiles[i]!);
  for (let i = 0; i + BIG < quantiles.length; i++)
    if (quantiles[i] === quantiles[i + BIG]) {
      edges.add(quantiles[i]!);
      edges.add(nextUp(quantiles[i]!));
    }
  return ascending(edges);
}

async function categoriesOf(database: Database, source: Source, column: Column): Promise<string[]> {
  const { value } = valueSql(column.name, physicalOf(source, column.name), column);
  const rows = await database.rows<{ v: string }>(
    `SELECT v FROM (SELECT ${value} AS v, count(*) AS n FROM ${sourceSql(source, null)} GROUP BY 1) WHERE v IS NOT NULL AND n >= ${FEWEST_OF_CATEGORY} ORDER BY n DESC, v LIMIT ${MOST_CATEGORIES}`,
  );
  return rows.map(({ v }) => v);
}
