import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse } from 'aws-lambda';
import type { AuditOutcome } from '../../layers/quality/usecases/audit-due.ts';
import { eachRecord } from '../shared/each-record.ts';
import { emptyFolder } from '../shared/empty-folder.ts';
import { type AuditContext, toldOf } from './context.ts';
import { isFromQueue, parseCall } from './event.ts';
import { processMessage } from './message.ts';

/** The Lambda handler: messages of the queue, each for itself; from anybody else a call that is answered. Auditing a window again is harmless. */
export const createHandler = (audit: AuditContext) => {
  const processRecords = eachRecord((record) => processMessage(record, audit), audit.logger);
  return middy<unknown, SQSBatchResponse | AuditAnswer>()
    .use(injectLambdaContext(audit.logger, { resetKeys: true }))
    .handler((event, context) => (isFromQueue(event) ? processRecords(event, context) : answerCall(event, audit)));
};

interface AuditAnswer {
  audited: AuditOutcome[];
}

async function answerCall(input: unknown, { audits, dependencies, logger }: AuditContext): Promise<AuditAnswer> {
  try {
    const call = parseCall(input);
    await emptyFolder(dependencies.resources.scratch);
    const audited =
      'from' in call ? [await audits.auditOne(toldOf(call, dependencies), call.monitor, call)] : await audits.auditDue(dependencies, call);
    for (const outcome of audited) logger.info('window audited', { outcome });
    return { audited };
  } catch (error) {
    logger.error('audit failed', { input, error: error as Error });
    throw error;
  }
}
