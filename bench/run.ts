import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchFile, FLAGS, FOLDER, REFERENCE_ROWS } from './data.ts';
import { type Measured, measure, median } from './measure.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const MOST_ROWS = Number(process.env.BENCH_ROWS ?? 10_000_000);
const SIZES = [100_000, 1_000_000, 10_000_000].filter((rows) => rows <= MOST_ROWS);
const ASSAY = join(import.meta.dirname, '../bin/assay.js');
const DECODE = join(import.meta.dirname, 'decode.mjs');
const OUT = join(FOLDER, 'out');

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (value: number): string => `${value.toFixed(2)} s`;
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;

/** Accuracy and fairness have a bench of their own, `bench/outcomes.ts`. */
const ALONE = ['--problem', 'none'];

const checkArgs = (file: string, baseline: string, out: string): string[] => [
  ...[ASSAY, 'check', file, '--baseline', baseline, ...FLAGS, ...ALONE],
  ...['--quiet', '--fail-on', 'never', '--out', out],
];

interface Step {
  name: string;
  args: (run: number) => string[];
}

/** Every step once per run, in turn, so that a busy moment of the machine meets all of them. */
const interleaved = async (steps: Step[]): Promise<Record<string, Measured>> => {
  const measured: Record<string, Measured[]> = {};
  for (let run = 0; run < RUNS; run++) {
    for (const { name, args } of steps) (measured[name] ??= []).push(await measure(args(run)));
  }
  return Object.fromEntries(Object.entries(measured).map(([name, runs]) => [name, median(runs)]));
};

const makeBaseline = async (): Promise<string> => {
  const reference = await benchFile('reference', REFERENCE_ROWS, 1);
  const baseline = join(FOLDER, 'baseline');
  rmSync(baseline, { recursive: true, force: true });
  const made = await measure([ASSAY, 'baseline', reference, '--out', baseline, ...FLAGS, ...ALONE]);
  say(`baseline of ${REFERENCE_ROWS.toLocaleString('en')} rows: ${seconds(made.seconds)}, ${made.peakMB.toFixed(0)} MB`);
  return baseline;
};

const outOf = (rows: number, run: number): string => join(OUT, `${rows}-${run}`);

/** Whether the first two runs gave the same report; makes the second where there was only one. */
const sameReports = async (rows: number, file: string, baseline: string): Promise<string> => {
  if (RUNS < 2) await measure(checkArgs(file, baseline, outOf(rows, 1)));
  const [first, second] = [0, 1].map((run) => readFileSync(join(outOf(rows, run), 'report.json')));
  return first!.equals(second!) ? `same ${first!.length} bytes twice` : 'DIFFERENT';
};

const benchSize = async (rows: number, baseline: string | null): Promise<string[]> => {
  const file = await benchFile('rows', rows, 2);
  const steps: Step[] = [
    { name: 'decode', args: () => [DECODE, file] },
    { name: 'node', args: () => ['-e', '0'] },
  ];
  if (baseline) {
    steps.unshift({ name: 'check', args: (run) => checkArgs(file, baseline, outOf(rows, run)) });
    steps.push({ name: 'help', args: () => [ASSAY, '--help'] });
  }
  const { check, decode, node, help } = await interleaved(steps);
  const cells = [rows.toLocaleString('en'), seconds(decode!.seconds), seconds(node!.seconds)];
  if (!baseline || !check || !help) return [...cells, '–', '–', '–', '–', '–'];
  const ratio = (check.seconds - help.seconds) / (decode!.seconds - node!.seconds);
  const report = await sameReports(rows, file, baseline);
  return [...cells, seconds(help.seconds), seconds(check.seconds), `${check.peakMB.toFixed(0)} MB`, ratio.toFixed(2), report];
};

const main = async (): Promise<void> => {
  mkdirSync(FOLDER, { recursive: true });
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  say(`${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GB, Node ${process.version}, median of ${RUNS} runs`);
  const ready = existsSync(ASSAY);
  if (!ready) say('bin/assay.js is not there yet: decoding only');
  const baseline = ready ? await makeBaseline() : null;
  say(row(['rows', 'decode', 'node start', 'start-up', 'check', 'peak memory', '(check − start-up) / (decode − node)', 'report.json']));
  say(row(Array(8).fill('---')));
  for (const rows of SIZES) say(row(await benchSize(rows, baseline)));
  rmSync(OUT, { recursive: true, force: true });
};

await main();
