import type { Store } from '../store/store.ts';

/** Everything the use cases need from outside: passed in, so that nothing below has a clock, an environment or a network. */
export interface Resources {
  /** An existing, writable, empty folder. */
  scratch: string;
  /** Memory for the engine, divided among its workers. */
  memoryMB: number;
  /** Worker threads; 1 runs in this thread. */
  workers: number;
  /** The built worker script; without it everything runs in this thread. */
  workerFile?: string;
}

export interface ProcessDependencies {
  store: Store;
  resources: Resources;
  /** Bytes of scratch space in all: an object larger than a third of it is reported, not read. */
  scratchBytes: number;
  /** Assay's version, for the reports. */
  version: string;
  /** Bucket that holds monitors, baselines, profiles and reports. */
  dataBucket: string;
  log: (message: string, fields?: Record<string, unknown>) => void;
}

/** What came of one object event. */
export type ProcessOutcome =
  | { status: 'reported'; reports: string[] }
  | { status: 'baseline'; baseline: string }
  | { status: 'superseded' | 'ignored'; reason: string };
