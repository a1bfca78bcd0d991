import type { Database } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { sourceSql } from '../engine/source-sql.ts';
import { clarifyKind, type Scalar } from '../metrics/fairness/index.ts';
import type { ConfigNames } from './config-names.ts';
import type { PandasColumn } from './pandas-column.ts';
import type { ParsedConfig } from './parse-config.ts';
import { type AnalysisRequest, INSIDE } from './request.ts';

interface Meant {
  at: string;
  column: PandasColumn;
  given: readonly Scalar[];
  /** SQL: true for the rows that are meant. */
  sql: string;
}

/** Which values of label and facets, as Clarify reads them, mean no row: its metrics then look like parity, or have no value. */
export async function emptyNotes(
  database: Database,
  source: Source,
  { config }: ParsedConfig,
  { names, columns, request }: { names: ConfigNames; columns: Map<string, PandasColumn>; request: AnalysisRequest },
): Promise<string[]> {
  const label: Meant[] =
    request.label === null || names.label === null
      ? []
      : [
          {
            ...{ at: 'label_values_or_threshold', column: columns.get(names.label)! },
            ...{ given: config.label_values_or_threshold ?? [], sql: request.label.sql },
          },
        ];
  const facets = request.facets.map(
    (facet, i): Meant => ({
      ...{ at: `facet.${i}.value_or_threshold`, column: columns.get(facet.column)! },
      ...{ given: config.facet![i]!.value_or_threshold ?? [], sql: `(${facet.sql}) = '${INSIDE}'` },
    }),
  );
  const notes: string[] = [];
  for (const { at, column, given, sql } of [...label, ...facets]) {
    if (given.length === 0 || column.facts.count === 0) continue;
    const [found] = await database.rows<{ n: number }>(`SELECT count(*) FILTER (${sql})::DOUBLE AS n FROM ${sourceSql(source, null)}`);
    if (found!.n === 0) notes.push(`"${at}": as Clarify reads it no row is meant: ${whyNone(column, given)}`);
  }
  return notes;
}

const whyNone = ({ name, facts }: PandasColumn, given: readonly Scalar[]): string =>
  clarifyKind(facts, given) === 'continuous'
    ? `it takes "${name}" for continuous, and nothing lies above the threshold`
    : `"${name}" holds no such value`;
