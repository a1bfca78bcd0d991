import type { Column } from '../contract/columns.ts';
import { digestOf } from '../contract/digest.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import { streamDoubles } from '../engine/group-stream.ts';
import { outcomeSql } from '../engine/outcome-sql.ts';
import { crossingOf, partReader } from '../engine/parts.ts';
import type { Source } from '../engine/scan-plan.ts';
import { sourceSql } from '../engine/source-sql.ts';
import { BlockReader } from '../profile/outcomes/block-reader.ts';
import { type ChunkOutcomes, noChunks } from '../profile/outcomes/chunks.ts';
import { countBlock, countScores, finishCells } from '../profile/outcomes/count-block.ts';
import { planCounting, sumCells } from '../profile/outcomes/counting-plan.ts';
import { KeptRows } from '../profile/outcomes/kept-rows.ts';
import { encodeOutcomes, noOutcomes, type Outcomes } from '../profile/outcomes/outcomes.ts';

/** Outcomes of a table, the rows themselves for what needs them, and what each chunk came to. */
export interface CountedOutcomes {
  outcomes: Outcomes;
  rows: KeptRows;
  chunks: ChunkOutcomes;
}

export interface CountRequest {
  database: Database;
  source: Source;
  columns: Column[];
  plan: OutcomePlan;
  /** Cuts of the score. */
  edges: Float64Array;
  /** SQL of a row's chunk and the chunks' numbers, ascending; null for none. */
  chunks: { sql: string; places: number[] } | null;
}

export const outcomesIdOf = (plan: OutcomePlan, edges: Float64Array): string => digestOf([plan, Array.from(edges)]);

/** Identifies what was counted. */
export const outcomesDigest = (outcomes: Outcomes): string => digestOf(encodeOutcomes(outcomes));

/** Rows that are counted at once: a table they are added to is brought into the processor's cache once for all of them. */
const TOGETHER = 65_536;

/** One pass over the outcome columns: their values as doubles, all else in loops over typed arrays, in row order. */
export async function countOutcomes({ database, source, columns, plan, edges, chunks }: CountRequest): Promise<CountedOutcomes> {
  const outcomes = noOutcomes(outcomesIdOf(plan, edges), plan, edges);
  const spread = noChunks(plan, edges, chunks?.places.length ?? 0);
  const tables = [...outcomes.tables, ...spread.tables];
  const rows = new KeptRows(plan);
  const { parts, layout } = outcomeSql(plan, source, columns, chunks?.sql ?? null);
  const crossing = await crossingOf(database, parts);
  const read = partReader(crossing, TOGETHER);
  const reader = new BlockReader(plan, layout, edges, chunks?.places ?? [], outcomes, TOGETHER);
  const way = plan.problem === 'regression' ? 'regression' : plan.weight === null ? 'classes' : 'weighted classes';
  const { counted, summed } = way === 'classes' ? planCounting(plan, tables) : { counted: tables, summed: [] };
  const take = (values: Float64Array[], count: number): void => {
    const { fine, coarse } = reader.read(read(values, count), count);
    countBlock(outcomes.all, fine, way);
    for (const table of counted) countBlock(table, coarse, way);
    for (const { table } of summed) countScores(table, coarse, way);
    rows.add(fine);
  };
  const sql = `SELECT ${crossing.columns.join(', ')} FROM ${sourceSql(source, chunks?.sql ?? null)}`;
  await streamDoubles(database, sql, take, TOGETHER);
  for (const { table, of } of summed) sumCells(table, of);
  if (way === 'classes') for (const table of [outcomes.all, ...tables]) finishCells(table);
  return { outcomes, rows, chunks: spread };
}
