import { type AuditQueue, AuditQueueError, type AuditTask } from './audit-queue.ts';

/** SQS takes no more in one call. */
const MOST_MESSAGES = 10;
const ATTEMPTS = 5;

/** The queue of audits by its address. Its client is loaded when it is used: most calls judge a window, and need it no more. */
export function createAuditQueue(url: string | undefined): AuditQueue {
  let loaded: ReturnType<typeof load> | undefined;
  const open = async () => {
    if (url === undefined) throw new AuditQueueError('there is no queue of audits: AUDIT_QUEUE_URL is not set');
    return { ...(await (loaded ??= load())), QueueUrl: url };
  };
  return {
    async send(tasks) {
      const { client, sdk, QueueUrl } = await open();
      for (let first = 0; first < tasks.length; first += MOST_MESSAGES) {
        const Entries = tasks.slice(first, first + MOST_MESSAGES).map((task, i) => ({ Id: String(i), MessageBody: bodyOf(task) }));
        const { Failed = [] } = await client.send(new sdk.SendMessageBatchCommand({ QueueUrl, Entries }));
        if (Failed.length > 0)
          throw new AuditQueueError(
            `${url}: ${Failed.length} of ${Entries.length} messages refused: ${Failed[0]!.Code} ${Failed[0]!.Message}`,
          );
      }
    },
    async retryIn(ReceiptHandle, VisibilityTimeout) {
      const { client, sdk, QueueUrl } = await open();
      await client.send(new sdk.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    },
  };
}

async function load() {
  const sdk = await import('@aws-sdk/client-sqs');
  return { sdk, client: new sdk.SQSClient({ maxAttempts: ATTEMPTS }) };
}

const iso = (time: number): string => new Date(time).toISOString();

/** A task as a message, with times that people can read. */
const bodyOf = (task: AuditTask): string =>
  JSON.stringify('from' in task ? { ...task, from: iso(task.from), to: iso(task.to) } : { ...task, time: iso(task.time) });
