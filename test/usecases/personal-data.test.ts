import { beforeAll, describe, expect, it } from 'vitest';
import { renderHtml, renderJson } from '../../layers/quality/report/index.ts';
import { buildBaseline } from '../../layers/quality/usecases/build-baseline.ts';
import { type CheckOptions, checkBatch } from '../../layers/quality/usecases/check-batch.ts';
import { engineBench } from '../engine/bench.ts';

const bench = engineBench();
const OPTIONS = { hints: new Map(), falseAlarmRate: 0.01, minimumRows: 30 };
const CHECK: CheckOptions = { ...OPTIONS, monitor: null, settings: {}, dataQualityOnly: false, version: '0.0.0' };

/** Categories with four and with five rows behind them, an id, a text and a category that is mostly unique. */
const people = (rare: string, often: string): string => `SELECT
  'SECRET-id-' || i AS customer_id,
  'SECRET text ' || i AS note,
  'SECRET-' || (i % 190) AS name,
  CASE WHEN i < 4 THEN '${rare}' WHEN i < 60 THEN '${often}' ELSE 'plain' END AS city
  FROM range(200) t(i)`;

describe('a report', () => {
  let shown: string;
  beforeAll(async () => {
    await bench.write('before.parquet', people('SECRET-village', 'town'));
    await bench.write('after.parquet', people('SECRET-hamlet', 'harbour'));
    const baseline = await buildBaseline(bench.database(), await bench.open(['before.parquet']), bench.resources(), OPTIONS);
    const { report } = await checkBatch(bench.database(), await bench.open(['after.parquet']), baseline, bench.resources(), CHECK);
    shown = renderJson(report) + renderHtml(report);
  });

  it('names the categories that have at least five rows', () => {
    for (const name of ['plain', 'town', 'harbour']) expect(shown).toContain(name);
  });

  it('names no value of an id, a text or a mostly unique column, and none with fewer than five rows', () => {
    expect(shown.match(/SECRET[-\w ]*/g)).toBeNull();
  });
});

it('the reference data and its roles decide the id of a baseline, not the name of its file', async () => {
  await bench.write('a.parquet', 'SELECT i AS x FROM range(500) t(i)');
  await bench.write('b.parquet', 'SELECT i AS x FROM range(500) t(i)');
  const of = async (name: string, hints: CheckOptions['hints'] = new Map()): Promise<string> =>
    (await buildBaseline(bench.database(), await bench.open([name]), bench.resources(), { ...OPTIONS, hints })).id;
  expect(await of('b.parquet')).toBe(await of('a.parquet'));
  expect(await of('a.parquet', new Map([['x', { role: 'label' as const }]]))).not.toBe(await of('a.parquet'));
});

it('too few rows to say is an answer, not a verdict', async () => {
  await bench.write('many.parquet', "SELECT i % 10 AS x, 'c' || (i % 3) AS c FROM range(1000) t(i)");
  await bench.write('twelve.parquet', "SELECT i + 500 AS x, 'other' AS c FROM range(12) t(i)");
  const baseline = await buildBaseline(bench.database(), await bench.open(['many.parquet']), bench.resources(), OPTIONS);
  const { report } = await checkBatch(bench.database(), await bench.open(['twelve.parquet']), baseline, bench.resources(), CHECK);
  expect(report.checks.find(({ id }) => id === 'drift/x')).toMatchObject({
    verdict: 'not_applicable',
    message: 'x: not enough rows to say (12, needs 30)',
  });
});
