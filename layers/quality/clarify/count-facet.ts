import type { Database } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { sourceSql } from '../engine/source-sql.ts';
import { type CrossTable, cellAt, countRow, crossTable, type Split, splitBy } from '../metrics/fairness/index.ts';
import type { AnalysisFacet, AnalysisRequest } from './request.ts';

/** Combinations of a facet's and the group variable's values that are told apart. */
const MOST_CELLS = 100_000;

interface Row {
  facet: string | null;
  stratum: string | null;
  label: boolean | null;
  prediction: boolean | null;
  rows: number;
}

/** What a facet's rows come to, by facet and group variable; `conditioned` is false where there is none, or too many values of it. */
export interface FacetTable {
  table: CrossTable;
  conditioned: boolean;
}

/** Counts rows, each as one, by the facet's value, the group variable's, label and prediction. */
export async function countFacet(database: Database, source: Source, facet: AnalysisFacet, request: AnalysisRequest): Promise<FacetTable> {
  const found = await countedRows(database, source, facet, request, request.group);
  if (found === null) return tableOf((await countedRows(database, source, facet, request, null)) ?? [], false);
  return tableOf(found, request.group !== null);
}

async function countedRows(
  database: Database,
  source: Source,
  facet: AnalysisFacet,
  { label, prediction }: AnalysisRequest,
  group: string | null,
): Promise<Row[] | null> {
  const predicted = prediction !== null && 'sql' in prediction ? prediction.sql : 'NULL::BOOLEAN';
  const rows = await database.rows<Row>(
    `SELECT facet, stratum, label, prediction, count(*)::DOUBLE AS rows FROM (
      SELECT (${facet.sql})::VARCHAR AS facet, (${group ?? 'NULL'})::VARCHAR AS stratum, (${label?.sql ?? 'NULL'})::BOOLEAN AS label,
        (${predicted})::BOOLEAN AS prediction FROM ${sourceSql(source, null)})
    GROUP BY ALL ORDER BY ALL LIMIT ${MOST_CELLS + 1}`,
  );
  return group !== null && rows.length > MOST_CELLS ? null : rows;
}

function tableOf(found: Row[], conditioned: boolean): FacetTable {
  const table = crossTable(conditioned ? ['facet', 'stratum'] : ['facet']);
  for (const { facet, stratum, label, prediction, rows } of found)
    countRow(cellAt(table, conditioned ? [facet, stratum] : [facet]), label, prediction, rows, rows);
  return { table, conditioned };
}

/** A group against all other rows, those without a value among them, as Clarify has it. */
export const splitFacet = ({ table, conditioned }: FacetTable, value: string): Split =>
  splitBy(table, 'facet', (each) => each === value, conditioned ? 'stratum' : null, 'clarify');
