import { expect, it } from 'vitest';
import type { AlertMessage } from '../../layers/quality/contract/alerts.ts';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { processObject } from '../../layers/quality/usecases/process-object.ts';
import { currentBaseline } from '../../layers/quality/usecases/renew-baseline.ts';
import { BUCKET, csvOf, DAY, HOUR, lab, labelsOf, rowsOf, SEEN } from './lab.ts';

const INPUT = 'monitors/m/baseline/input/';
const before = Array.from({ length: 48 }, (_, i) => rowsOf(DAY / HOUR - 48 + i, 40)).flat();
const data = csvOf(before, SEEN);
const CUT_OFF = 'PAR1 and no more';
const UNCLOSED = 'id,amount\n"1,2\n';

/** A monitor of windows, and people who listen. */
function cloud(monitor: object = {}) {
  const made = lab(monitor);
  const messages: AlertMessage[] = [];
  const notifier = {
    message: async (_: string, message: AlertMessage) => void messages.push(message),
    event: async () => {},
    measure: () => {},
  };
  const arrive = (key: string, body: string) => {
    made.put(key, body);
    const ref = { bucket: BUCKET, key, size: body.length, time: '2026-03-17T00:00:00Z' };
    return processObject({ ...made.deps(), notifier }, ref);
  };
  const reports = (): Report[] =>
    [...made.store.objects]
      .filter(([key]) => key.endsWith('/report.json'))
      .map(([, body]) => reportSchema.parse(JSON.parse(body.toString('utf8'))));
  return { ...made, arrive, reports, messages };
}

it('reference data that cannot be read is a report and a message, and the baseline is made of the rest', async () => {
  const made = cloud();
  made.put(`${INPUT}broken.csv`, CUT_OFF);
  expect(await made.arrive(`${INPUT}good.csv`, data)).toMatchObject({ status: 'baseline' });
  const uri = `s3://${BUCKET}/${INPUT}broken.csv`;
  expect(made.reports()).toMatchObject([
    {
      ...{ kind: 'batch', monitor: 'm', verdict: 'error', baseline: null, subject: { objects: [{ uri, rows: 0 }], rows: 0 } },
      findings: [{ id: `readable/${uri}`, severity: 'error' }],
      notes: ['It is reference data: the baseline is made without it.'],
    },
  ]);
  expect(made.messages.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^ERROR m: s3:\/\/b\/monitors\/m\/baseline\/input/)]);
  expect([...made.store.objects.keys()].filter((key) => key.startsWith('profiles/'))).toEqual([]);
});

it('is told once, however often the baseline is renewed', async () => {
  const made = cloud();
  await made.arrive(`${INPUT}broken.csv`, CUT_OFF);
  await made.arrive(`${INPUT}good.csv`, data);
  await made.arrive(`${INPUT}more.csv`, csvOf(rowsOf(DAY / HOUR - 50, 40), SEEN));
  expect([made.reports().length, made.messages.length]).toEqual([1, 1]);
});

it('of which nothing can be read leaves the baseline in force', async () => {
  const made = cloud();
  await made.arrive(`${INPUT}a.csv`, data);
  const { id } = (await currentBaseline(made.deps(), 'm'))!;
  expect(await made.arrive(`${INPUT}a.csv`, CUT_OFF)).toMatchObject({ status: 'reported', reports: [expect.any(String)] });
  expect((await currentBaseline(made.deps(), 'm'))!.id).toBe(id);
});

it.each([
  ['of no row of the reference data', labelsOf(rowsOf(1, 5)), /belong to none of these rows/],
  ['without a label', 'id,name\n1,Ada\n', /outcome/],
])('labels %s are a report, and the baseline is made without them', async (_, labels, says) => {
  const made = cloud();
  made.put(`${INPUT}a.csv`, data);
  expect(await made.arrive(`${INPUT}labels/a.csv`, labels)).toMatchObject({ status: 'baseline' });
  expect(made.reports().map(({ verdict }) => verdict)).toEqual(['error']);
  expect(made.reports()[0]!.findings[0]!.title).toMatch(says);
  expect((await currentBaseline(made.deps(), 'm'))!.outcomes?.plan.label ?? null).toBeNull();
});

it('a table of which no line can be read is a report with the first reason', async () => {
  const made = cloud();
  made.put(`${INPUT}broken.csv`, UNCLOSED);
  expect(await made.arrive(`${INPUT}a.csv`, data)).toMatchObject({ status: 'baseline' });
  expect(made.reports()[0]!.findings[0]!.title).toMatch(/none of its lines can be read; line 2: .*quote/);
});

it('labels beside reference data that has some already are a report', async () => {
  const made = cloud();
  made.put(`${INPUT}a.csv`, csvOf(before, [...SEEN, 'outcome']));
  await made.arrive(`${INPUT}labels/a.csv`, labelsOf(before));
  expect(made.reports()[0]!.findings[0]!.title).toContain('the records already have a column "outcome"');
  expect((await currentBaseline(made.deps(), 'm'))!.outcomes!.plan.label).toBe('outcome');
});
