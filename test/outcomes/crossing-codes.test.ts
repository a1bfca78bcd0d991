import { describe, expect, it } from 'vitest';
import type { OutcomePlan } from '../../layers/quality/contract/outcomes.ts';
import { streamDoubles, streamKept } from '../../layers/quality/engine/group-stream.ts';
import { outcomeSql } from '../../layers/quality/engine/outcome-sql.ts';
import { crossingOf, partReader } from '../../layers/quality/engine/parts.ts';
import { sourceSql } from '../../layers/quality/engine/source-sql.ts';
import { sourceOf } from '../../layers/quality/usecases/profile-dataset.ts';
import { engineBench } from '../engine/bench.ts';

const bench = engineBench();
const ROWS = 5000;
const many = Array.from({ length: 700 }, (_, i) => `value ${i}`).sort();
const group = (column: string, values: string[], interval: OutcomePlan['groups'][number]['interval'] = null) => ({
  ...{ column, values, interval },
  name: interval === null ? column : `${column} ${interval.above} ${interval.upTo}`,
});

/** Labels and groups of every physical type, with nulls, NaN, infinities and values that nobody knows. */
const table = `SELECT (i % 4)::INTEGER AS whole, CASE WHEN i % 7 > 0 THEN (i % 5)::BIGINT - 2 END AS big, i % 3 = 0 AS yes,
  CASE i % 6 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE WHEN 2 THEN '-inf'::DOUBLE WHEN 3 THEN NULL ELSE i / 1000 END AS number,
  CASE WHEN i % 9 > 0 THEN (i % 11) / 4 END::FLOAT AS short, CASE WHEN i % 5 > 0 THEN 'value ' || (i % 900) END AS text,
  CASE i % 4 WHEN 0 THEN 'a' WHEN 1 THEN ' b ' WHEN 2 THEN '' ELSE 'a' || chr(0) END AS odd, (i % 13 * 1000000)::BIGINT AS far
  FROM range(${ROWS}) AS t(i)`;

const GROUPS = [
  group('whole', ['0', '2', '3']),
  group('big', ['-2', '0', '1']),
  group('far', ['0', '12000000', '3000000']),
  group('yes', ['true', 'false']),
  group('short', ['0', '0.25', '2']),
  group('text', many),
  group('text', many.slice(0, 20)),
  group('odd', ['a', 'b', 'a\0']),
  group('number', [], { above: null, upTo: 2 }),
  group('number', [], { above: 2, upTo: null }),
  group('number', [], { above: 1, upTo: 3 }),
  group('number', [], { above: Number.NEGATIVE_INFINITY, upTo: 4 }),
  group('whole', [], { above: 0, upTo: 2 }),
  group('text', []),
];

const PLANS: [string, Partial<OutcomePlan>][] = [
  ['a label of whole numbers', { label: 'whole', positive: ['1'], classes: ['0', '2'] }],
  ['a label without known negatives', { label: 'big', positive: ['1', '-1'], classes: [] }],
  ['a label of truth values', { label: 'yes', positive: ['true'], classes: ['false'] }],
  ['a label of doubles', { label: 'number', positive: ['4'], classes: ['3.0'] }],
  ['a label of texts', { label: 'text', positive: ['value 1'], classes: ['value 2', 'value 3'] }],
  ['several classes', { label: 'whole', prediction: 'short', problem: 'multiclass', classes: ['0', '1', '1.0', '2.5', 'x'] }],
];

const planOf = (more: Partial<OutcomePlan>): OutcomePlan => ({
  ...{ problem: 'binary', label: null, prediction: 'big', scores: [{ column: 'number', class: null }], weight: 'short' },
  ...{
    classes: [],
    positive: ['1'],
    threshold: 0.5,
    favourable: 'positive',
    groups: GROUPS,
    facets: [],
    segments: [],
    groupVariable: null,
  },
  ...more,
});

/** The columns of a query as they come, side by side. */
async function read(columns: string[], from: string): Promise<Float64Array[]> {
  const read: Float64Array[] = [];
  const take = (block: Float64Array[]): void => void read.push(...block.map((column) => column.slice(0, ROWS)));
  await streamDoubles(bench.database(), `SELECT ${columns.join(', ')} FROM ${from}`, take, 65_536);
  return read;
}

describe('codes that cross as the numbers or the hashes they are of', () => {
  it.each(PLANS)('are those of SQL: %s', async (_, more) => {
    await bench.write('codes.parquet', table);
    const source = sourceOf(await bench.open(['codes.parquet']));
    const { parts } = outcomeSql(planOf(more), source, [], null);
    const from = sourceSql(source, null);
    const wanted = await read(
      parts.map(({ sql }) => sql),
      from,
    );
    const crossing = await crossingOf(bench.database(), parts);
    const found = partReader(crossing, ROWS)(await read(crossing.columns, from), ROWS);
    expect(parts.filter(({ sql }, k) => sql === crossing.columns[k]).length).toBeLessThan(6);
    for (const [k, column] of found.entries()) expect(Array.from(column), parts[k]!.sql).toEqual(Array.from(wanted[k]!));
  });
});

it('rows are kept where the condition holds, missing values as NaN, in order and however many', async () => {
  await bench.write('kept.parquet', table);
  const source = sourceOf(await bench.open(['kept.parquet']));
  const keeping = { where: 'hash(far, text) % 3 = 0', values: ['whole', 'far / 2', 'CASE WHEN whole = 1 THEN NULL ELSE 7 END'] };
  const wanted = await bench
    .database()
    .rows<{ a: number; b: number; c: number | null }>(
      `SELECT whole AS a, far / 2 AS b, CASE WHEN whole = 1 THEN NULL ELSE 7 END AS c FROM ${sourceSql(source, null)} WHERE ${keeping.where}`,
    );
  const { rows, width, values } = await streamKept(bench.database(), sourceSql(source, null), keeping);
  expect([rows, width]).toEqual([wanted.length, 3]);
  expect(rows).toBeGreaterThan(1000);
  expect(Array.from(values.subarray(0, 3 * rows))).toEqual(wanted.flatMap(({ a, b, c }) => [a, b, c ?? Number.NaN]));
});
