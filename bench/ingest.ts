import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBaseline, makeHours } from '../examples/credit-risk/data.ts';
import { createS3Store } from '../layers/quality/store/s3.ts';
import { DATA_BUCKET, startAssayCloud } from '../local/assay-cloud.ts';

/** Sizes of what is deployed, the function's cold start in clean processes, and the time from object to report, cold and warm. */
const root = join(import.meta.dirname, '..');
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const sizeOf = (path: string): number =>
  statSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : statSync(path).size;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

say('| part | size, unzipped |\n| --- | --- |');
for (const part of ['dist/functions/ingest', 'dist/layer', 'layers/duckdb/dist/arm64', 'layers/duckdb/dist/x64'])
  say(`| ${part} | ${existsSync(join(root, part)) ? megabytes(sizeOf(join(root, part))) : 'not built (npm run layers)'} |`);

interface Run {
  init: number;
  cold: number;
  warm: number;
}

async function once(): Promise<Run> {
  const directory = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const cloud = await startAssayCloud({ directory, root, concurrency: 1 });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: cloud.s3Url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
  });
  try {
    const store = createS3Store();
    const [first, second] = makeHours(1);
    const timed = async (key: string, body: string): Promise<number> => {
      const began = performance.now();
      await store.create(DATA_BUCKET, key, Buffer.from(body), 'application/x-ndjson');
      await cloud.idle();
      return performance.now() - began;
    };
    await store.create(
      DATA_BUCKET,
      'monitors/credit-risk/baseline/input/day.jsonl',
      Buffer.from(makeBaseline(1)[0]!.body),
      'application/x-ndjson',
    );
    await cloud.idle();
    const monitor = await import('../examples/credit-risk/monitor.json', { with: { type: 'json' } });
    await timed('monitors/credit-risk/monitor.json', JSON.stringify(monitor.default));
    const cold = await timed(first!.key, first!.body);
    return { init: cloud.initMilliseconds[0]!, cold, warm: await timed(second!.key, second!.body) };
  } finally {
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const runs: Run[] = [];
for (let run = 0; run < RUNS; run++) runs.push(await once());
say(`\nNode ${process.version}, median of ${RUNS} clean processes of 1,769 MB:`);
say(`cold start (process to handler ready)  ${median(runs.map(({ init }) => init)).toFixed(0)} ms`);
say(
  `object to report, about 850 rows       ${median(runs.map(({ cold }) => cold)).toFixed(0)} ms the first, ${median(runs.map(({ warm }) => warm)).toFixed(0)} ms the next`,
);
