import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { foldFolder, ROWS } from './fold-data.ts';

/** Profiles of 20 columns, read, folded and judged as one day: seconds and memory, in a process of its own. */
const PROFILES = Number(process.env.BENCH_PROFILES ?? 10_000);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = await foldFolder(PROFILES);
say(
  `${PROFILES.toLocaleString('en')} profiles of ${ROWS.toLocaleString('en')} rows × 20 columns, read, folded and judged (Node ${process.version})\n`,
);
say('| each request to the store | seconds | processor seconds | peak memory | rows | checks |\n|---|---|---|---|---|---|');
for (const latency of [0, 20]) {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'fold-audit.ts'), folder, String(latency)];
  const run = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const of = (value: number): string => value.toLocaleString('en');
  say(
    `| ${latency} ms | ${run.seconds.toFixed(1)} | ${run.cpuSeconds.toFixed(1)} | ${run.peakMB.toFixed(0)} MB | ${of(run.rows)} | ${run.checks}, ${run.verdict} |`,
  );
}
