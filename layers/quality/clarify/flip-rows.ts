import type { Database } from '../engine/database.ts';
import { streamDoubles } from '../engine/group-stream.ts';
import { ROW_NUMBER } from '../engine/source-sql.ts';
import { FLIP_TEST_ROWS, type FlipRows } from '../metrics/fairness/index.ts';

export const NON_NUMERIC = 'FlipTest does not support non-numeric columns';
export const TOO_MANY = `more than ${FLIP_TEST_ROWS.toLocaleString('en-US')} rows`;

export interface FlipQuery {
  /** SQL of each feature's number. */
  features: string[];
  /** SQL of whether a row is of the facet, and whether it was chosen: without that it is left out. */
  facet: string;
  chosen: string;
  /** Rows without facet: left out too, or (as Clarify has it) among the others. */
  missing: 'left out' | 'others';
}

/** Rows of the flip test in their order; or why there are none. `given` is SQL of a table with the rows' places. */
export async function readFlipRows(database: Database, given: string, query: FlipQuery): Promise<FlipRows | string> {
  const read = query.features.map((sql, i) => `coalesce((${sql})::DOUBLE, 'nan'::DOUBLE) AS x${i}`);
  const sides = [`(${query.facet})::BOOLEAN AS f`, `(${query.chosen})::BOOLEAN AS c`];
  const table = `(SELECT ${[...read, ...sides, `${ROW_NUMBER} AS n`].join(', ')} FROM ${given})`;
  const where = ` WHERE c IS NOT NULL${query.missing === 'left out' ? ' AND f IS NOT NULL' : ''}`;
  const [{ rows } = { rows: 0 }] = await database.rows<{ rows: number }>(`SELECT count(*)::DOUBLE AS rows FROM ${table}${where}`);
  if (rows > FLIP_TEST_ROWS) return TOO_MANY;
  const width = query.features.length;
  const features = new Float64Array(rows * width);
  const [inFacet, chosen] = [new Uint8Array(rows), new Uint8Array(rows)];
  const columns = [...query.features.map((_, i) => `x${i}`), 'coalesce(f, false)::INT::DOUBLE', 'c::INT::DOUBLE'];
  let at = 0;
  await streamDoubles(database, `SELECT ${columns.join(', ')} FROM ${table}${where} ORDER BY n`, (block, count) => {
    for (let i = 0; i < count; i++, at++) {
      for (let j = 0; j < width; j++) features[at * width + j] = block[j]![i]!;
      inFacet[at] = block[width]![i]!;
      chosen[at] = block[width + 1]![i]!;
    }
  });
  return { features, width, inFacet, chosen };
}
