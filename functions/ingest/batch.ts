import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { ProcessDependencies, ProcessOutcome } from '../../layers/quality/usecases/dependencies.ts';
import { eachRecord } from '../shared/each-record.ts';
import { emptyFolder } from '../shared/empty-folder.ts';
import { type BackfillAnswer, processBatch } from './backfill.ts';
import { isBatch, parseBatch } from './backfill-event.ts';
import { type ArrivedObject, parseRecord } from './event.ts';

/** The use case, as '@assay/quality' exports it. */
export type ProcessObject = (dependencies: ProcessDependencies, object: ArrivedObject) => Promise<ProcessOutcome>;

/** The Lambda handler: records of the queue, each for itself. From the state machine of backfills it takes batches of keys instead. */
export const createHandler = (processObject: ProcessObject, dependencies: ProcessDependencies, logger: Logger) => {
  const processRecords = eachRecord((record) => ingestRecord(record, processObject, dependencies, logger), logger);
  return middy<unknown, SQSBatchResponse | BackfillAnswer>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler((event, context) =>
      isBatch(event) ? processBatch(parseBatch(event), { processObject, dependencies, logger, context }) : processRecords(event, context),
    );
};

/** All objects of a record are tried before it fails: processing one again is harmless. */
const ingestRecord = async (
  record: SQSRecord,
  processObject: ProcessObject,
  dependencies: ProcessDependencies,
  logger: Logger,
): Promise<void> => {
  const delivery = { messageId: record.messageId, receiveCount: Number(record.attributes?.ApproximateReceiveCount ?? 1) };
  const failures: unknown[] = [];
  for (const object of parsedOrLogged(record, dependencies.dataBucket, logger, delivery)) {
    const subject = { ...delivery, bucket: object.bucket, key: object.key, size: object.size };
    try {
      await emptyFolder(dependencies.resources.scratch);
      const outcome = await processObject(dependencies, object);
      logger.info('object processed', { ...subject, outcome });
    } catch (error) {
      logger.error('object failed', { ...subject, error: error as Error });
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `ingest failed for ${failures.length} object(s) of message ${record.messageId}`);
};

const parsedOrLogged = (record: SQSRecord, dataBucket: string, logger: Logger, delivery: Record<string, unknown>): ArrivedObject[] => {
  try {
    const objects = parseRecord(record, dataBucket);
    if (objects.length === 0) logger.info('record ignored', { ...delivery, reason: 'test event, folder or own output' });
    return objects;
  } catch (error) {
    logger.error('record malformed', { ...delivery, reason: (error as Error).message });
    throw error;
  }
};
