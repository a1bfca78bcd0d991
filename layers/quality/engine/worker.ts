import { parentPort, workerData } from 'node:worker_threads';
import { Database, type DatabaseOptions } from './database.ts';
import type { ScanPlan } from './scan-plan.ts';
import { runTask, type Task } from './task.ts';

/** A worker thread: its own single-threaded DuckDB, one task after another until told to stop. */
const { options, plan } = workerData as { options: DatabaseOptions; plan: ScanPlan };
const opening = Database.open(options);
const port = parentPort;
port?.on('message', async (task: Task | null) => {
  try {
    const database = await opening;
    if (task === null) {
      database.close();
      port.close();
      return;
    }
    port.postMessage({ result: await runTask(database, plan, task) });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
