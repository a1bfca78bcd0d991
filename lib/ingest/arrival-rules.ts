import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { OWN_PREFIXES } from '../../layers/quality/contract/keys.ts';

export interface ArrivalRulesProps {
  dataBucket: IBucket;
  captureBuckets: IBucket[];
  queue: IQueue;
  /** Takes what EventBridge could not deliver. */
  deadLetters: IQueue;
}

/** Brings "Object Created" of the data bucket, but for what Assay itself writes, and of the capture buckets to the queue. */
export class ArrivalRules extends Construct {
  constructor(scope: Construct, id: string, { dataBucket, captureBuckets, queue, deadLetters }: ArrivalRulesProps) {
    super(scope, id);
    const rule = (name: string, description: string, detail: Record<string, unknown>) =>
      new Rule(this, name, {
        description,
        eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail },
        targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
      });
    rule('Data', 'Assay: objects that arrive in the data bucket', {
      bucket: { name: [dataBucket.bucketName] },
      object: { key: Match.anythingButPrefix(...OWN_PREFIXES) },
    });
    if (captureBuckets.length > 0)
      rule('Capture', 'Assay: objects that arrive in the capture buckets', {
        bucket: { name: captureBuckets.map(({ bucketName }) => bucketName) },
      });
  }
}
