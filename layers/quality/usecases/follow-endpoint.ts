import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { parseMonitor } from '../contract/parse-monitor.ts';
import { type ControlPlane, discover, type Refreshed, RefusalError, refreshMonitor } from '../sagemaker/index.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { monitorNames } from './monitors.ts';

export interface Followed {
  monitor: string;
  endpoint: string;
  /** What is other than before, a line each; none where all is as it was. */
  changes: string[];
}

type Dependencies = Pick<ProcessDependencies, 'store' | 'dataBucket' | 'log'>;

const ATTEMPTS = 5;
/** Reference data is copied through memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Brings the monitors of an endpoint, or of all endpoints there are monitors of, to what SageMaker says of them now. Doing it again changes nothing. */
export async function followEndpoints(deps: Dependencies, plane: ControlPlane, endpoint: string | null): Promise<Followed[]> {
  const followed: Followed[] = [];
  const failures: unknown[] = [];
  for (const name of await monitorNames(deps)) {
    try {
      const outcome = await followMonitor(deps, plane, name, endpoint);
      if (outcome !== null) followed.push(outcome);
    } catch (error) {
      deps.log('a monitor does not follow its endpoint', { monitor: name, error: (error as Error).message });
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} monitors do not follow their endpoints: ${(failures[0] as Error).message}`);
  return followed;
}

/** Null for a monitor of another endpoint, of none, or of one that is gone; one that cannot be read is said where it is used. */
async function followMonitor(deps: Dependencies, plane: ControlPlane, name: string, wanted: string | null): Promise<Followed | null> {
  const { store, dataBucket: bucket } = deps;
  const key = keys.monitor(name);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const object = await store.get(bucket, key);
    const there = object && readable(object.body.toString('utf8'), `s3://${bucket}/${key}`, deps, name);
    const endpoint = there?.endpoint;
    if (!there || endpoint === undefined || (wanted !== null && endpoint !== wanted)) return null;
    if (!(await exists(plane, endpoint))) return null;
    const found = await discover({ plane, store, endpoint, variant: null });
    const refreshed = refreshMonitor(there, found.monitor);
    const { changes } = refreshed;
    if (changes.length > 0) {
      if (refreshed.deployed) await bringReference(deps, name, refreshed);
      const body = Buffer.from(`${JSON.stringify({ ...refreshed.monitor, monitor: name }, null, 2)}\n`);
      if (!(await store.replace(bucket, key, body, 'application/json', object!.etag))) continue;
    }
    deps.log('a monitor follows its endpoint', { monitor: name, endpoint, changes, notes: found.notes });
    return { monitor: name, endpoint, changes };
  }
  throw new Error(`monitor ${name} was changed by others ${ATTEMPTS} times meanwhile`);
}

function readable(text: string, uri: string, deps: Dependencies, monitor: string): Monitor | null {
  try {
    return parseMonitor(text, uri);
  } catch (error) {
    deps.log('a monitor cannot be read', { monitor, error: (error as Error).message });
    return null;
  }
}

async function exists(plane: ControlPlane, endpoint: string): Promise<boolean> {
  try {
    await plane.endpoint(endpoint);
    return true;
  } catch (error) {
    if (error instanceof RefusalError && error.kind === 'absent') return false;
    throw error;
  }
}

/** The new model's reference data, where its package names some, to where a baseline is made of it. Without it that of the monitor stays. */
async function bringReference({ store, dataBucket, log }: Dependencies, name: string, { monitor }: Refreshed): Promise<void> {
  const { deployment, baseline } = monitor;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*[^/])$/s.exec(baseline ?? '') ?? [];
  if (bucket === undefined || key === undefined) return;
  try {
    const bytes = (await store.head(bucket, key))?.bytes ?? 0;
    if (bytes === 0 || bytes > MOST_BYTES) throw new Error(`expected an object of 1 to ${MOST_BYTES} bytes; it has ${bytes}`);
    const { body } = (await store.get(bucket, key))!;
    await store.create(dataBucket, keys.deploymentInput(name, deployment!, key.split('/').at(-1)!), body, 'application/octet-stream');
  } catch (error) {
    log('reference data of a new deployment was not brought', { monitor: name, uri: baseline, error: (error as Error).message });
  }
}
