import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { type AssayCloud, DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import { clientOf, csvOf, DAY, HOUR, labelsOf, MONITOR, metricOf, reference, rowsOf, SEEN, scratchFolder } from './lab.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FIRST = DAY / HOUR;
const iso = (time: number): string => new Date(time).toISOString();
const monitor = {
  ...MONITOR,
  input: { location: `s3://${DATA_BUCKET}/data/` },
  labels: { location: `s3://${DATA_BUCKET}/labels/`, delay: 'P1D' },
  windows: ['1h', '1d'],
};

let cloud: AssayCloud;
let client: S3Client;
let store: Store;
beforeAll(async () => {
  cloud = await startAssayCloud({ directory: scratchFolder(), root });
  client = clientOf(cloud);
  store = createS3Store(client);
  await put('monitors/m/monitor.json', JSON.stringify(monitor));
  await put('monitors/m/baseline/input/reference.csv', reference());
  await cloud.idle();
  for (const h of [0, 1, 2]) {
    const change = h === 1 ? { unit: 100 } : { unit: 1 };
    await put(
      `data/0${h}.csv`,
      csvOf(
        rowsOf(FIRST + h, 150, (row) => ({ ...row, amount: row.amount * change.unit })),
        SEEN,
      ),
    );
  }
  await put('labels/2026/03/17/00/x.csv', labelsOf([0, 1].flatMap((h) => rowsOf(FIRST + h, 150))));
  await cloud.idle();
}, 120_000);
afterAll(async () => {
  client?.destroy();
  await cloud?.close();
});

const put = (key: string, body: string): Promise<void> => store.create(DATA_BUCKET, key, Buffer.from(body), 'text/csv');
const reportAt = async (key: string): Promise<Report> =>
  reportSchema.parse(JSON.parse((await store.get(DATA_BUCKET, key))!.body.toString('utf8')));

/** Reports on windows of an hour, by key. */
async function windowReports(): Promise<Map<string, Report>> {
  const found = (await store.list(DATA_BUCKET, 'reports/m/')).filter(({ key }) => /\/window-\w+\/report\.json$/.test(key));
  const reports = await Promise.all(found.map(async ({ key }) => [key, await reportAt(key)] as const));
  return new Map(reports.filter(([, { subject }]) => Date.parse(subject.to!) - Date.parse(subject.from!) === HOUR));
}

function assay(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = {
    ...{ PATH: process.env.PATH, AWS_ENDPOINT_URL_S3: cloud.s3Url, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`${root}bin/assay.js`, ...args], { env });
    const run = { status: null as number | null, stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (run.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (run.stderr += data.toString()));
    child.on('close', (status) => resolve({ ...run, status }));
  });
}

describe('the deployed audit in the embedded cloud', () => {
  it('judges a window when it is asked for', async () => {
    const { audited } = await cloud.audit({ monitor: 'm', from: iso(DAY), to: iso(DAY + 3 * HOUR) });
    expect(audited).toMatchObject([{ monitor: 'm', from: iso(DAY), to: iso(DAY + 3 * HOUR), verdict: 'fail' }]);
    const report = await reportAt(audited[0]!.report);
    expect(report).toMatchObject({ kind: 'window', subject: { rows: 450 }, performance: { rows: { all: 450, labelled: 300 } } });
    expect(report.findings[0]).toMatchObject({ columns: ['amount'] });
    expect(metricOf(report, 'accuracy')).toBeGreaterThan(0.6);
  });

  it('judges what is due at a time, each window by a call of its own, and the same bytes when it is asked again', async () => {
    const at = new Date(DAY + 2 * HOUR + 15 * 60_000);
    await put('monitors/broken/monitor.json', JSON.stringify({ ...monitor, monitor: 'broken', windows: ['1w'] }));
    await cloud.idle();
    cloud.askAt(at);
    await cloud.idle();
    const windows = await windowReports();
    expect([...windows].map(([key, report]) => [key.slice(0, 31), report.subject.to, report.verdict])).toEqual([
      ['reports/m/2026/03/15/01/window-', iso(DAY - 22 * HOUR), 'pass'],
      ['reports/m/2026/03/16/01/window-', iso(DAY + 2 * HOUR), 'fail'],
    ]);
    expect([...windows.values()][1]!.findings[0]).toMatchObject({ cause: 'unit_change', columns: ['amount'] });
    expect(cloud.auditDeadLetters().map(({ body, receives }) => [body, receives])).toEqual([
      [`{"time":"${at.toISOString()}","monitor":"broken"}`, 5],
    ]);
    cloud.askAt(at);
    await cloud.idle();
    expect(await windowReports()).toEqual(windows);
  });

  it('answers who asks what is due of a monitor', async () => {
    const { audited } = await cloud.audit({ monitor: 'm', time: iso(DAY + 2 * HOUR + 15 * 60_000) });
    expect(audited.map(({ report }) => report)).toEqual([...(await windowReports()).keys()]);
  });

  it('fails an event that it cannot understand, and a monitor that is not there, in words', async () => {
    await expect(cloud.audit({ monitor: 'm', from: 'yesterday', to: 'today' })).rejects.toThrow(/audit event is malformed: .*from/);
    await expect(cloud.audit({ monitor: 'none', time: iso(DAY) })).rejects.toThrow(/no monitor "none"/);
  });
});

describe('assay audit', () => {
  const window = ['--from', iso(DAY), '--to', iso(DAY + 3 * HOUR)];

  it('prints the report of the window, the one the function wrote', async () => {
    const { audited } = await cloud.audit({ monitor: 'm', from: iso(DAY), to: iso(DAY + 3 * HOUR) });
    const { status, stdout, stderr } = await assay('audit', '--monitor', 'm', ...window);
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'assay: labels joined, monitor m, files 1, labels 300, matched 300\n' });
    expect(stdout).toMatch(/\nFAIL {2}/);
    expect(stdout).toContain(`report: s3://assay/${audited[0]!.report.replace(/json$/, 'html')}`);
  });

  it('writes where it is told, and takes its exit status from --fail-on', async () => {
    const { status, stdout } = await assay('audit', '--monitor', 'm', ...window, '--fail-on', 'never', '--format', 'json', '--quiet');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it.each([
    [['--monitor', 'none', ...window], /^assay: audit: no monitor "none": s3:\/\/assay\/monitors\/none\/monitor\.json is not there\n$/],
    [['--monitor', 'm', '--bucket', 'nowhere', ...window], /^assay: s3:\/\/nowhere: The specified bucket does not exist/],
    [['--monitor', 'm', '--from', 'noon', '--to', '2026-03-17'], /^assay: --from: expected a time as 2026-07-01/],
    [['--monitor', 'm', '--from', '2026-03-16T00:30:00Z', '--to', '2026-03-17'], /^assay: audit: expected a window of whole hours/],
  ])('%j ends with 2 and one message', async (args, message) => {
    const { status, stdout, stderr } = await assay('audit', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
