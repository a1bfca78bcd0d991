import { expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { csvOf, DAY, HOUR, lab, reference, rowsOf, SEEN } from './lab.ts';

const WANTED = { checks: { freshness: { fail: 3600 } } };
const ageIn = ({ metrics, checks }: Report) => ({
  age: metrics.find(({ metric }) => metric === 'freshness_seconds')?.value,
  verdict: checks.find(({ id }) => id === 'freshness')?.verdict,
});
/** Rows of the second hour of the day. */
const rows = rowsOf(DAY / HOUR + 1, 100);
const newest = Math.max(...rows.map(({ at }) => Date.parse(at)));

it('the newest row of a window is as old as the window lasts after it', async () => {
  const cloud = lab(WANTED);
  await cloud.arrive('monitors/m/baseline/input/reference.csv', reference());
  await cloud.arrive('data/a.csv', csvOf(rows, SEEN));
  const [short, long] = [await cloud.audit(DAY, DAY + 2 * HOUR), await cloud.audit(DAY, DAY + 6 * HOUR)];
  expect(ageIn(short.report)).toEqual({ age: (DAY + 2 * HOUR - newest) / 1000, verdict: 'pass' });
  expect(ageIn(long.report)).toEqual({ age: (DAY + 6 * HOUR - newest) / 1000, verdict: 'fail' });
});

it('that of an object as long as it was written after it', async () => {
  const cloud = lab({ ...WANTED, report: 'object' });
  await cloud.arrive('data/a.csv', csvOf(rows, SEEN));
  const { lastModified } = (await cloud.store.head('b', 'data/a.csv'))!;
  const [, body] = [...cloud.store.objects].find(([key]) => /^reports\/.*\/batch-.*report\.json$/.test(key))!;
  const { age, verdict } = ageIn(JSON.parse(body.toString('utf8')) as Report);
  expect(age).toBe((lastModified.getTime() - newest) / 1000);
  expect(verdict).toBe(Number(age) > 3600 ? 'fail' : 'pass');
});

it('and nobody asked, there is neither', async () => {
  const cloud = lab();
  await cloud.arrive('data/a.csv', csvOf(rows, SEEN));
  expect(ageIn((await cloud.audit(DAY, DAY + 2 * HOUR)).report)).toEqual({ age: undefined, verdict: undefined });
});
