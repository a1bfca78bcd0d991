import type { Column } from '../contract/columns.ts';
import { isNumeric } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { quoteName } from '../engine/database.ts';
import type { Keeping, KeptRow } from '../engine/kept-rows.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { outcomeSql } from '../engine/outcome-sql.ts';
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
  sql: string;
  /** Upper edges of the bins of numbers, or the numbers of texts. */
  codes: Float64Array | Map<string, number>;
}

export interface Sampling {
  /** What a pass over the table has to keep. */
  keeping: Keeping;
  sampleOf(rows: KeptRow[]): RowSample;
}

/** A sample of rows by their content, so that neither order nor files matter: those of the smallest hashes. */
export function planSample({ source, columns, cuts, plan, rows }: SampleRequest): Sampling {
  const { parts, layout } = outcomeSql(plan, source, columns, null);
  const coded = codedColumns(columns, cuts, source, plan);
  const numbers = coded.filter(({ codes }) => !(codes instanceof Map));
  const texts = coded.filter(({ codes }) => codes instanceof Map);
  const keeping = {
    where: rows > SAMPLED ? keptSql(columns, source, SAMPLED / rows) : 'true',
    numbers: [...parts, ...numbers].map(({ sql }) => sql),
    texts: texts.map(({ sql }) => sql),
  };
  const codeOf = (column: Coded): ((row: KeptRow) => number) => {
    const [number, text] = [parts.length + numbers.indexOf(column), texts.indexOf(column)];
    const { codes, bins } = column;
    return codes instanceof Map ? (row) => textCode(row.texts[text]!, codes, bins) : (row) => numberCode(row.numbers[number]!, codes, bins);
  };
  const sampleOf = (kept: KeptRow[]): RowSample => {
    const listOf = (at: number | null): Float64Array => Float64Array.from(kept, (row) => (at === null ? Number.NaN : row.numbers[at]!));
    return {
      columns: coded.map((column) => ({ name: column.name, bins: column.bins, codes: Uint16Array.from(kept, codeOf(column)) })),
      labels: listOf(layout.label),
      predictions: listOf(layout.prediction),
      scores: Float64Array.from(kept.flatMap(({ numbers }) => layout.scores.map((at) => numbers[at]!))),
      groups: layout.groups.map((at) => Uint16Array.from(kept, ({ numbers }) => numbers[at]!)),
    };
  };
  return { keeping, sampleOf };
}

function numberCode(value: number, edges: Float64Array, bins: number): number {
  if (Number.isNaN(value)) return bins;
  if (!Number.isFinite(value)) return bins - 1;
  const bin = edges.findIndex((edge) => value < edge);
  return bin < 0 ? edges.length : bin;
}

const textCode = (value: string | null, codes: Map<string, number>, bins: number): number =>
  value === null ? bins : (codes.get(value) ?? bins - 1);

/** What a model may depend on, and of a regression what it said. */
function codedColumns(columns: Column[], cuts: Map<string, Cut>, source: Source, plan: OutcomePlan): Coded[] {
  const wanted = ({ role }: Column): boolean =>
    role === 'feature' || role === 'segment' || (plan.problem === 'regression' && role === 'prediction');
  return columns.flatMap((column): Coded[] => {
    const { name, type } = column;
    const cut = cuts.get(name);
    if (!wanted(column) || cut === undefined || !source.columns.some((each) => each.name === name)) return [];
    const { value } = valueSql(name, physicalOf(source, name), column);
    if (isNumeric(type)) return [{ name, bins: cut.judged.length + 2, sql: value, codes: cut.judged }];
    const known = cut.context.categories?.slice(0, MOST_SAMPLED);
    return known === undefined ? [] : [{ name, bins: known.length + 1, sql: value, codes: new Map(known.map((text, i) => [text, i])) }];
  });
}

/** Rows whose hash is among the smallest: of the id where there is one, else of the whole row. */
function keptSql(columns: Column[], source: Source, share: number): string {
  const id = columns.find(({ name, role }) => role === 'id' && source.columns.some((each) => each.name === name));
  const hashed = id === undefined ? source.columns.map(({ name }) => quoteName(name)).join(', ') : quoteName(id.name);
  return `hash(${hashed}) <= ${BigInt(Math.floor(2 ** 53 * share)) * 2048n}::UBIGINT`;
}
