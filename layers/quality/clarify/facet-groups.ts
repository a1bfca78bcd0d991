import { UsageError } from '../contract/errors.ts';
import type { Facet } from '../contract/outcomes.ts';
import { type Database, quoteName } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { ROW_NUMBER, sourceSql } from '../engine/source-sql.ts';
import { clarifyKind, type Scalar } from '../metrics/fairness/index.ts';
import { type PandasColumn, pythonText } from './pandas-column.ts';
import { type AnalysisFacet, INSIDE, insideSql } from './request.ts';
import { between, oneOf, type RowSelection, selectRows } from './select-rows.ts';

/** Values looked at where every value of a facet is: the most frequent. As many as a report has where they come along with a check. */
const MOST_GROUPS = { asked: 1000, alongside: 50 };
/** Values of one group that are handed on as options. */
const MOST_VALUES = 1000;

const oneGroup = (column: string, { text, sql }: RowSelection): AnalysisFacet => ({
  column,
  sql: insideSql(sql),
  groups: [{ text, value: INSIDE }],
});

/** Rows behind a value that is named: beside a check fewer would be somebody; who asks for Clarify's analysis gets all of it. */
const FEWEST_ROWS = { asked: 1, alongside: 5 };

/** Every value in turn, in the order they first appear. */
async function everyValue(database: Database, source: Source, column: PandasColumn, why: 'asked' | 'alongside'): Promise<AnalysisFacet> {
  const rows = await database.rows<{ v: string }>(
    `SELECT v FROM (
      SELECT ${pythonText(column)} AS v, min(${ROW_NUMBER}) AS n, count(*) AS rows FROM ${sourceSql(source, ROW_NUMBER)}
      GROUP BY 1 HAVING v IS NOT NULL AND rows >= ${FEWEST_ROWS[why]} ORDER BY rows DESC, n LIMIT ${MOST_GROUPS[why]})
    ORDER BY n`,
  );
  return { column: column.name, sql: pythonText(column), groups: rows.map(({ v }) => ({ text: v, value: v })) };
}

/** A facet of a configuration: values, or above a threshold, as Clarify guesses; `option` is the same for the checks. */
export async function configuredFacet(
  database: Database,
  source: Source,
  column: PandasColumn,
  given: readonly Scalar[],
  at: string,
): Promise<{ facet: AnalysisFacet; option: Facet }> {
  const none = { column: column.name, values: null, above: null, upTo: null };
  const { distinct, count } = column.facts;
  const continuous = clarifyKind(column.facts, given) === 'continuous';
  const kind = `Clarify takes "${column.name}" for continuous (${distinct} different values in ${count} rows)`;
  if (given.length === 0) {
    if (continuous) throw new UsageError(`${at}: missing; ${kind} and asks for a threshold`);
    return { facet: await everyValue(database, source, column, 'asked'), option: none };
  }
  if (continuous && !Number.isFinite(Number(given[0]))) throw new UsageError(`${at}: ${kind}: expected a number, got "${given[0]}"`);
  const selection = selectRows(column, given);
  const facet = oneGroup(column.name, selection);
  if (continuous) return { facet, option: { ...none, above: selection.above } };
  const values = await selectedValues(database, source, `${quoteName(column.name)}::VARCHAR`, selection.sql);
  return { facet, option: { ...none, values: values.length > 0 ? values : given.map(String) } };
}

/** Values of the rows that are selected, in order. */
export async function selectedValues(database: Database, source: Source, value: string, selected: string): Promise<string[]> {
  const rows = await database.rows<{ v: string }>(
    `SELECT DISTINCT (${value}) AS v FROM ${sourceSql(source, null)} WHERE (${selected}) AND (${value}) IS NOT NULL ORDER BY v LIMIT ${MOST_VALUES}`,
  );
  return rows.map(({ v }) => v);
}

/** A facet as flags and monitors name it. */
export async function namedFacet(database: Database, source: Source, column: PandasColumn, facet: Facet): Promise<AnalysisFacet> {
  if (facet.above !== null || facet.upTo !== null) return oneGroup(facet.column, between(column, facet.above, facet.upTo));
  return facet.values === null ? everyValue(database, source, column, 'alongside') : oneGroup(facet.column, oneOf(column, facet.values));
}
