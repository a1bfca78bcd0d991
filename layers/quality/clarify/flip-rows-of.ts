import type { Column } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import { outcomeSql } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, ROW_NUMBER, sourceSql } from '../engine/source-sql.ts';
import type { FlipRows } from '../metrics/fairness/index.ts';
import { readFlipRows } from './flip-rows.ts';
import { columnSql } from './pandas-column.ts';

/** A group of a facet: values of one of the plan's group columns. */
export interface FlipGroup {
  column: string;
  values: string[];
}

/**
 * Rows of the flip test as the checks count them: features by their role, predictions and groups as the plan reads them; rows without either are left
 * out. A reason instead where there are none, more than 100,000 rows, or features that are not numbers, unless those are to be left out.
 */
export async function flipRowsOf(
  database: Database,
  source: Source,
  columns: Column[],
  plan: OutcomePlan,
  { column, values }: FlipGroup,
  others: 'refuse' | 'leave out' = 'refuse',
): Promise<FlipRows | string> {
  const at = plan.groups.findIndex(({ name }) => name === column);
  const group = plan.groups[at];
  const { parts: outcomes, layout } = outcomeSql(plan, source, columns, null);
  if (group === undefined) return 'no such group column';
  if (layout.prediction === null || plan.problem !== 'binary') return 'no predictions';
  const features = columns.filter(({ name, role }) => role === 'feature' && name !== group.column && has(source, name));
  const numeric = features.filter(({ type }) => type === 'number' || type === 'integer' || type === 'boolean');
  const rest = features.filter((feature) => !numeric.includes(feature)).map(({ name }) => name);
  if (rest.length > 0 && others === 'refuse') return `features that are not numbers: ${rest.join(', ')}`;
  const parts = Object.values(layout)
    .flat()
    .filter((place) => place !== null).length;
  const names = [...Array.from({ length: parts }, (_, i) => `c${i}`), ...numeric.map((_, i) => `v${i}`), ROW_NUMBER];
  const read = numeric.map((feature) => featureSql(feature, source));
  const table = `(SELECT * FROM (SELECT ${[...outcomes.map(({ sql }) => sql), ...read, ROW_NUMBER].join(', ')} FROM ${sourceSql(source, ROW_NUMBER)}) AS t(${names.join(', ')}))`;
  const code = `c${layout.groups[at]}`;
  const codes = values.map((value) => group.values.indexOf(value)).filter((place) => place >= 0);
  const inside = codes.length === 0 ? 'false' : `${code} IN (${codes.join(', ')})`;
  return readFlipRows(database, table, {
    features: numeric.map((_, i) => `v${i}`),
    facet: `CASE WHEN ${code} > ${group.values.length} THEN NULL ELSE ${inside} END`,
    chosen: `CASE WHEN c${layout.prediction} > 1 THEN NULL ELSE c${layout.prediction} = 1 END`,
    missing: 'left out',
  });
}

const has = (source: Source, name: string): boolean => source.columns.some((column) => column.name === name);

function featureSql({ name, type }: Column, source: Source): string {
  const { text, number } = columnSql(name, physicalOf(source, name));
  return type === 'boolean' ? `CASE lower(${text}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 ELSE ${number} END` : number;
}
