import { Worker } from 'node:worker_threads';

/** What a scan may use. */
export interface Resources {
  /** An existing, writable, empty folder. */
  scratch: string;
  /** Memory for the engine, divided among its workers. */
  memoryMB: number;
  /** Worker threads; 1 runs in this thread. */
  workers: number;
  /** The built worker script; without it everything runs in this thread. */
  workerFile?: string;
  /** Workers that were started ahead. */
  started?: Worker[];
  /** Told how many of a scan's tasks are done. */
  progress?: (done: number, all: number) => void;
}

/** Tables smaller than this are not worth a worker's start. */
const SMALL_BYTES = 4_000_000;

/** Workers for a table of so many bytes; 1 for this thread alone. */
export const workersFor = ({ workerFile, workers }: Resources, bytes: number): number =>
  bytes < SMALL_BYTES || workerFile === undefined ? 1 : workers;

/** Starts workers before there is a plan: they load the engine meanwhile, and keep no process alive until they are used. */
export function startAhead(resources: Resources, bytes: number): Resources {
  const count = workersFor(resources, bytes);
  if (count === 1) return resources;
  const started = Array.from({ length: count }, () => new Worker(resources.workerFile!));
  for (const worker of started) worker.unref();
  return { ...resources, started };
}
