import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../layers/quality/contract/errors.ts';
import type { SourceFile } from '../layers/quality/dataset/open-dataset.ts';
import { Database } from '../layers/quality/engine/database.ts';
import type { Resources } from '../layers/quality/engine/resources.ts';
import { progressOn } from './progress.ts';

/** A scratch folder for one command, removed when it ends, however it ends. */
export async function withScratch<T>(use: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
  const clean = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once('exit', clean);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  try {
    return await use(scratch);
  } finally {
    clean();
    process.removeListener('exit', clean);
  }
}

export interface ResourceFlags {
  memory?: string;
  threads?: string;
  quiet?: boolean;
}

const MEMORY_MB = 768;

export function resourcesOf(flags: ResourceFlags, scratch: string): Resources {
  const memoryMB = positive('--memory', flags.memory) ?? MEMORY_MB;
  const workers = positive('--threads', flags.threads) ?? availableParallelism();
  const workerFile = builtFile('worker.js');
  const progress = progressOn(process.stderr, flags.quiet === true);
  return { scratch, memoryMB, workers, ...(workerFile !== undefined && { workerFile }), ...(progress && { progress }) };
}

/** A built script beside this one; undefined where there is none. */
export function builtFile(name: string): string | undefined {
  const file = fileURLToPath(new URL(`./${name}`, import.meta.url));
  return existsSync(file) ? file : undefined;
}

function positive(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`${flag}: expected a whole number above 0, got "${text}"`);
  return value;
}

/** A database that may read the input files' folders and nothing else. */
export const openFor = (files: SourceFile[], resources: Resources): Promise<Database> =>
  Database.open({
    scratch: resources.scratch,
    memoryMB: resources.memoryMB,
    threads: resources.workers,
    allowed: [...new Set(files.map(({ path }) => dirname(path)))],
  });

/**
 * Writes a set of files as one: under a temporary name, then renamed, so that nothing half written is ever seen. Of files that are not always written
 * none is left from before.
 */
export function writeFolder(folder: string, files: Record<string, string | Uint8Array>, sometimes: readonly string[] = []): void {
  const target = resolve(folder);
  let temporary: string | undefined;
  try {
    mkdirSync(dirname(target), { recursive: true });
    temporary = mkdtempSync(join(existsSync(target) ? target : dirname(target), `.${basename(target)}-`));
    chmodSync(temporary, 0o777 & ~process.umask());
    for (const [name, content] of Object.entries(files)) writeFileSync(join(temporary, name), content);
    if (!existsSync(target)) renameSync(temporary, target);
    else {
      for (const name of sometimes) if (!(name in files)) rmSync(join(target, name), { force: true });
      for (const name of readdirSync(temporary)) renameSync(join(temporary, name), join(target, name));
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`--out: cannot write to ${folder}: ${code ?? message}`);
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}
