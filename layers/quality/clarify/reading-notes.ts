import { formatNumber, plural } from '../contract/format.ts';
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

/**
 * Which values of label and facets, as Clarify reads them, mean no row (its metrics then look like parity, or have no value), or may mean others than who
 * wrote them thought.
 */
export async function readingNotes(
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
    const why = found!.n === 0 ? `no row is meant: ${whyNone(column, given)}` : guessed(column, given);
    if (why !== null) notes.push(`"${at}": as Clarify reads it ${why}`);
  }
  return notes;
}

const whyNone = ({ name, facts }: PandasColumn, given: readonly Scalar[]): string =>
  clarifyKind(facts, given) === 'continuous'
    ? `it takes "${name}" for continuous, and nothing lies above the threshold`
    : `"${name}" holds no such value`;

/** As many different whole numbers may be codes, where they repeat. */
const MOST_CODES = 20;

/** A code that is taken for a threshold, a threshold that is taken for a value: Clarify goes by the share of different values. */
function guessed({ name, facts }: PandasColumn, given: readonly Scalar[]): string | null {
  const { type, integerLike, distinct, count } = facts;
  if (given.length !== 1 || !(type === 'integer' || integerLike)) return null;
  const shares = `${formatNumber(distinct)} different values in ${plural(count, 'row')}`;
  const above = clarifyKind(facts, given) === 'continuous';
  const codes = distinct <= MOST_CODES && 2 * distinct <= count;
  if (above && codes)
    return `rows with "${name}" above ${given[0]} are meant, not those with ${given[0]}: ${shares} are enough for a threshold`;
  return above || codes ? null : `rows with "${name}" ${given[0]} are meant, not those above: ${shares} are too few for a threshold`;
}
