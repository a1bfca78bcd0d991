import { expect, it } from 'vitest';
import { csvOf, DAY, HOUR, lab, labelsOf, reference, rowsOf, SEEN, verdictOf } from './lab.ts';

const FIRST = DAY / HOUR;
const INPUT = 'monitors/m/baseline/input/';
const shifted = rowsOf(FIRST + 3, 300, (row) => ({ ...row, amount: row.amount * 100 }));
const window = [DAY + 3 * HOUR, DAY + 5 * HOUR] as const;

/** Two hours of one object that came before the reference data, and labels of them. */
async function early(monitor: object = {}) {
  const made = lab(monitor);
  await made.arrive('data/a.csv', csvOf([...shifted, ...rowsOf(FIRST + 4, 300)], SEEN));
  await made.arrive(`${INPUT}a.csv`, reference());
  made.put('labels/2026/03/17/03/a.csv', labelsOf(shifted));
  return made;
}

it('what was profiled before there was a baseline is not judged for drift, and the report says why and what helps', async () => {
  const { report } = await (await early()).audit(...window);
  expect(verdictOf(report, 'drift/amount')).toBeUndefined();
  expect(report.notes.join(' ')).toMatch(
    /1 object \(600 rows\) were profiled at other cuts .* They came before it; processed again \(assay audit --backfill\)/,
  );
});

it('is judged with the rest when it is processed again', async () => {
  const made = await early();
  await made.arrive('data/a.csv');
  expect(made.logs).toContain('object was profiled at other cuts: it is profiled again');
  const { report } = await made.audit(...window);
  expect(verdictOf(report, 'drift/amount')).toBe('fail');
  expect(report.notes.join(' ')).not.toContain('other cuts');
  expect(report).toMatchObject({ subject: { rows: 600, objects: [{ rows: 600 }] }, performance: { rows: { all: 600, labelled: 300 } } });
});

it('once: what is at the cuts of the baseline is left as it is', async () => {
  const made = await early();
  await made.arrive('data/a.csv');
  const before = new Map(made.store.objects);
  await made.arrive('data/a.csv');
  expect(made.store.objects).toEqual(before);
});

it('has the report that it would have had, where objects are judged', async () => {
  const [late, inTime] = [await early({ report: 'object' }), lab({ report: 'object' })];
  await inTime.arrive(`${INPUT}a.csv`, reference());
  await late.arrive('data/a.csv');
  await inTime.arrive('data/a.csv', late.store.objects.get('data/a.csv')!.toString());
  for (const [key, body] of inTime.store.objects) expect([key, late.store.objects.get(key)?.equals(body)]).toEqual([key, true]);
});
