import { join } from 'node:path';
import { OWN_PREFIXES } from '../layers/quality/contract/keys.ts';
import { anythingButPrefix, toEvent } from './events.ts';
import { LocalFunction, type LocalFunctionOptions } from './function.ts';
import { type DeadLetter, type Delivery, Queue, type QueueOptions } from './queue.ts';
import { type S3Server, startS3 } from './s3/index.ts';

export interface CloudOptions {
  /** Where the buckets are, as folders. */
  directory: string;
  port?: number;
  buckets: string[];
  /** Gets every object that arrives, in batches of queue records with an "Object Created" event as body. */
  function: Omit<LocalFunctionOptions, 'endpointS3' | 'log'>;
  queue?: Pick<QueueOptions, 'batchSize' | 'maxReceives' | 'backoffMilliseconds' | 'visibilityMilliseconds'>;
  /** Make deliveries as bad as the real ones may be. */
  deliver?: Delivery;
  /** Objects under these prefixes cause no event. Default: those that Assay writes itself. */
  ignoredPrefixes?: readonly string[];
  log?: (line: string) => void;
}

export interface Cloud {
  readonly s3Url: string;
  /** Cold starts so far. */
  readonly initMilliseconds: readonly number[];
  /** Resolves when every object there is has been dealt with. */
  idle(): Promise<void>;
  deadLetters(): readonly DeadLetter[];
  /** All objects under a prefix, in key order. */
  objects: S3Server['objects'];
  /** Calls the function directly. */
  invoke(event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** S3, events, queue and function on this machine, wired as lib/ wires them on AWS. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { directory, port, buckets, log, deliver } = options;
  const s3 = await startS3({ directory, port });
  const handler = new LocalFunction({ ...options.function, endpointS3: s3.url, log });
  const queue = new Queue({
    consume: (event) => handler.invoke(event),
    name: options.function.name,
    concurrency: options.function.concurrency,
    visibilityMilliseconds: 6000 * options.function.timeoutSeconds,
    deadLetterFolder: join(directory, '.assay-dead-letters'),
    deliver,
    ...options.queue,
  });
  const matches = anythingButPrefix(options.ignoredPrefixes ?? OWN_PREFIXES);
  let sent = 0;
  const stop = s3.onCreated((created) => {
    const event = toEvent(created);
    if (!matches(event)) return;
    sent++;
    queue.send(JSON.stringify(event));
  });
  for (const bucket of buckets) s3.createBucket(bucket);
  return {
    s3Url: s3.url,
    initMilliseconds: handler.initMilliseconds,
    idle: async () => {
      for (let before = -1; before !== sent; ) {
        await s3.settled();
        before = sent;
        await queue.idle();
      }
    },
    deadLetters: () => queue.deadLetters(),
    objects: s3.objects,
    invoke: (event) => handler.invoke(event),
    close: async () => {
      stop();
      queue.close();
      await handler.close();
      await s3.close();
    },
  };
}
