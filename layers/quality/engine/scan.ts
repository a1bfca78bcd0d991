import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { allDone } from './all-done.ts';
import { Database, type DatabaseOptions } from './database.ts';
import { type Resources, workersFor } from './resources.ts';
import type { ScanPlan, ScanResult, StateSet } from './scan-plan.ts';
import { ROWS } from './scan-plan.ts';
import { type Task, tasksOf } from './split-plan.ts';
import { runTask, type TaskResult } from './task.ts';
import type { WorkerPlan } from './worker.ts';

/** What a worker needs to hash whole rows, for each column of them. */
const ROW_MB = 0.08;

/** Computes every state of a plan in one pass over each column. The same result whatever the number of workers. */
export async function scan(plan: ScanPlan, resources: Resources, bytes: number): Promise<ScanResult> {
  const able = Math.min(workersFor(resources, bytes), Math.max(1, Math.floor(resources.memoryMB / (ROW_MB * plan.source.columns.length))));
  // One less than workers: a second stream of blocks costs more processor time than it saves, and one of them counts all else. What a column comes to does not depend on it.
  const tasks = tasksOf(plan, Math.max(1, able - 1));
  const workers = Math.min(able, tasks.length);
  const options = (index: number): DatabaseOptions => {
    const scratch = join(resources.scratch, `worker-${index}`);
    mkdirSync(scratch, { recursive: true });
    return { scratch, memoryMB: Math.max(64, resources.memoryMB / workers), threads: 1, allowed: folders(plan.source.paths) };
  };
  const results =
    workers === 1 ? await runHere(plan, tasks, options(0), resources) : await runInWorkers(plan, tasks, workers, options, resources);
  return collect(results);
}

export const folders = (paths: string[]): string[] => [...new Set(paths.map((path) => dirname(path)))];

async function runHere(plan: ScanPlan, tasks: Task[], options: DatabaseOptions, { progress }: Resources): Promise<TaskResult[]> {
  const database = await Database.open(options);
  try {
    const results: TaskResult[] = [];
    for (const task of tasks) {
      results.push(await runTask(database, plan, task));
      progress?.(results.length, tasks.length);
    }
    return results;
  } finally {
    database.close();
  }
}

async function runInWorkers(
  plan: ScanPlan,
  tasks: Task[],
  count: number,
  options: (index: number) => DatabaseOptions,
  { workerFile, started, progress }: Resources,
): Promise<TaskResult[]> {
  const results: TaskResult[] = new Array(tasks.length);
  let [next, done] = [0, 0];
  const runOne = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = started?.pop() ?? new Worker(workerFile!);
      /** The others then begin nothing more. */
      const fail = (error: Error): void => {
        next = tasks.length;
        reject(error);
      };
      let failure: Error | null = null;
      worker.ref();
      worker.postMessage({ options: options(index), plan } satisfies WorkerPlan);
      let current = -1;
      const give = (): void => {
        current = next++;
        worker.postMessage(current < tasks.length ? tasks[current] : null);
      };
      worker.on('message', (message: { result?: TaskResult; error?: string }) => {
        if (message.error !== undefined) {
          failure = new Error(message.error);
          return void worker.terminate();
        }
        results[current] = message.result!;
        progress?.(++done, tasks.length);
        give();
      });
      worker.on('error', fail);
      worker.on('exit', (code) => (code === 0 ? resolve() : fail(failure ?? new Error(`engine: a worker ended with ${code}`))));
      give();
    });
  await allDone(Array.from({ length: count }, (_, index) => runOne(index)));
  return results;
}

function collect(results: TaskResult[]): ScanResult {
  const whole = new Map<string, StateSet>();
  const groups = new Map<number, Map<string, StateSet>>();
  for (const result of results) {
    for (const [name, set] of result.whole) whole.set(name, set);
    for (const [group, name, set] of result.groups) {
      let columns = groups.get(group);
      if (columns === undefined) groups.set(group, (columns = new Map()));
      columns.set(name, set);
    }
  }
  const rows = (whole.get(ROWS)?.tally as { rows: number } | undefined)?.rows ?? 0;
  return { rows, whole, groups, kept: results.find(({ kept }) => kept !== null)?.kept ?? null };
}
