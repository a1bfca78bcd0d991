import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Database } from '../../layers/quality/engine/database.ts';
import { startAhead } from '../../layers/quality/engine/resources.ts';
import { scan } from '../../layers/quality/engine/scan.ts';
import { ROW_NUMBER } from '../../layers/quality/engine/source-sql.ts';
import { encodeProfile, mergeProfiles } from '../../layers/quality/profile/profile.ts';
import { type BottomK, estimateDistinct } from '../../layers/quality/states/bottom-k.ts';
import type { Tally } from '../../layers/quality/states/tally.ts';
import { ALL_STATES, groupProfiles, hourExpression, scanTable } from '../../layers/quality/usecases/profile-dataset.ts';
import { engineBench } from './bench.ts';
import { expectSameProfile } from './same.ts';

const bench = engineBench();
const workerFile = fileURLToPath(new URL('../../dist/cli/worker.js', import.meta.url));
const ROWS = 9000;

/** Numbers, categories, texts, ids and a time over ten hours; every 13th row without a time. */
const table = (where = 'true'): string => `SELECT
  'id-' || i AS id,
  CASE WHEN i % 11 = 0 THEN NULL ELSE sin(i) * 100 END AS x,
  CASE WHEN i % 17 = 0 THEN 'nan'::DOUBLE ELSE 1e6 + cos(i) END AS y,
  CASE WHEN i % 3 = 0 THEN 0 ELSE i END AS zeros,
  (i * 7919 % 97)::BIGINT AS n,
  (i * 31 % 1000) / 8 AS p,
  'c' || (i % 23) AS c,
  i % 2 = 0 AS flag,
  'text ' || i AS words,
  CASE WHEN i % 13 = 0 THEN NULL ELSE TIMESTAMP '2026-01-05 08:30:00' + to_seconds(i * 4) END AS t
  FROM range(${ROWS}) t(i) WHERE ${where} ORDER BY i`;

it('gives the same bytes with one worker, two workers, workers started ahead and no worker', async () => {
  expect(existsSync(workerFile), 'dist/cli/worker.js is built').toBe(true);
  await bench.write('workers.parquet', table());
  const dataset = await bench.open(['workers.parquet']);
  const encoded: string[] = [];
  const ahead = startAhead(bench.resources({ workers: 2, workerFile }), 1e9);
  expect(ahead.started).toHaveLength(2);
  for (const [i, more] of [{ workers: 1 }, { workers: 1, workerFile }, { workers: 2, workerFile }, ahead].entries()) {
    const scratch = join(bench.scratch, `workers-${i}`);
    mkdirSync(scratch);
    const { profile } = await bench.profile(dataset, { resources: bench.resources({ ...more, scratch }), bytes: 1e9 });
    encoded.push(JSON.stringify(encodeProfile(profile)));
  }
  expect(encoded[1]).toBe(encoded[0]);
  expect(encoded[2]).toBe(encoded[0]);
  expect(encoded[3]).toBe(encoded[0]);
  expect(ahead.started, 'all were used').toHaveLength(0);
});

it('holds no more columns at once than memory has room for, and a block more changes nothing', async () => {
  const columns = Array.from({ length: 1200 }, (_, i) => `(i * ${i + 1} % 97)::VARCHAR AS c${i}`);
  await bench.write('wide.parquet', `SELECT ${columns.join(', ')} FROM range(60) t(i)`);
  const wide = await bench.profile(await bench.open(['wide.parquet']), { resources: bench.resources({ memoryMB: 240 }) });
  expect(wide.profile.columns.size).toBe(1200);
  for (const { name } of wide.columns.slice(0, 300)) expect(wide.profile.columns.get(name)!.tally).toMatchObject({ rows: 60, present: 60 });
  await bench.write('one.parquet', `SELECT ${columns[700]} FROM range(60) t(i)`);
  const one = await bench.profile(await bench.open(['one.parquet']));
  expect(wide.profile.columns.get('c700')).toEqual(one.profile.columns.get('c700'));
});

it('says what went wrong in a worker, and ends', async () => {
  await bench.write('gone.parquet', table());
  const { source, columns, cuts } = await bench.profile(await bench.open(['gone.parquet']));
  const elsewhere = { ...source, paths: ['/etc/passwd'] };
  const failing = scanTable(elsewhere, columns, cuts, bench.resources({ workers: 2, workerFile }), 1e9);
  await expect(failing).rejects.toThrow('/etc/passwd');
});

it('gives the same for one file and for the same rows in several', async () => {
  await bench.write('whole.parquet', table());
  const parts = [0, 1, 2, 3, 4].map((part) => `part-${part}.parquet`);
  for (const [part, name] of parts.entries()) await bench.write(name, table(`i % 5 = ${part}`));
  const whole = await bench.open(['whole.parquet']);
  const one = await bench.profile(whole);
  const several = await bench.profile(await bench.open(parts), { cutsFrom: whole });
  expect(several.result.rows).toBe(ROWS);
  expectSameProfile(several.profile, one.profile);
});

it('takes the same cuts from the same rows in any order', async () => {
  await bench.write('ordered.parquet', table());
  await bench.write('shuffled.parquet', `SELECT * FROM (${table()}) ORDER BY hash(id)`);
  const { cuts: a } = await bench.profile(await bench.open(['ordered.parquet']));
  const { cuts: b } = await bench.profile(await bench.open(['shuffled.parquet']));
  expect(a).toEqual(b);
});

describe('groups', () => {
  it('by the hour: each is what the scan of that hour alone gives, and their sum the whole', async () => {
    await bench.write('hours.parquet', table());
    const dataset = await bench.open(['hours.parquet']);
    const { source, columns, cuts, profile: whole } = await bench.profile(dataset);
    const sql = await hourExpression(bench.database(), source, columns, 7);
    const result = await scanTable(source, columns, cuts, bench.resources(), 0, { group: { sql, states: ALL_STATES, contexts: 'whole' } });
    const groups = groupProfiles(result, columns, cuts);
    const first = Date.UTC(2026, 0, 5, 8) / 3_600_000;
    expect(groups.map(([hour]) => hour)).toEqual([7, ...Array.from({ length: 11 }, (_, i) => first + i)]);
    expect(groups[0]![1].rows).toBe(Math.ceil(ROWS / 13));
    expectSameProfile(groups.map(([, profile]) => profile).reduce(mergeProfiles), whole);
    await bench.write('hour.parquet', table('i % 13 <> 0 AND i * 4 + 1800 >= 3600 AND i * 4 + 1800 < 7200'));
    const alone = await bench.profile(await bench.open(['hour.parquet']), { cutsFrom: dataset });
    expectSameProfile(groups[2]![1], alone.profile);
  });

  it('by position: the rows in file order, whatever the number of files', async () => {
    for (const part of [0, 1, 2]) await bench.write(`seq-${part}.parquet`, table(`i >= ${part * 3000} AND i < ${(part + 1) * 3000}`));
    const { source, columns, cuts } = await bench.profile(await bench.open([0, 1, 2].map((part) => `seq-${part}.parquet`)));
    const sql = `floor(${ROW_NUMBER} * 20 / ${ROWS})`;
    const result = await scanTable(source, columns, cuts, bench.resources(), 0, {
      group: { sql, states: ['tally', 'moments', 'extremes'], contexts: 'whole' },
    });
    expect([...result.groups.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    for (let part = 0; part < 20; part++) {
      const set = result.groups.get(part)!.get('zeros')!;
      expect(set.tally as Tally).toMatchObject({ rows: 450 });
      expect((set.extremes as { maximum: number }).maximum).toBe(part * 450 + 449);
    }
  });

  it('by the day where there are more than 1,000 hours', async () => {
    await bench.write('long.parquet', "SELECT TIMESTAMP '2026-01-01' + to_hours(i) AS t FROM range(1200) t(i)");
    const { source, columns, cuts } = await bench.profile(await bench.open(['long.parquet']));
    const sql = await hourExpression(bench.database(), source, columns, 0);
    const result = await scanTable(source, columns, cuts, bench.resources(), 0, { group: { sql, states: ['tally'], contexts: 'whole' } });
    const groups = [...result.groups.keys()].sort((a, b) => a - b);
    expect(groups).toHaveLength(50);
    expect(groups.every((hour) => hour % 24 === 0)).toBe(true);
  });

  it('all in the fallback where there is no time', async () => {
    await bench.write('timeless.parquet', 'SELECT i AS x FROM range(10) t(i)');
    const { source, columns } = await bench.profile(await bench.open(['timeless.parquet']));
    expect(await hourExpression(bench.database(), source, columns, 42)).toBe('42');
  });
});

it('a table without rows has its columns, and no counts', async () => {
  await bench.write('none.parquet', table('false'));
  const { columns, profile, cuts } = await bench.profile(await bench.open(['none.parquet']));
  expect(columns.map(({ name }) => name)).toEqual(['id', 'x', 'y', 'zeros', 'n', 'p', 'c', 'flag', 'words', 't']);
  expect(profile.rows).toBe(0);
  expect(profile.columns.get('x')!.tally).toMatchObject({ rows: 0, present: 0 });
  expect(cuts.get('x')!.context.edges).toHaveLength(0);
});

it('counts equal rows as one, whatever their types', async () => {
  await bench.write(
    'twice.parquet',
    `${table('i < 500').replace('ORDER BY i', '')} UNION ALL ${table('i < 200').replace('ORDER BY i', '')}`,
  );
  const { profile } = await bench.profile(await bench.open(['twice.parquet']));
  expect(estimateDistinct(profile.table.distinct as BottomK)).toMatchObject({ distinct: 500, once: 300, exact: true });
});

it('a text of nothing but white space is blank, as a category is', async () => {
  await bench.write(
    'blank.parquet',
    "SELECT CASE WHEN i % 10 = 0 THEN '  ' WHEN i % 10 = 1 THEN '' ELSE 'text ' || i END AS words FROM range(1000) t(i)",
  );
  const { columns, profile } = await bench.profile(await bench.open(['blank.parquet']));
  expect(columns[0]!.type).toBe('text');
  expect(profile.columns.get('words')!.tally).toMatchObject({ present: 1000, blank: 200 });
});

describe('the database is locked down', () => {
  const refused = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "COPY (SELECT 1) TO '/tmp/assay-escape.csv'",
  ];
  it.each([
    ...refused,
    "SELECT * FROM 'https://example.com/x.parquet'",
    "ATTACH '/tmp/assay-escape.db'",
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    "SET allowed_directories = ['/']",
    'SET lock_configuration = false',
  ])('%s is refused', async (sql) => {
    await expect(bench.database().run(sql)).rejects.toThrow();
  });

  it('a file beside an allowed folder is refused, in the folder read', async () => {
    const neighbour = `${bench.input}-neighbour`;
    mkdirSync(neighbour, { recursive: true });
    const other = await Database.open({ scratch: neighbour, memoryMB: 64, threads: 1, allowed: [] });
    await other.run(`COPY (SELECT 1 AS x) TO '${neighbour}/x.parquet' (FORMAT parquet)`);
    other.close();
    await expect(bench.database().rows(`SELECT * FROM read_parquet('${neighbour}/x.parquet')`)).rejects.toThrow();
    await bench.write('inside.parquet', 'SELECT 1 AS x');
    expect(await bench.database().rows(`SELECT x FROM read_parquet('${bench.input}/inside.parquet')`)).toEqual([{ x: 1 }]);
  });
});

it('runs no more than the states asked for', async () => {
  await bench.write('few.parquet', 'SELECT i AS x FROM range(10) t(i)');
  const { source, columns } = await bench.profile(await bench.open(['few.parquet']));
  const plan = {
    source,
    columns: columns.map((column) => ({ ...column, whole: {}, grouped: {} })),
    group: null,
    groupStates: [],
    keeping: null,
    rowSketchSize: 16,
  };
  const { whole, groups } = await scan({ ...plan, wholeStates: ['tally', 'moments'] }, bench.resources(), 0);
  expect(Object.keys(whole.get('x')!)).toEqual(['tally', 'moments']);
  expect(groups.size).toBe(0);
});
