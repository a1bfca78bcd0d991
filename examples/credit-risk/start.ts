import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Report } from '../../layers/quality/contract/report.ts';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import { BASELINE_PREFIX, type HourBatch, makeBaseline, makeHours } from './data.ts';
import { makeLabels } from './labels.ts';

/**
 * The main job on this machine: the embedded cloud, a baseline of 30 days, 24 hours of a model's captured predictions, six of them
 * in trouble; what the reports say of each hour; then the labels, which come late.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = join(root, '.assay/start');
const SEED = 20260701;
/** When the law of outcomes is another one: see CONCEPT_DRIFT in data.ts. */
const DRIFTED = { from: '2026-07-01T16:00:00Z', to: '2026-07-02T00:00:00Z' };
const say = (text = ''): void => void process.stdout.write(`${text}\n`);

async function start(): Promise<void> {
  const began = performance.now();
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const logs: string[] = [];
  const cloud = await startAssayCloud({ directory, root, log: (line) => logs.push(line) });
  try {
    useEndpoint(cloud.s3Url);
    const store = createS3Store();
    const put = (key: string, body: string | Buffer): Promise<void> =>
      store.create(DATA_BUCKET, key, Buffer.from(body), 'application/octet-stream');
    say(`The embedded cloud is at ${cloud.s3Url}, its bucket in ${relative(process.cwd(), directory)}/${DATA_BUCKET}`);
    await put('monitors/credit-risk/monitor.json', readFileSync(join(root, 'examples/credit-risk/monitor.json')));
    const reference = makeBaseline(SEED).map(({ body }) => body);
    await put(`${BASELINE_PREFIX}/june.jsonl.gz`, gzipSync(reference.join('')));
    await cloud.idle();
    if ((await store.head(DATA_BUCKET, 'monitors/credit-risk/baseline/current.json')) === null)
      throw new Error(`no baseline was made\n${logs.join('\n')}`);
    say(`A baseline of 30 days is in force after ${seconds(began)}; 24 hours of captured predictions arrive …\n`);
    const hours = makeHours(SEED);
    for (const { key, body } of hours) await put(key, body);
    await cloud.idle();
    await tell(store, hours);
    await lateLabels(store);
    await cloud.idle();
    const { audited } = await cloud.audit({ monitor: 'credit-risk', from: DRIFTED.from, to: DRIFTED.to });
    await tellAudit(store, audited[0]!.report);
    tellAlert(cloud.outbox);
    await askApi(cloud.apiUrl);
    const dead = cloud.deadLetters().length;
    say(`\n24 objects, ${dead} dead letters, ${seconds(began)} in all.`);
    if (dead > 0) throw new Error(`objects could not be processed:\n${logs.join('\n')}`);
  } finally {
    await cloud.close();
  }
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** The SDK finds the embedded S3 the way it finds the real one. */
function useEndpoint(url: string): void {
  process.env.AWS_ENDPOINT_URL_S3 = url;
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  process.env.AWS_REGION = 'us-east-1';
}

async function tell(store: Store, hours: HourBatch[]): Promise<void> {
  const found = (await store.list(DATA_BUCKET, 'reports/credit-risk/')).filter(({ key }) => key.endsWith('/report.json'));
  const reports = await Promise.all(
    found.map(async ({ key }) => ({ key, report: JSON.parse((await store.get(DATA_BUCKET, key))!.body.toString('utf8')) as Report })),
  );
  let page = '';
  for (const { key: object, hour, rows, trouble } of hours) {
    const entry = reports.find(({ report }) => report.subject.objects.some(({ uri }) => uri.endsWith(object)));
    if (entry === undefined) throw new Error(`no report on ${object}`);
    const { report, key } = entry;
    const html = join(directory, DATA_BUCKET, key.replace(/json$/, 'html'));
    if (report.verdict === 'fail' && page === '') page = html;
    const first = report.findings[0]?.title ?? '';
    say(
      `  ${String(hour).padStart(2, '0')}:00  ${String(rows).padStart(5)} rows  ${report.verdict.toUpperCase().padEnd(5)} ${first}${trouble === null ? '' : `   [planted: ${trouble.title}]`}`,
    );
  }
  say(`\nThe first failing hour as a page: ${relative(process.cwd(), page)}`);
}

/** A day later what became of the loans is known: ground truth arrives, a file every six hours. */
async function lateLabels(store: Store): Promise<void> {
  const files = makeLabels(SEED);
  for (const { key, body } of files) await store.create(DATA_BUCKET, key, Buffer.from(body), 'application/x-ndjson');
  const records = files.reduce((sum, { body }) => sum + body.split('\n').length - 1, 0);
  say(`\nLabels arrive a day later: ${records.toLocaleString('en-US')} ground-truth records in ${files.length} files.`);
}

/** The same through the HTTP API, as another program would ask. */
async function askApi(url: string): Promise<void> {
  const path = '/v1/monitors/credit-risk/reports?kind=window&verdict=fail&limit=1';
  const { reports } = (await (await fetch(url + path)).json()) as { reports: { summary: string; href: string }[] };
  say(`\nGET ${url}${path}\n  ${reports[0]!.href}: ${reports[0]!.summary}`);
}

/** What people were told meanwhile, and the last message, that of the audit, as it came. */
function tellAlert(outbox: string): void {
  const count = (kind: string): number => readdirSync(join(outbox, kind)).length;
  const last = readFileSync(join(outbox, 'messages', readdirSync(join(outbox, 'messages')).sort().at(-1)!), 'utf8').trimEnd();
  say(
    `\nPeople got ${count('messages')} messages, programs ${count('events')} events: ${relative(process.cwd(), outbox)}. The last message:`,
  );
  for (const line of last.split('\n')) say(`  | ${line}`);
}

/** What the labels showed: findings about the model, in the hours whose outcomes changed with the inputs as they were. */
async function tellAudit(store: Store, key: string): Promise<void> {
  const report = JSON.parse((await store.get(DATA_BUCKET, key))!.body.toString('utf8')) as Report;
  const about = new Set(report.checks.filter(({ factor }) => factor === 'accuracy').map(({ id }) => id));
  const { labelled, all } = report.performance!.rows;
  say(
    `The hours from 16:00 are audited with them (${labelled.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} rows labelled): ${report.verdict.toUpperCase()}`,
  );
  for (const { title, severity } of report.findings.filter(({ checks }) => checks.some((id) => about.has(id))).slice(0, 3))
    say(`  ${severity.toUpperCase().padEnd(5)} ${title}`);
  say(`  [planted: half of the capital's good risks no longer repay; the coast reports outcomes seldom]`);
  say(`  ${relative(process.cwd(), join(directory, DATA_BUCKET, key.replace(/json$/, 'html')))}`);
}

try {
  await start();
} catch (error) {
  process.stderr.write(`start: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
