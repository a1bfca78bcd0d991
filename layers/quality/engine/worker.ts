import { parentPort } from 'node:worker_threads';
import { Database, type DatabaseOptions } from './database.ts';
import type { ScanPlan } from './scan-plan.ts';
import type { Task } from './split-plan.ts';
import { runTask } from './task.ts';

export interface WorkerPlan {
  options: DatabaseOptions;
  plan: ScanPlan;
}

/** A worker thread: told its plan first, then one task after another until told to stop; its own single-threaded DuckDB. */
let planned: { plan: ScanPlan; opening: Promise<Database> } | undefined;
const port = parentPort;
port?.on('message', async (message: WorkerPlan | Task | null) => {
  try {
    if (message !== null && 'plan' in message) {
      planned = { plan: message.plan, opening: Database.open(message.options) };
      planned.opening.catch(() => {}); // the first task throws it
      return;
    }
    const { plan, opening } = planned!;
    const database = await opening;
    if (message === null) {
      database.close();
      port.close();
      return;
    }
    port.postMessage({ result: await runTask(database, plan, message) });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
