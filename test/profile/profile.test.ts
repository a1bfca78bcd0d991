import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBaseline, encodeBaseline } from '../../layers/quality/profile/baseline.ts';
import { coarsen } from '../../layers/quality/profile/column-counts.ts';
import { decodeProfile, encodeProfile, mergeProfiles } from '../../layers/quality/profile/profile.ts';
import { mergeSpread, type Spread } from '../../layers/quality/profile/spread.ts';
import { renderJson } from '../../layers/quality/report/index.ts';
import type { Json } from '../../layers/quality/states/state.ts';
import { buildBaseline } from '../../layers/quality/usecases/build-baseline.ts';
import { type CheckOptions, checkBatch } from '../../layers/quality/usecases/check-batch.ts';
import { engineBench } from '../engine/bench.ts';
import { expectSameProfile } from '../engine/same.ts';

const bench = engineBench();
const OPTIONS = { hints: new Map(), falseAlarmRate: 0.01, minimumRows: 30 };
const CHECK: CheckOptions = { ...OPTIONS, monitor: null, settings: {}, dataQualityOnly: false, version: '0.0.0' };
const json = (of: Json): Json => JSON.parse(JSON.stringify(of)) as Json;

/** 20 columns as models have them: numbers of several shapes, categories, texts, an id and a time. */
const wide = (rows: number, seed: number): string => {
  const noise = (step: number): string => `(hash(i * ${step} + ${seed}) % 1000003) / 1000003.0`;
  const columns = [
    `'row-' || ${seed} || '-' || i AS record_id`,
    "TIMESTAMP '2026-10-01' + to_seconds(i * 40) AS at",
    ...Array.from(
      { length: 8 },
      (_, k) => `round(sqrt(-2 * ln(1e-9 + ${noise(k + 2)})) * cos(6.283 * ${noise(k + 31)}) * 100, 3) AS number_${k}`,
    ),
    ...[3, 9, 40].map(
      (size) => `CASE WHEN ${noise(size)} < 0.05 THEN NULL ELSE floor(${noise(size + 100)} * ${size})::INTEGER END AS integer_${size}`,
    ),
    ...[2, 5, 30, 300].map((size) => `'category ' || floor(pow(${noise(size + 200)}, 2) * ${size})::INTEGER AS category_${size}`),
    `${noise(77)} < 0.3 AS flag`,
    `'some text ' || hash(i) AS words`,
    `CASE WHEN ${noise(88)} < 0.7 THEN 0 ELSE exp(${noise(89)} * 10) END AS amount`,
  ];
  return `SELECT ${columns.join(', ')} FROM range(${rows}) t(i)`;
};

describe('a profile', () => {
  it('of 5,000 rows × 20 columns is at most 64 kB', async () => {
    await bench.write('reference.parquet', wide(20_000, 1));
    await bench.write('batch.parquet', wide(5000, 2));
    const { profile, columns } = await bench.profile(await bench.open(['batch.parquet']), {
      cutsFrom: await bench.open(['reference.parquet']),
    });
    expect([profile.rows, columns.length]).toEqual([5000, 20]);
    expect(gzipSync(JSON.stringify(encodeProfile(profile))).length).toBeLessThanOrEqual(64 * 1024);
  });

  it('comes back from JSON as it was', async () => {
    const { profile, cuts } = await bench.profile(await bench.open(['batch.parquet']));
    const back = decodeProfile(json(encodeProfile(profile)), new Map([...cuts].map(([name, { context }]) => [name, context])));
    expect(encodeProfile(back)).toEqual(encodeProfile(profile));
  });

  it('of the hours merge to that of the whole', async () => {
    const dataset = await bench.open(['batch.parquet']);
    const checked = await checkBatch(bench.database(), dataset, null, bench.resources(), { ...CHECK, hours: { fallback: 0 } });
    expect(checked.hours.length).toBeGreaterThan(50);
    const profiles = checked.hours.map(([, profile]) => profile);
    expectSameProfile(profiles.reduce(mergeProfiles), checked.profile);
    expectSameProfile(profiles.toReversed().reduce(mergeProfiles), checked.profile);
  });

  it('does not merge with one of other cuts', async () => {
    const a = await bench.profile(await bench.open(['reference.parquet']));
    const b = await bench.profile(await bench.open(['batch.parquet']));
    expect(a.profile.cutsId).not.toBe(b.profile.cutsId);
    expect(() => mergeProfiles(a.profile, b.profile)).toThrow(/do not merge/);
  });

  it('written by a later Assay is refused', async () => {
    const { profile } = await bench.profile(await bench.open(['batch.parquet']));
    const later = { ...(encodeProfile(profile) as object), states: 99 };
    expect(() => decodeProfile(later as unknown as Json, new Map())).toThrow(/states version 99/);
  });
});

it('a baseline read back from its file gives the same bytes of report, and the same file again', async () => {
  const baseline = await buildBaseline(bench.database(), await bench.open(['reference.parquet']), bench.resources(), OPTIONS);
  const encoded = encodeBaseline(baseline);
  const back = decodeBaseline(json(encoded));
  expect(encodeBaseline(back)).toEqual(encoded);
  const batch = await bench.open(['batch.parquet']);
  const reports: string[] = [];
  for (const of of [baseline, back])
    reports.push(renderJson((await checkBatch(bench.database(), batch, of, bench.resources(), CHECK)).report));
  expect(reports[1]).toBe(reports[0]);
});

it('a baseline is the same whatever order its files are named in', async () => {
  for (const part of [0, 1])
    await bench.write(`part-${part}.parquet`, `SELECT * FROM (${wide(4000, 5)}) WHERE hash(record_id) % 2 = ${part}`);
  const ids: string[] = [];
  for (const names of [
    ['part-0.parquet', 'part-1.parquet'],
    ['part-1.parquet', 'part-0.parquet'],
  ]) {
    const { falseAlarms, ...baseline } = await buildBaseline(bench.database(), await bench.open(names), bench.resources(), OPTIONS);
    ids.push(JSON.stringify(encodeBaseline({ ...baseline, falseAlarms })));
  }
  expect(ids[1]).toBe(ids[0]);
});

it('the largest numbers and a sum beyond them survive a baseline', async () => {
  await bench.write(
    'huge.parquet',
    'SELECT CASE i % 3 WHEN 0 THEN 1.7976931348623157e308 WHEN 1 THEN -1.7976931348623157e308 ELSE i END AS x FROM range(300) t(i)',
  );
  const dataset = await bench.open(['huge.parquet']);
  const baseline = await buildBaseline(bench.database(), dataset, bench.resources(), OPTIONS);
  expect(baseline.cuts.get('x')!.context.edges!.every(Number.isFinite)).toBe(true);
  const back = decodeBaseline(json(encodeBaseline(baseline)));
  expect(encodeBaseline(back)).toEqual(encodeBaseline(baseline));
  const { report } = await checkBatch(bench.database(), dataset, back, bench.resources(), CHECK);
  expect(report.checks.filter(({ verdict }) => verdict === 'error')).toEqual([]);
});

describe('the spread of chunks', () => {
  const counts = (n: number) => ({
    rows: n,
    missing: 0,
    misfit: 0,
    fractional: 0,
    blank: 0,
    infinite: 0,
    unseen: 0,
    distribution: [n, 0, 0, 0, 0],
  });
  const spread = (places: number[], step: number | null): Spread => ({
    step,
    places,
    columns: new Map([['x', places.map((_, i) => counts(i + 1))]]),
  });
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => 1000 + i);

  it('is merged to the length that is judged', () => {
    const merged = mergeSpread(spread(range(48), 3600), 4 * 3600);
    expect(merged).toMatchObject({ chunks: 12, factor: 4, shortened: false });
    expect(
      merged.columns
        .get('x')!
        .map(({ rows }) => rows)
        .slice(0, 2),
    ).toEqual([1 + 2 + 3 + 4, 5 + 6 + 7 + 8]);
    expect(merged.columns.get('x')!.reduce((sum, { rows }) => sum + rows, 0)).toBe((48 * 49) / 2);
  });

  it('is never merged to fewer than ten chunks, and that is said', () => {
    expect(mergeSpread(spread(range(48), 3600), 30 * 86400)).toMatchObject({ factor: 5, chunks: 10, shortened: true });
  });

  it('stays as it is without time, for what is shorter than a chunk, and where it has few chunks', () => {
    for (const [places, step, seconds] of [
      [range(20), null, 1e6],
      [range(48), 3600, 60],
      [range(5), 3600, 86400],
      [range(48), 3600, null],
    ] as const)
      expect(mergeSpread(spread([...places], step), seconds)).toMatchObject({ factor: 1, chunks: places.length });
  });

  it('counts gaps in time as gaps', () => {
    const merged = mergeSpread(spread([...range(20), ...range(20).map((at) => at + 500)], 3600), 2 * 3600);
    expect(merged).toMatchObject({ chunks: 20, factor: 2 });
  });
});

it('fine bins add up to the judged ones they lie in', () => {
  expect(coarsen([1, 2, 3, 4, 5], Float64Array.of(10, 20, 30, 40), Float64Array.of(20, 40))).toEqual([3, 7, 5]);
  expect(coarsen([1, 2], Float64Array.of(10), Float64Array.of())).toEqual([3]);
  expect(coarsen([7], undefined, Float64Array.of())).toEqual([7]);
});
