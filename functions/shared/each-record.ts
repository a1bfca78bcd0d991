import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/** Each record of a queue succeeds or fails for itself, one after the other, as they share memory and scratch space. */
export function eachRecord(process: (record: SQSRecord) => Promise<void>, logger: Logger) {
  const processor = new BatchProcessor(EventType.SQS, { logger });
  return (event: unknown, context: Context): Promise<SQSBatchResponse> =>
    // A failed record is no failed invocation: the error alarm is for crashes, the dead letters are for records; and Lambda calls less where calls fail.
    processPartialResponse(event as SQSEvent, process, processor, { context, processInParallel: false, throwOnFullBatchFailure: false });
}
