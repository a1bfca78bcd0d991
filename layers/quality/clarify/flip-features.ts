import { type Database, quoteText } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { ROW_NUMBER, sourceSql } from '../engine/source-sql.ts';
import { FLIP_TEST_ROWS, type FlipRows } from '../metrics/fairness/index.ts';
import { NON_NUMERIC, readFlipRows, TOO_MANY } from './flip-rows.ts';
import { isNumericColumn, type PandasColumn, pandasColumns } from './pandas-column.ts';
import type { AnalysisFacet, AnalysisRequest } from './request.ts';

/** The features the flip test may look at, or why it is not taken. */
export type FlipFeatures = PandasColumn[] | string;

/** Looks at the features once for all facets; not at all where there are too many rows. */
export async function flipFeatures(database: Database, source: Source, request: AnalysisRequest): Promise<FlipFeatures> {
  const { methods, prediction, features, facets, flipWork, typed } = request;
  if (!methods.post_training?.includes('FT') || prediction === null || !('sql' in prediction)) return 'no predictions';
  const [counted] = await database.rows<{ rows: number }>(`SELECT count(*)::DOUBLE AS rows FROM ${sourceSql(source, null)}`);
  const { rows } = counted!;
  if (rows > FLIP_TEST_ROWS) return TOO_MANY;
  const groups = facets.reduce((sum, facet) => sum + facet.groups.length, 0);
  if (rows * groups > flipWork) return `not searched: more than ${flipWork.toLocaleString('en-US')} rows in all groups together`;
  return [...(await pandasColumns(database, source, features, { typed, distinct: false })).values()];
}

/** Rows of a facet's group: features without the facet's column, every one of which has to be a number. */
export async function flipRowsIn(
  database: Database,
  source: Source,
  features: FlipFeatures,
  facet: AnalysisFacet,
  value: string,
  { prediction }: AnalysisRequest,
): Promise<FlipRows | string> {
  if (typeof features === 'string' || prediction === null || !('sql' in prediction))
    return typeof features === 'string' ? features : 'no predictions';
  const columns = features.filter(({ name }) => name !== facet.column);
  if (!columns.every(isNumericColumn)) return NON_NUMERIC;
  const inFacet = `(${facet.sql}) = ${quoteText(value)}`;
  return readFlipRows(database, sourceSql(source, ROW_NUMBER), {
    ...{ features: columns.map(numberOf), facet: inFacet, chosen: prediction.sql, missing: 'others' },
  });
}

/** A truth value is 0 or 1, as text too. */
const numberOf = ({ facts, text, number }: PandasColumn): string =>
  facts.type === 'boolean' ? `CASE lower(${text}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 END` : number;
