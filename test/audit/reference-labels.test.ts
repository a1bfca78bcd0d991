import { expect, it } from 'vitest';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import { currentBaseline } from '../../layers/quality/usecases/renew-baseline.ts';
import { CAPTURES, captureOf, truthOf } from './capture-lab.ts';
import { csvOf, DAY, HOUR, lab, labelsOf, metricOf, type Row, rowsOf, SEEN } from './lab.ts';

const FIRST = DAY / HOUR;
const INPUT = 'monitors/m/baseline/input/';
const before: Row[] = Array.from({ length: 15 * 24 }, (_, i) => rowsOf(FIRST - 15 * 24 + i, 40)).flat();
const whole = csvOf(before, [...SEEN, 'outcome']);

const baselineOf = async ({ deps }: ReturnType<typeof lab>): Promise<Baseline> => (await currentBaseline(deps(), 'm'))!;

it('a table whose labels lie beside it makes the baseline that it makes with a label column', async () => {
  const [apart, together] = [lab(), lab()];
  await together.arrive(`${INPUT}a.csv`, whole);
  apart.put(`${INPUT}a.csv`, csvOf(before, SEEN));
  await apart.arrive(`${INPUT}labels/a.csv`, labelsOf(before));
  const [joined, expected] = [await baselineOf(apart), await baselineOf(together)];
  expect(expected.outcomes!.plan.label).not.toBeNull();
  expect([joined.outcomes!.plan, joined.outcomes!.outcomes]).toEqual([expected.outcomes!.plan, expected.outcomes!.outcomes]);
});

it('captures whose ground truth lies beside them are what accuracy and fairness are compared with', async () => {
  const made = lab(CAPTURES);
  made.put(`${INPUT}2026/03/a.jsonl`, captureOf(before));
  await made.arrive(`${INPUT}labels/2026/03/16/00/a.jsonl`, truthOf(before));
  const rows = rowsOf(FIRST + 3, 600, (row) => ({ ...row, outcome: row.prediction === '1' ? '0' : '1' }));
  await made.arrive('data/2026/03/16/03/a.jsonl', captureOf(rows));
  made.put('labels/2026/03/17/03/a.jsonl', truthOf(rows));
  const { report } = await made.audit(DAY + 3 * HOUR, DAY + 4 * HOUR);
  expect(metricOf(report, 'accuracy')).toBe(0);
  const judged = report.checks.filter(({ id, verdict }) => id.startsWith('performance/') && verdict === 'fail');
  expect(judged.length).toBeGreaterThan(0);
  expect(report.performance!.baseline).not.toBeNull();
});

it('labels that come after the reference data make another baseline of it, and the same labels in another file the same', async () => {
  const made = lab();
  const ids: string[] = [];
  const arrive = async (key: string, body: string): Promise<void> => {
    await made.arrive(key, body);
    ids.push((await baselineOf(made)).id);
  };
  await arrive(`${INPUT}a.csv`, csvOf(before, SEEN));
  await arrive(`${INPUT}labels/a.csv`, labelsOf(before.slice(0, 9000)));
  await arrive(`${INPUT}labels/b.csv`, labelsOf(before.slice(9000)));
  await arrive(`${INPUT}labels/c.csv`, labelsOf(before.slice(0, 100)));
  expect(new Set(ids).size).toBe(3);
  expect(ids[3]).toBe(ids[2]);
});

it('labels of a deployment are those beside its own reference data', async () => {
  const made = lab({ deployment: 'model-2' });
  made.put(`${INPUT}deployment=model-1/labels/a.csv`, 'this,is\nno,label\n');
  made.put(`${INPUT}labels/a.csv`, 'this,is\nno,label\n');
  made.put(`${INPUT}deployment=model-2/a.csv`, csvOf(before, SEEN));
  await made.arrive(`${INPUT}deployment=model-2/labels/a.csv`, labelsOf(before));
  expect((await baselineOf(made)).outcomes!.plan.label).toBe('outcome');
});
