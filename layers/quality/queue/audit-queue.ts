/** What waits to be done about audits. A question leads to a question for each monitor, that to windows, and those to reports: nothing goes round in circles. */
export type AuditTask = DueTask | WindowTask;

/** What is due at a time, in milliseconds since the epoch: of a monitor, or of all. */
export interface DueTask {
  time: number;
  monitor?: string | undefined;
}

/** A window [from, to) to be judged. */
export interface WindowTask {
  monitor: string;
  from: number;
  to: number;
}

/** What Assay needs of a queue. SQS in queue/sqs.ts. */
export interface AuditQueue {
  /** Tasks may come more than once, and in any order. */
  send(tasks: AuditTask[]): Promise<void>;
  /** Has a message that was received, and is about to fail, come back after so long, in place of when the queue would have it. */
  retryIn(receipt: string, seconds: number): Promise<void>;
}

/** The queue did not take what was sent. */
export class AuditQueueError extends Error {
  override readonly name = 'AuditQueueError';
}
