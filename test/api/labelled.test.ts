import { expect, it } from 'vitest';
import { reportSchema } from '../../layers/quality/contract/report.ts';
import { BUCKET, followed, HOUR, lab, START } from './lab.ts';

const MONITOR = {
  schema: 'assay.monitor/1',
  monitor: 'scored',
  ...{ problem: 'binary', positive: ['1'], report: 'window' },
  input: { location: `s3://${BUCKET}/scored/` },
  labels: { location: `s3://${BUCKET}/labels/scored/` },
  columns: {
    id: { role: 'id', type: 'text' },
    at: { role: 'time', type: 'time' },
    score: { role: 'score', type: 'number' },
    prediction: { role: 'prediction', type: 'category' },
    outcome: { role: 'label', type: 'category' },
  },
};
const ROWS = 400;
const at = 220 * HOUR + START;
const scoreOf = (i: number): number => ((i * 7919) % 997) / 997;
const records = [
  'id,at,score,prediction',
  ...Array.from({ length: ROWS }, (_, i) => [i, new Date(at + i * 1000).toISOString(), scoreOf(i), scoreOf(i) > 0.5 ? 1 : 0].join(',')),
];
const outcomes = ['id,outcome', ...Array.from({ length: ROWS }, (_, i) => `${i},${scoreOf(i) > 0.6 ? 1 : 0}`)];

it('labels that come through the API are what the next audit measures accuracy by', async () => {
  const { put, arrive, ask } = lab();
  put('monitors/scored/monitor.json', JSON.stringify(MONITOR));
  await arrive('scored/hour.csv', records.join('\n'));
  const audit = async () => {
    const body = JSON.stringify({ from: new Date(at).toISOString(), to: new Date(at + HOUR).toISOString() });
    const answer = await ask('POST', '/v1/monitors/scored/audits', { body, headers: { 'content-type': 'application/json' } });
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    const { path, query } = followed(answer.headers.location!);
    return reportSchema.parse((await ask('GET', path, { query })).json);
  };
  const accuracyOf = ({ metrics }: Awaited<ReturnType<typeof audit>>) => metrics.find(({ metric }) => metric === 'accuracy')?.value;
  const before = await audit();
  expect(accuracyOf(before)).toBeUndefined();
  const labels = await ask('POST', '/v1/monitors/scored/labels', { body: outcomes.join('\n'), headers: { 'content-type': 'text/csv' } });
  expect([labels.status, labels.json.labels]).toEqual([201, ROWS]);
  const after = await audit();
  expect(after.id).not.toBe(before.id);
  const wrong = Array.from({ length: ROWS }, (_, i) => scoreOf(i)).filter((score) => score > 0.5 && score <= 0.6).length;
  expect(accuracyOf(after)).toBeCloseTo(1 - wrong / ROWS, 12);
  const points = await ask('GET', '/v1/monitors/scored/metrics', { query: { metric: 'accuracy' } });
  const plain = points.json.points.filter(({ parameters }: { parameters: object }) => Object.keys(parameters).length === 0);
  expect(plain.map(({ report }: { report: string }) => report)).toEqual([after.id]);
});
