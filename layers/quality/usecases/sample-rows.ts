import type { Column } from '../contract/columns.ts';
import { isNumeric } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { quoteName } from '../engine/database.ts';
import type { Keeping, KeptValues } from '../engine/keeping.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { outcomeSql, textCodeSql } from '../engine/outcome-sql.ts';
import { valueSql } from '../engine/readers.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf } from '../engine/source-sql.ts';
import { MOST_SAMPLED, type RowSample, type SampledColumn } from '../profile/outcomes/row-sample.ts';

export interface SampleRequest {
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
  sql: string;
  /** Upper edges of the bins of numbers; null for texts. */
  edges: Float64Array | null;
}

export interface Sampling {
  /** What a pass over the table has to keep. */
  keeping: Keeping;
  sampleOf(kept: KeptValues): RowSample;
}

/** A sample of rows by their content, so that neither order nor files matter: those of the smallest hashes. */
export function planSample({ source, columns, cuts, plan, rows }: SampleRequest): Sampling {
  const { parts, layout } = outcomeSql(plan, source, columns, null);
  const coded = codedColumns(columns, cuts, source, plan);
  const keeping = {
    where: rows > SAMPLED ? keptSql(columns, source, SAMPLED / rows) : 'true',
    values: [...parts, ...coded].map(({ sql }) => sql),
  };
  const sampleOf = ({ rows, width, values }: KeptValues): RowSample => {
    const listOf = (at: number | null): Float64Array =>
      Float64Array.from({ length: rows }, (_, row) => (at === null ? Number.NaN : values[row * width + at]!));
    const { length: count } = layout.scores;
    return {
      columns: coded.map(({ name, bins, edges }, k) => {
        const codes = listOf(parts.length + k);
        return { name, bins, codes: Uint16Array.from(codes, (value) => (edges === null ? value : binOf(value, edges, bins))) };
      }),
      labels: listOf(layout.label),
      predictions: listOf(layout.prediction),
      scores: Float64Array.from({ length: rows * count }, (_, i) => values[Math.floor(i / count) * width + layout.scores[i % count]!]!),
      groups: layout.groups.map((at) => Uint16Array.from(listOf(at))),
    };
  };
  return { keeping, sampleOf };
}

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
    if (isNumeric(type)) return [{ name, bins: cut.judged.length + 2, sql: value, edges: cut.judged }];
    const known = cut.context.categories?.slice(0, MOST_SAMPLED);
    return known === undefined ? [] : [{ name, bins: known.length + 1, sql: textCodeSql(value, known), edges: null }];
  });
}

/** Rows whose hash is among the smallest: of the id where there is one, else of the whole row. */
function keptSql(columns: Column[], source: Source, share: number): string {
  const id = columns.find(({ name, role }) => role === 'id' && source.columns.some((each) => each.name === name));
  const hashed = id === undefined ? source.columns.map(({ name }) => quoteName(name)).join(', ') : quoteName(id.name);
  return `hash(${hashed}) <= ${BigInt(Math.floor(2 ** 53 * share)) * 2048n}::UBIGINT`;
}
