import { classCount, type OutcomePlan } from '../../contract/outcomes.ts';
import type { Json } from '../../states/state.ts';
import { classPlaces } from './class-places.ts';
import { combinationsOf, fits, type GroupTable, groupTable, widthOf } from './group-table.ts';
import { decodeTable, encodeTable, facetColumns, groupEdges, sizeOf } from './outcomes.ts';

/** The outcomes of the baseline's chunks: tables whose first column is the chunk, the last of its values for rows of none. */
export interface ChunkOutcomes {
  chunks: number;
  tables: GroupTable[];
}

/** The chunk's place among the columns of a block: behind the plan's group columns. */
export const chunkColumn = (plan: OutcomePlan): number => plan.groups.length;

/** All rows of each chunk, then each facet and segment in it where that stays small. */
export function noChunks(plan: OutcomePlan, edges: Float64Array, chunks: number): ChunkOutcomes {
  if (chunks === 0) return { chunks, tables: [] };
  const width = widthOf(plan.problem === 'regression' ? 0 : classCount(plan));
  const at = (name: string): number => plan.groups.findIndex((group) => group.name === name);
  const scored = plan.problem === 'binary' && plan.scores.length > 0;
  const lost = classPlaces(plan) !== null;
  const groupings = [[], ...facetColumns(plan).map((facet) => [facet]), ...plan.segments.map((names) => names.map(at))];
  const tables = groupings.flatMap((columns) => {
    const sizes = [chunks + 1, ...columns.map((column) => sizeOf(plan, column))];
    if (!fits(sizes, width)) return [];
    const whole = columns.length === 0;
    return [groupTable([chunkColumn(plan), ...columns], sizes, width, scored && whole ? groupEdges(edges).length + 1 : 0, lost && whole)];
  });
  return { chunks, tables };
}

/** Chunks added up to fewer, longer ones: `into[i]` is the new place of chunk i. */
export function mergeChunks({ chunks, tables }: ChunkOutcomes, into: number[]): ChunkOutcomes {
  const fewer = into.length === 0 ? 0 : Math.max(...into) + 1;
  const merged = tables.map((table) => {
    const target = groupTable(table.columns, [fewer + 1, ...table.sizes.slice(1)], table.width, table.bins, table.losses.length > 0);
    const inner = combinationsOf(table) / (chunks + 1);
    for (let chunk = 0; chunk < chunks; chunk++) {
      add(table.cells, target.cells, chunk, into[chunk]!, inner * table.width);
      for (const of of ['scored', 'losses'] as const) add(table[of], target[of], chunk, into[chunk]!, table[of].length / (chunks + 1));
    }
    return target;
  });
  return { chunks: fewer, tables: merged };
}

function add(from: Float64Array, to: Float64Array, source: number, target: number, size: number): void {
  for (let i = 0; i < size; i++) to[target * size + i]! += from[source * size + i]!;
}

export const encodeChunks = ({ chunks, tables }: ChunkOutcomes): Json => [chunks, tables.map(encodeTable)];

export function decodeChunks(json: Json, plan: OutcomePlan, edges: Float64Array): ChunkOutcomes {
  const [chunks, tables] = json as [number, Json[]];
  const made = noChunks(plan, edges, chunks);
  for (const [i, table] of made.tables.entries()) decodeTable(tables[i]!, table);
  return made;
}
