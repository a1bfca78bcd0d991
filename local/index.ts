export type { QueueRecord } from './batch.ts';
export { type Cloud, type CloudOptions, startCloud } from './cloud.ts';
export { type ObjectCreatedEvent, toEvent } from './events.ts';
export { FunctionError, LocalFunction, type LocalFunctionOptions } from './function.ts';
export { Outbox, type OutboxServer, startOutbox } from './outbox/index.ts';
export { type DeadLetter, type Delivery, Queue, type QueueOptions } from './queue.ts';
export { type ObjectCreated, type S3Server, startS3 } from './s3/index.ts';
