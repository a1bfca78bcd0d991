import type { BackfillInput } from '../contract/backfill.ts';

/** What Assay needs of a state machine. Step Functions in executions/step-functions.ts. */
export interface Executions {
  /** Starts an execution. One of that name that is there already is success. */
  start(name: string, input: BackfillInput): Promise<void>;
  /** How far it is; null where there is none of that name. */
  describe(name: string): Promise<ExecutionState | null>;
}

export interface ExecutionState {
  status: 'running' | 'succeeded' | 'failed';
  started: string;
  ended: string | null;
  /** What it was started with, as JSON. */
  input: string;
  /** What it ended with, as JSON; null where it did not. */
  output: string | null;
  /** Why it failed; null where it did not. */
  reason: string | null;
}

/** The state machine cannot be asked: it is not there, or the caller may not. */
export class ExecutionsError extends Error {
  override readonly name = 'ExecutionsError';
}
