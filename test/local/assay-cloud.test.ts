import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import type { Delivery } from '../../local/queue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const START = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;

/** A plain table as CSV: an amount, a colour, an id and a time, `rows` of them in each of some hours. */
function csv(
  firstHour: number,
  hours: number,
  rows: number,
  change: (row: { amount: number; colour: string }, i: number) => void = () => {},
): Buffer {
  const lines = ['id,time,amount,colour'];
  for (let hour = firstHour; hour < firstHour + hours; hour++)
    for (let i = 0; i < rows; i++) {
      const seed = Math.imul(hour * 7919 + i + 1, 2654435761) >>> 0;
      const row = { amount: ((seed % 10007) / 10007) * 100, colour: ['red', 'green', 'blue'][(seed >>> 8) % 3]! };
      change(row, i);
      lines.push(`${hour}-${i},${new Date(START + hour * HOUR + (i * HOUR) / rows).toISOString()},${row.amount.toFixed(3)},${row.colour}`);
    }
  return Buffer.from(`${lines.join('\n')}\n`);
}

const monitor = {
  schema: 'assay.monitor/1',
  monitor: 'plain',
  input: { location: `s3://${DATA_BUCKET}/data/` },
  columns: { id: { role: 'id' }, time: { role: 'time' } },
};

const objects: Record<string, Buffer> = {
  'data/00.csv': csv(100, 1, 400),
  'data/a+b c%20ü.csv': csv(101, 1, 400, (row) => void (row.amount *= 100)),
  'data/02.csv': csv(102, 2, 300, (row, i) => void (i % 3 === 0 && (row.colour = 'RED'))),
  'data/broken.parquet': Buffer.from('PAR1 this is no Parquet file'),
};

async function run(
  deliver?: Delivery,
): Promise<{ files: Map<string, string>; dead: number; reports: Report[]; starts: readonly number[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'assay-cloud-'));
  folders.push(directory);
  const cloud = await startAssayCloud({ directory, root, ...(deliver === undefined ? {} : { deliver }) });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new S3Client({ endpoint: cloud.s3Url, forcePathStyle: true, region: 'us-east-1', credentials });
  try {
    const store = createS3Store(client);
    const put = (key: string, body: Buffer): Promise<void> => store.create(DATA_BUCKET, key, body, 'text/csv');
    await put('monitors/plain/monitor.json', Buffer.from(JSON.stringify(monitor)));
    await put('monitors/plain/baseline/input/reference.csv', csv(0, 30, 200));
    await cloud.idle();
    for (const [key, body] of Object.entries(objects)) await put(key, body);
    await cloud.idle();
    const files = await everything(store);
    const reports = [...files]
      .filter(([key]) => key.endsWith('report.json'))
      .map(([, body]) => JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as Report);
    return { files, dead: cloud.deadLetters().length, reports, starts: cloud.initMilliseconds };
  } finally {
    client.destroy();
    await cloud.close();
  }
}

async function everything(store: Store): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const { key } of await store.list(DATA_BUCKET, '')) {
    if (key.startsWith('data/') || key.startsWith('monitors/')) continue;
    files.set(key, (await store.get(DATA_BUCKET, key))!.body.toString('base64'));
  }
  return files;
}

describe('the embedded cloud with the deployed function', () => {
  it('gives the same bytes when every event is delivered twice and out of order', async () => {
    const plain = await run();
    const disturbed = await run({ copies: 2, shuffleMilliseconds: 200, seed: 7 });
    // A file that cannot be read has no event time: its report is filed under its arrival, and compared by content.
    const timed = ({ files }: typeof plain): [string, string][] => [...files].filter(([key]) => /2026.03.0/.test(key));
    expect(timed(disturbed)).toEqual(timed(plain));
    expect(timed(plain).filter(([key]) => key.startsWith('profiles/'))).toHaveLength(4);
    const broken = ({ reports }: typeof plain): Report[] => reports.filter(({ verdict }) => verdict === 'error');
    expect(broken(disturbed)).toEqual(broken(plain));
    expect([plain.dead, disturbed.dead]).toEqual([0, 0]);
    const verdicts = Object.fromEntries(
      plain.reports.map(({ subject, verdict, findings }) => [subject.objects[0]!.uri.split('/').pop(), [verdict, findings[0]?.cause]]),
    );
    expect(verdicts).toEqual({
      '00.csv': ['pass', undefined],
      'a+b c%20ü.csv': ['fail', 'unit_change'],
      '02.csv': ['fail', 'category_new'],
      'broken.parquet': ['error', 'unknown'],
    });
    expect(Math.min(...plain.starts)).toBeGreaterThan(0);
  }, 120_000);
});
