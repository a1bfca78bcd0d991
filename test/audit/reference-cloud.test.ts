import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { type AssayCloud, DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import { clientOf, csvOf, DAY, HOUR, labelsOf, MONITOR, rowsOf, SEEN, scratchFolder } from './lab.ts';

const INPUT = 'monitors/m/baseline/input/';
const before = Array.from({ length: 48 }, (_, i) => rowsOf(DAY / HOUR - 48 + i, 40)).flat();

let cloud: AssayCloud;
let client: S3Client;
let store: Store;
beforeAll(async () => {
  cloud = await startAssayCloud({ directory: scratchFolder(), root: fileURLToPath(new URL('../..', import.meta.url)) });
  client = clientOf(cloud);
  store = createS3Store(client);
  await put('monitors/m/monitor.json', JSON.stringify({ ...MONITOR, input: { location: `s3://${DATA_BUCKET}/data/` } }));
  await put(`${INPUT}a.csv`, csvOf(before, SEEN));
  await cloud.idle();
}, 120_000);
afterAll(async () => {
  client?.destroy();
  await cloud?.close();
});

const put = (key: string, body: string): Promise<void> => store.create(DATA_BUCKET, key, Buffer.from(body), 'text/csv');
async function baseline() {
  const { id } = JSON.parse((await store.get(DATA_BUCKET, 'monitors/m/baseline/current.json'))!.body.toString('utf8'));
  return JSON.parse(gunzipSync((await store.get(DATA_BUCKET, `monitors/m/baseline/${id}/baseline.json.gz`))!.body).toString('utf8'));
}

it('labels that arrive beside reference data renew the baseline, with what became of its rows', async () => {
  const without = await baseline();
  await put(`${INPUT}labels/a.csv`, labelsOf(before));
  await cloud.idle();
  const withLabels = await baseline();
  expect([without.outcomes.plan.label, withLabels.outcomes.plan.label]).toEqual([null, 'outcome']);
  expect(withLabels.id).not.toBe(without.id);
});

it('reference data that cannot be read is in the list of reports, and people are told', async () => {
  await put(`${INPUT}b.parquet`, 'PAR1 and no more');
  await cloud.idle();
  const { reports } = (await (await fetch(`${cloud.apiUrl}/v1/monitors/m/reports`)).json()) as { reports: object[] };
  expect(reports).toMatchObject([{ kind: 'batch', verdict: 'error', rows: 0 }]);
  const [message] = readdirSync(join(cloud.outbox, 'messages'));
  expect(readFileSync(join(cloud.outbox, 'messages', message!), 'utf8')).toMatch(
    /^Subject: ERROR m: s3:\/\/assay\/monitors\/m\/baseline\/input\/b/m,
  );
  expect((await baseline()).outcomes.plan.label).toBe('outcome');
});
