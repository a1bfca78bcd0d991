import type { Column } from '../contract/columns.ts';
import { isNumeric } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { type Database, enumSql, quoteName } from '../engine/database.ts';
import { streamDoubles } from '../engine/group-stream.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { outcomeSql } from '../engine/outcome-sql.ts';
import { valueSql } from '../engine/readers.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, sourceSql } from '../engine/source-sql.ts';
import { MOST_SAMPLED, type RowSample, type SampledColumn } from '../profile/outcomes/row-sample.ts';

export interface SampleRequest {
  database: Database;
  source: Source;
  columns: Column[];
  cuts: Map<string, Cut>;
  plan: OutcomePlan;
  rows: number;
  /** Rows wanted, about. */
  most: number;
}

/** A sample of rows by their content, so that neither order nor files matter: those of the smallest hashes. */
export async function sampleRows({ database, source, columns, cuts, plan, rows, most }: SampleRequest): Promise<RowSample> {
  const sampled = sampledColumns(columns, cuts, source, plan);
  const { select, layout } = outcomeSql(plan, source, columns, null);
  const parts = [select, ...sampled.map(({ name, bins }) => codeSql(name, bins, columns, cuts, source))];
  const from = `${sourceSql(source, null)}${rows > most ? ` WHERE ${keptSql(columns, source, most / rows)}` : ''}`;
  const width =
    select === '1::DOUBLE'
      ? 1
      : [layout.label, layout.prediction, layout.weight].filter((at) => at !== null).length + layout.scores.length + layout.groups.length;
  const lists = Array.from({ length: width + sampled.length }, (): number[] => []);
  await streamDoubles(database, `SELECT ${parts.join(', ')} FROM ${from}`, (values, count) => {
    for (const [k, list] of lists.entries()) for (let i = 0; i < count; i++) list.push(values[k]![i]!);
  });
  const size = lists[0]!.length;
  const listOf = (at: number | null): Float64Array =>
    at === null ? new Float64Array(size).fill(Number.NaN) : Float64Array.from(lists[at]!);
  const scores = new Float64Array(size * layout.scores.length);
  for (const [k, at] of layout.scores.entries()) for (let i = 0; i < size; i++) scores[i * layout.scores.length + k] = lists[at]![i]!;
  return {
    columns: sampled.map((column, k) => ({ ...column, codes: Uint16Array.from(lists[width + k]!) })),
    labels: listOf(layout.label),
    predictions: listOf(layout.prediction),
    scores,
    groups: layout.groups.map((at) => Uint16Array.from(lists[at]!)),
  };
}

/** What a model may depend on, and of a regression what it said. */
function sampledColumns(columns: Column[], cuts: Map<string, Cut>, source: Source, plan: OutcomePlan): Omit<SampledColumn, 'codes'>[] {
  const wanted = ({ role }: Column): boolean =>
    role === 'feature' || role === 'segment' || (plan.problem === 'regression' && role === 'prediction');
  return columns.flatMap((column) => {
    const cut = cuts.get(column.name);
    if (!wanted(column) || cut === undefined || !source.columns.some(({ name }) => name === column.name)) return [];
    if (isNumeric(column.type)) return [{ name: column.name, bins: cut.judged.length + 2 }];
    const known = cut.context.categories;
    return known === undefined ? [] : [{ name: column.name, bins: Math.min(known.length, MOST_SAMPLED) + 1 }];
  });
}

function codeSql(name: string, bins: number, columns: Column[], cuts: Map<string, Cut>, source: Source): string {
  const column = columns.find((each) => each.name === name)!;
  const { judged, context } = cuts.get(name)!;
  const { value } = valueSql(name, physicalOf(source, name), column);
  if (isNumeric(column.type)) {
    const cases = Array.from(judged, (edge, i) => `WHEN ${value} < ${edge} THEN ${i}`);
    return `(CASE WHEN ${value} IS NULL OR isnan(${value}) THEN ${bins} WHEN isinf(${value}) THEN ${bins - 1} ${cases.join(' ')} ELSE ${judged.length} END)::DOUBLE`;
  }
  const known = context.categories!.slice(0, bins - 1);
  if (known.length === 0) return `(CASE WHEN ${value} IS NULL THEN ${bins} ELSE 0 END)::DOUBLE`;
  const code = `enum_code(TRY_CAST(${value} AS ${enumSql(known)}))`;
  return `(CASE WHEN ${value} IS NULL THEN ${bins} ELSE coalesce(${code}, ${bins - 1}) END)::DOUBLE`;
}

/** Rows whose hash is among the smallest: of the id where there is one, else of the whole row. */
function keptSql(columns: Column[], source: Source, share: number): string {
  const id = columns.find(({ name, role }) => role === 'id' && source.columns.some((each) => each.name === name));
  const hashed = id === undefined ? source.columns.map(({ name }) => quoteName(name)).join(', ') : quoteName(id.name);
  return `hash(${hashed}) <= ${BigInt(Math.floor(2 ** 53 * share)) * 2048n}::UBIGINT`;
}
