import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measured {
  seconds: number;
  /** Of all its threads; NaN where GNU time is not there. */
  cpuSeconds: number;
  peakMB: number;
}

const GNU_TIME = '/usr/bin/time';

const wait = (command: string, args: string[], watch: (pid: number) => () => void): Promise<number> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const stop = watch(child.pid ?? 0);
    let errors = '';
    child.stderr.on('data', (data) => (errors += data));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      stop();
      if (code === 0) resolve(seconds);
      else reject(new Error(`${command} ${args.join(' ')}: exit ${code}\n${errors}`));
    });
  });

const viaTime = async (command: string, args: string[]): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const file = join(folder, 'rss');
  try {
    const seconds = await wait(GNU_TIME, ['-f', '%M %U %S', '-o', file, command, ...args], () => () => {});
    const [peak, user, system] = readFileSync(file, 'utf8').trim().split(' ').map(Number) as [number, number, number];
    return { seconds, cpuSeconds: user + system, peakMB: peak / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const viaProc = async (command: string, args: string[]): Promise<Measured> => {
  let peak = 0;
  const seconds = await wait(command, args, (pid) => {
    const status = `/proc/${pid}/status`;
    const look = () => {
      if (existsSync(status)) peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0));
    };
    const timer = setInterval(look, 10);
    return () => clearInterval(timer);
  });
  return { seconds, cpuSeconds: Number.NaN, peakMB: peak / 1024 };
};

/** Runs Node, or another command, in a fresh process: wall and processor seconds, and peak memory. */
export const measure = (args: string[], command = process.execPath): Promise<Measured> =>
  existsSync(GNU_TIME) ? viaTime(command, args) : viaProc(command, args);

const middle = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

export const median = (runs: Measured[]): Measured => ({
  seconds: middle(runs.map(({ seconds }) => seconds)),
  cpuSeconds: middle(runs.map(({ cpuSeconds }) => cpuSeconds)),
  peakMB: middle(runs.map(({ peakMB }) => peakMB)),
});
