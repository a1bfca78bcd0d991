import type { SQSRecord } from 'aws-lambda';
import { emptyFolder } from '../shared/empty-folder.ts';
import { type AuditContext, toldOf } from './context.ts';
import { parseMessage } from './event.ts';

/** A message of the queue: a window is judged; of what asks what is due come messages of their own. */
export async function processMessage({ messageId, receiptHandle, attributes, body }: SQSRecord, context: AuditContext): Promise<void> {
  const { logger } = context;
  const delivery = { messageId, receiveCount: Number(attributes?.ApproximateReceiveCount ?? 1) };
  try {
    await doTask(body, context);
  } catch (error) {
    logger.error('audit failed', { ...delivery, input: body.slice(0, LONGEST_LOGGED), error: error as Error });
    await retrySoon(receiptHandle, context);
    throw error;
  }
}

const LONGEST_LOGGED = 500;
/** What crashes comes back when the queue has hidden it for six timeouts. What failed in words need not wait so long, and is a dead letter within the hour. */
const RETRY_SECONDS = 600;

async function retrySoon(receiptHandle: string, { queue, logger }: AuditContext): Promise<void> {
  try {
    await queue.retryIn(receiptHandle, RETRY_SECONDS);
  } catch (error) {
    logger.warn('a failed audit comes back late', { error: error as Error });
  }
}

async function doTask(body: string, { audits, dependencies, queue, logger }: AuditContext): Promise<void> {
  const task = parseMessage(body);
  if ('from' in task) {
    await emptyFolder(dependencies.resources.scratch);
    const outcome = await audits.auditOne(toldOf(task, dependencies), task.monitor, task);
    logger.info('window audited', { outcome });
  } else {
    const sent = await audits.handOutAudits(dependencies, queue, task);
    logger.info('audits handed out', { ...task, sent });
  }
}
