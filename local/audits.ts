import { join } from 'node:path';
import { LocalFunction, type LocalFunctionOptions } from './function.ts';
import { type DeadLetter, Queue } from './queue.ts';
import { startSqs } from './sqs.ts';

export interface AuditsOptions {
  /** The audit function. */
  function: Omit<LocalFunctionOptions, 'timeoutSeconds'>;
  /** Folder of the cloud: dead letters are kept there. */
  directory: string;
  log?: (line: string) => void;
}

export interface Audits {
  /** Calls the function, and waits for its answer. */
  invoke(event: unknown): Promise<unknown>;
  /** Asks what is due at a time, as the schedule does. */
  askAt(time: Date): void;
  /** Resolves when nothing is left to be audited. */
  idle(): Promise<void>;
  deadLetters(): readonly DeadLetter[];
  close(): Promise<void>;
}

/** As in lib/audit. */
const TIMEOUT_SECONDS = 900;

/** The audit function behind the queue it sends to itself, as lib/audit wires them. */
export async function startAudits({ function: settings, directory, log }: AuditsOptions): Promise<Audits> {
  const sqs = await startSqs('assay-audit', (body) => queue.send(body), log);
  const environment = { ...settings.environment, AUDIT_QUEUE_URL: sqs.queueUrl, AWS_ENDPOINT_URL_SQS: sqs.url };
  const handler = new LocalFunction({ ...settings, environment, timeoutSeconds: TIMEOUT_SECONDS });
  const queue = new Queue({
    consume: (event) => handler.invoke(event),
    name: 'assay-audit',
    batchSize: 1,
    concurrency: settings.concurrency,
    visibilityMilliseconds: 6000 * TIMEOUT_SECONDS,
    deadLetterFolder: join(directory, '.assay-audit-dead-letters'),
  });
  return {
    invoke: (event) => handler.invoke(event),
    askAt: (time) => void queue.send(JSON.stringify({ time: time.toISOString() })),
    idle: () => queue.idle(),
    deadLetters: () => queue.deadLetters(),
    close: async () => {
      queue.close();
      await handler.close();
      await sqs.close();
    },
  };
}
