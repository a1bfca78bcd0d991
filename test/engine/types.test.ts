import { describe, expect, it } from 'vitest';
import { inferColumns } from '../../layers/quality/engine/infer-columns.ts';
import type { Categories } from '../../layers/quality/states/categories.ts';
import type { Extremes } from '../../layers/quality/states/extremes.ts';
import type { Moments } from '../../layers/quality/states/moments.ts';
import type { Tally } from '../../layers/quality/states/tally.ts';
import { sourceOf } from '../../layers/quality/usecases/profile-dataset.ts';
import { engineBench } from './bench.ts';

const bench = engineBench();

/** One column of every physical type: rows 1 to 200, of which every tenth is null. */
const every = (sql: string): string => `CASE WHEN i % 10 = 0 THEN NULL ELSE ${sql} END`;
const TYPES: Record<string, { sql: string; type: string; minimum?: number; maximum?: number }> = {
  int8: { sql: '(i % 100)::TINYINT', type: 'integer', minimum: 1, maximum: 99 },
  int16: { sql: 'i::SMALLINT', type: 'integer', minimum: 1, maximum: 199 },
  int32: { sql: 'i::INTEGER', type: 'integer', minimum: 1, maximum: 199 },
  int64: { sql: '(i * 1000000000000)::BIGINT', type: 'integer', minimum: 1e12, maximum: 199e12 },
  uint64: { sql: '(18446744073709551615 - i)::UBIGINT', type: 'integer', minimum: 2 ** 64, maximum: 2 ** 64 },
  hugeint: { sql: '(170141183460469231731687303715884105727::HUGEINT - i)', type: 'number', minimum: 2 ** 127, maximum: 2 ** 127 },
  decimal: { sql: '(i / 4)::DECIMAL(18,2)', type: 'number', minimum: 0.25, maximum: 49.75 },
  float: { sql: '(i / 4)::FLOAT', type: 'number', minimum: 0.25, maximum: 49.75 },
  double: { sql: 'i / 8', type: 'number', minimum: 0.125, maximum: 199 / 8 },
  varchar: { sql: "'v' || (i % 7)", type: 'category' },
  boolean: { sql: 'i % 3 = 0', type: 'boolean' },
  date: {
    sql: "DATE '2026-01-01' + (i % 30)::INTEGER",
    type: 'time',
    minimum: Date.UTC(2026, 0, 2) / 1000,
    maximum: Date.UTC(2026, 0, 30) / 1000,
  },
  time: { sql: "TIME '00:00:00' + to_seconds(i)", type: 'text' },
  timestamp: { sql: "TIMESTAMP '2026-01-01' + to_seconds(i)", type: 'time', minimum: 1767225601, maximum: 1767225799 },
  timestamp_ns: { sql: "(TIMESTAMP '2026-01-01' + to_seconds(i))::TIMESTAMP_NS", type: 'time', minimum: 1767225601, maximum: 1767225799 },
  timestamptz: { sql: "TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(i)", type: 'time', minimum: 1767225601, maximum: 1767225799 },
  list: { sql: '[i, i + 1]', type: 'text' },
  list_of_decimal: { sql: '[(i / 4)::DECIMAL(18,2)]', type: 'text' },
  list_of_timestamp: { sql: "[TIMESTAMP '2026-01-01']", type: 'text' },
  struct: { sql: "{'a': i, 'b': 'x'}", type: 'text' },
  map: { sql: "MAP {'k': i}", type: 'text' },
  blob: { sql: "encode('b' || i)", type: 'text' },
  uuid: { sql: "('00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0'))::UUID", type: 'text' },
  interval: { sql: 'to_seconds(i)', type: 'text' },
};

describe('a column of physical type', () => {
  it.each(Object.entries(TYPES))('%s has its type, its nulls counted and its range', async (name, { sql, type, minimum, maximum }) => {
    await bench.write(`${name}.parquet`, `SELECT ${every(sql)} AS "${name}" FROM range(1, 201) t(i)`);
    const { columns, profile } = await bench.profile(await bench.open([`${name}.parquet`]));
    expect(columns[0]!.type).toBe(type);
    const set = profile.columns.get(name)!;
    expect(set.tally).toMatchObject({ rows: 200, present: 180, misfit: 0, nan: 0, infinite: 0 });
    if (minimum !== undefined) expect(set.extremes as Extremes).toEqual({ minimum, maximum });
  });
});

it('NaN and infinities are counted, and are no part of moments, range and bins', async () => {
  await bench.write(
    'specials.parquet',
    "SELECT CASE i % 5 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE WHEN 2 THEN '-inf'::DOUBLE ELSE i END AS x FROM range(100) t(i)",
  );
  const { profile, cuts } = await bench.profile(await bench.open(['specials.parquet']));
  const { tally, moments, extremes, cuts: bins } = profile.columns.get('x')!;
  expect(tally as Tally).toMatchObject({ rows: 100, present: 100, nan: 20, infinite: 40 });
  expect((moments as Moments).count).toBe(40);
  expect(extremes as Extremes).toEqual({ minimum: 3, maximum: 99 });
  expect((bins as { counts: Uint32Array }).counts.reduce((a, b) => a + b)).toBe(40);
  expect(cuts.get('x')!.context.edges!.every(Number.isFinite)).toBe(true);
});

it('infinite dates and timestamps are values that are no time, not an error', async () => {
  await bench.write(
    'endless.parquet',
    "SELECT CASE i % 4 WHEN 0 THEN 'infinity'::TIMESTAMP WHEN 1 THEN '-infinity'::TIMESTAMP ELSE TIMESTAMP '2026-01-01' END AS t FROM range(100) t(i)",
  );
  const { profile } = await bench.profile(await bench.open(['endless.parquet']));
  expect(profile.columns.get('t')!.tally as Tally).toMatchObject({ rows: 100, present: 100, infinite: 50 });
  expect(profile.columns.get('t')!.extremes).toEqual({ minimum: 1767225600, maximum: 1767225600 });
});

it.each([
  ...['1.5', '-2', '+.5', '1e5', '1E-3', '1_000.5', 'NaN', 'inf', '-Infinity', '20240101'].map((text) => [text, 'number']),
  ...[
    '2024-01-31',
    '2024/1/31',
    '2024 01 31',
    '2024\\01\\31',
    '-2024-01-31',
    '2024-01-31T10:00:00Z',
    '2024-01-31 10:00:00.5+02',
    'epoch',
  ].map((text) => [text, 'time']),
  ...['12 Main Street', '1,000', '1.2.3', '5-5', '1f3c-88', '-', '1e', 'infinite', 'A1', ':)'].map((text) => [text, 'category']),
])('values like %s, written as text, are told to be of type %s', async (text, type) => {
  // Two numbers more, lest all are whole.
  const values = [...Array(98).fill(text), ...(type === 'number' ? ['0.5', '0.25'] : ['', ''])].map((each) => `('${each}')`);
  await bench.write('told.parquet', `SELECT x FROM (VALUES ${values.join(', ')}) t(x)`);
  expect((await inferColumns(bench.database(), sourceOf(await bench.open(['told.parquet'])), new Map(), 100))[0]!.type).toBe(type);
});

it('numbers written as text are numbers, and what is none among them a misfit', async () => {
  await bench.write(
    'texts.parquet',
    "SELECT CASE WHEN i % 20 = 0 THEN 'n/a' WHEN i % 20 = 1 THEN '' WHEN i % 20 = 2 THEN NULL ELSE ' ' || (i / 2)::VARCHAR END AS x FROM range(200) t(i)",
  );
  const { columns, profile } = await bench.profile(await bench.open(['texts.parquet']));
  expect(columns[0]).toMatchObject({ type: 'number' });
  expect(profile.columns.get('x')!.tally as Tally).toMatchObject({ rows: 200, present: 170, misfit: 10 });
});

it('times written as text are times, and what is none among them a misfit', async () => {
  await bench.write(
    'times.parquet',
    "SELECT CASE WHEN i % 20 = 0 THEN 'soon' ELSE '2026-01-01T00:00:' || lpad((i % 60)::VARCHAR, 2, '0') || 'Z' END AS t FROM range(200) t(i)",
  );
  const { columns, profile } = await bench.profile(await bench.open(['times.parquet']));
  expect(columns[0]).toMatchObject({ type: 'time', role: 'time' });
  expect(profile.columns.get('t')!.tally as Tally).toMatchObject({ rows: 200, present: 190, misfit: 10 });
  expect(profile.columns.get('t')!.extremes).toEqual({ minimum: 1767225601, maximum: 1767225659 });
});

describe('columns with hostile names', () => {
  const NAMES = [
    '"',
    "'",
    'a"; DROP TABLE x; --',
    '<script>alert(1)</script>',
    'two\nlines',
    '__proto__',
    'constructor',
    ' ',
    'é👩‍🚀',
    'rows',
    'v',
    'g',
    'n',
    'select',
    'x'.repeat(5000),
    '{"json": [1]}',
    '$1',
    '%s',
    '\\',
  ];

  it('are profiled like any other', async () => {
    const columns = NAMES.map((name, i) => `${i % 2 === 0 ? 'i' : "'v' || (i % 3)"} AS "${name.replaceAll('"', '""')}"`);
    await bench.write('names.parquet', `SELECT ${columns.join(', ')} FROM range(100) t(i)`);
    const { profile } = await bench.profile(await bench.open(['names.parquet']));
    expect([...profile.columns.keys()]).toEqual(NAMES);
    for (const name of NAMES) expect(profile.columns.get(name)!.tally).toMatchObject({ rows: 100, present: 100 });
    expect(
      (profile.columns.get('__proto__')!.categories as Categories | undefined) ?? profile.columns.get('__proto__')!.categories,
    ).toBeDefined();
  });
});

it('categories may have any name', async () => {
  await bench.write(
    'categories.parquet',
    "SELECT CASE i % 4 WHEN 0 THEN '__proto__' WHEN 1 THEN '''; DROP TABLE x; --' WHEN 2 THEN '<img src=x>' ELSE '' END AS c FROM range(100) t(i)",
  );
  const { profile, cuts } = await bench.profile(await bench.open(['categories.parquet']));
  expect([...cuts.get('c')!.context.categories!].sort()).toEqual(['', "'; DROP TABLE x; --", '<img src=x>', '__proto__']);
  expect(Array.from((profile.columns.get('c')!.categories as Categories).known)).toEqual([25, 25, 25, 25]);
  expect(profile.columns.get('c')!.tally).toMatchObject({ blank: 25 });
});

describe('a column is taken for', () => {
  const rolesOf = async (name: string, sql: string) => {
    await bench.write(`${name}.parquet`, sql);
    const dataset = await bench.open([`${name}.parquet`]);
    const columns = await inferColumns(bench.database(), sourceOf(dataset), new Map(), dataset.rows);
    return columns.map(({ role, type }) => [role, type]);
  };
  it('an id by its name where hardly a value repeats, of few rows too', async () => {
    for (const rows of [40, 100, 1000, 5000])
      expect([
        rows,
        await rolesOf(
          `ids${rows}`,
          `SELECT i AS id, 'r' || i AS customer_id, i % 20 AS shop_id, i AS USER_ID, i AS orderID FROM range(${rows}) t(i)`,
        ),
      ]).toEqual([
        rows,
        [
          ['id', 'integer'],
          ['id', rows > 50 ? 'text' : 'category'],
          ['feature', 'integer'],
          ['id', 'integer'],
          ['id', 'integer'],
        ],
      ]);
  });
});
