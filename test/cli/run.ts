import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { Database, quoteText } from '../../layers/quality/engine/database.ts';

const SCRIPT = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));

export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A folder, files in it, and the built command line run there as a user would. */
export function terminal() {
  const root = mkdtempSync(join(tmpdir(), 'assay-cli-'));
  const scratch = join(root, 'tmp');
  mkdirSync(scratch);
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const path = (name: string): string => join(root, name);
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  };
  const parquet = async (files: Record<string, string>): Promise<void> => {
    const database = await Database.open({ scratch: root, memoryMB: 128, threads: 1, allowed: [] });
    for (const [name, sql] of Object.entries(files)) {
      mkdirSync(dirname(path(name)), { recursive: true });
      await database.run(`COPY (${sql}) TO ${quoteText(path(name))} (FORMAT parquet)`);
    }
    database.close();
  };
  const assay = (...args: string[]): Promise<Run> =>
    new Promise((resolve, reject) => {
      const env = { PATH: process.env.PATH, HOME: root, TMPDIR: scratch, ASSAY_TEST: '1' };
      const child = spawn(process.execPath, [SCRIPT, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 50_000 });
      const run: Run = { status: null, stdout: '', stderr: '' };
      child.stdout.on('data', (data: Buffer) => (run.stdout += data.toString()));
      child.stderr.on('data', (data: Buffer) => (run.stderr += data.toString()));
      child.on('error', reject);
      child.on('close', (status) => resolve({ ...run, status }));
    });
  return { root, scratch, path, write, parquet, assay };
}

/** A table of `rows` as CSV: an id, numbers, categories, a truth value, a time every ten minutes. Deterministic. */
export function tableOf(rows: number, change: (row: Record<string, string>, i: number) => Record<string, string> = (row) => row): string[] {
  const lines = Array.from({ length: rows }, (_, i) => {
    const noise = (step: number): number => ((i * step) % 997) / 997;
    const row: Record<string, string> = {
      id: `r-${i}`,
      income: (20_000 + 60_000 * noise(389) ** 2).toFixed(2),
      age: String(18 + Math.floor(60 * noise(211))),
      channel: ['web', 'branch', 'phone', 'agent'][Math.floor(4 * noise(127) ** 1.5)]!,
      member: noise(613) < 0.3 ? 'true' : 'false',
      at: new Date(Date.UTC(2026, 9, 1) + i * 600_000).toISOString(),
    };
    return change(row, i);
  });
  return [Object.keys(lines[0]!).join(','), ...lines.map((row) => Object.values(row).join(','))];
}

export const text = (lines: string[]): string => `${lines.join('\n')}\n`;
