import type { Column } from '../contract/columns.ts';
import { isNumeric } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { type Database, quoteName } from '../engine/database.ts';
import type { Keeping, KeptValues } from '../engine/keeping.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { outcomeSql, textPart } from '../engine/outcome-sql.ts';
import { crossingOf, type Part, partReader } from '../engine/parts.ts';
import { valueSql } from '../engine/readers.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf } from '../engine/source-sql.ts';
import { MOST_SAMPLED, type RowSample, type SampledColumn } from '../profile/outcomes/row-sample.ts';

export interface SampleRequest {
  database: Database;
  source: Source;
  columns: Column[];
  cuts: Map<string, Cut>;
  plan: OutcomePlan;
  /** Of the table. */
  rows: number;
}

/** Rows wanted, about. */
const SAMPLED = 20_000;

interface Coded extends Omit<SampledColumn, 'codes'> {
  /** A number, or the code of a text. */
  part: Part;
  /** Upper edges of the bins of numbers; null for texts. */
  edges: Float64Array | null;
}

export interface Sampling {
  /** What a pass over the table has to keep. */
  keeping: Keeping;
  sampleOf(kept: KeptValues): RowSample;
}

/** A sample of rows by their content, so that neither order nor files matter: those of the smallest hashes. */
export async function planSample({ database, source, columns, cuts, plan, rows }: SampleRequest): Promise<Sampling> {
  const { parts, layout } = outcomeSql(plan, source, columns, null);
  const coded = codedColumns(columns, cuts, source, plan);
  const crossing = await crossingOf(database, [...parts, ...coded.map(({ part }) => part)]);
  const where = rows > SAMPLED ? keptSql(columns, source, SAMPLED / rows) : 'true';
  const sampleOf = (kept: KeptValues): RowSample => {
    const found = partReader(crossing, kept.rows)(columnsOf(kept), kept.rows);
    const listOf = (at: number | null): Float64Array =>
      at === null ? new Float64Array(kept.rows).fill(Number.NaN) : Float64Array.from(found[at]!);
    const { length: count } = layout.scores;
    return {
      columns: coded.map(({ name, bins, edges }, k) => {
        const codes = found[parts.length + k]!;
        return {
          name,
          bins,
          codes: edges === null ? (codes as Uint16Array) : Uint16Array.from(codes, (value) => binOf(value, edges, bins)),
        };
      }),
      labels: listOf(layout.label),
      predictions: listOf(layout.prediction),
      scores: Float64Array.from({ length: kept.rows * count }, (_, i) => found[layout.scores[i % count]!]![Math.floor(i / count)]!),
      ...(layout.weight !== null && { weights: listOf(layout.weight) }),
      groups: layout.groups.map((at) => found[at] as Uint16Array),
    };
  };
  return { keeping: { where, values: crossing.columns }, sampleOf };
}

const columnsOf = ({ rows, width, values }: KeptValues): Float64Array[] =>
  Array.from({ length: width }, (_, at) => Float64Array.from({ length: rows }, (_, row) => values[row * width + at]!));

function binOf(value: number, edges: Float64Array, bins: number): number {
  if (Number.isNaN(value)) return bins;
  if (!Number.isFinite(value)) return bins - 1;
  const bin = edges.findIndex((edge) => value < edge);
  return bin < 0 ? edges.length : bin;
}

/** What a model may depend on, and of a regression what it said. */
function codedColumns(columns: Column[], cuts: Map<string, Cut>, source: Source, plan: OutcomePlan): Coded[] {
  const wanted = ({ role }: Column): boolean =>
    role === 'feature' || role === 'segment' || (plan.problem === 'regression' && role === 'prediction');
  return columns.flatMap((column): Coded[] => {
    const { name, type } = column;
    const cut = cuts.get(name);
    if (!wanted(column) || cut === undefined || !source.columns.some((each) => each.name === name)) return [];
    const { value } = valueSql(name, physicalOf(source, name), column);
    if (isNumeric(type)) return [{ name, bins: cut.judged.length + 2, part: { sql: value }, edges: cut.judged }];
    const known = cut.context.categories?.slice(0, MOST_SAMPLED);
    return known === undefined ? [] : [{ name, bins: known.length + 1, part: textPart(value, known), edges: null }];
  });
}

/** Rows whose hash is among the smallest: of the id where there is one, else of the whole row. */
function keptSql(columns: Column[], source: Source, share: number): string {
  const id = columns.find(({ name, role }) => role === 'id' && source.columns.some((each) => each.name === name));
  const hashed = id === undefined ? source.columns.map(({ name }) => quoteName(name)).join(', ') : quoteName(id.name);
  return `hash(${hashed}) <= ${BigInt(Math.floor(2 ** 53 * share)) * 2048n}::UBIGINT`;
}
