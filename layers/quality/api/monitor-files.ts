import { UsageError } from '../contract/errors.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import { readMonitor } from '../usecases/monitors.ts';
import { Problem } from './problem.ts';

export const absent = (name: string): Problem => new Problem(404, `there is no monitor "${name}"`);

/** The monitor as it is configured. One whose file was put into the bucket with a mistake in it cannot be used until it is put again. */
export async function requireMonitor(deps: ProcessDependencies, name: string): Promise<Monitor> {
  try {
    const monitor = await readMonitor(deps, name);
    if (monitor !== null) return monitor;
  } catch (error) {
    if (error instanceof UsageError) throw new Problem(409, `the monitor's configuration cannot be used: ${error.message}`);
    throw error;
  }
  throw absent(name);
}

/** Id of the baseline in force. */
export async function baselineId({ store, dataBucket }: ProcessDependencies, monitor: string): Promise<string | null> {
  const current = await store.get(dataBucket, keys.currentBaseline(monitor));
  return current === null ? null : (JSON.parse(current.body.toString('utf8')) as { id: string }).id;
}
