import type { Notifier } from '../alerts/notifier.ts';
import type { Resources } from '../engine/resources.ts';
import type { Executions } from '../executions/executions.ts';
import type { Store } from '../store/store.ts';
import type { MetricSink } from './metric-sink.ts';

/** Everything the use cases need from outside: passed in, so that nothing below has a clock, an environment or a network. */
export interface ProcessDependencies {
  store: Store;
  resources: Resources;
  /** Bytes of scratch space in all: an object larger than a third of it is reported, not read. */
  scratchBytes: number;
  /** Assay's version, for the reports. */
  version: string;
  /** Bucket that holds monitors, baselines, profiles and reports. */
  dataBucket: string;
  /** The built script of a thread that folds profiles; without it all are folded in this thread, to the same. */
  foldWorkerFile?: string;
  /** Who is told of reports. Nobody without one. */
  notifier?: Notifier;
  /** Where work goes that is too large for one call; absent where there is no such place. */
  executions?: Executions;
  /** Where metrics of Model Monitor go; nowhere without it. */
  metrics?: MetricSink;
  log: (message: string, fields?: Record<string, unknown>) => void;
}

/** What came of one object event. */
export type ProcessOutcome =
  | { status: 'reported'; reports: string[] }
  | { status: 'baseline'; baseline: string }
  | { status: 'superseded' | 'ignored'; reason: string };
