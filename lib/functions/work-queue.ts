import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Times a message is delivered before it becomes a dead letter: AWS's advice for queues before functions. */
const MAX_RECEIVE_COUNT = 5;
/** How long the queue hides a message, in function timeouts: AWS's advice as well. */
const VISIBILITY_FACTOR = 6;
/** As long as SQS keeps anything. */
const RETENTION = Duration.days(14);

export interface WorkQueue {
  queue: Queue;
  deadLetters: Queue;
  /** Twice the time a message is hidden: when the oldest has waited for longer, something is behind. */
  maximumAge: Duration;
}

/** A queue for a function that may run for so long, and its dead letters, in the given construct. */
export function workQueue(scope: Construct, timeout: Duration): WorkQueue {
  const visibility = Duration.seconds(VISIBILITY_FACTOR * timeout.toSeconds());
  const deadLetters = new Queue(scope, 'DeadLetters', { ...SEALED, retentionPeriod: RETENTION });
  const queue = new Queue(scope, 'Queue', {
    ...SEALED,
    visibilityTimeout: visibility,
    retentionPeriod: RETENTION,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
  });
  return { queue, deadLetters, maximumAge: Duration.seconds(2 * visibility.toSeconds()) };
}

/** Calls the function for what is in the queue, each record for itself. */
export function feed(handler: LambdaFunction, queue: Queue, options: { batchSize: number; maxConcurrency: number }): void {
  handler.addEventSource(new SqsEventSource(queue, { ...options, reportBatchItemFailures: true }));
}

const SEALED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY };
