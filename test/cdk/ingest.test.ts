import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../functions/shared/environment.ts';
import { OWN_PREFIXES } from '../../layers/quality/contract/keys.ts';
import { makeStack, resources, spelled, statements } from './stack.ts';

const { template } = makeStack();
const role = (from = template) =>
  resources(from, 'AWS::IAM::Policy')
    .filter(({ id }) => id.includes('Ingest'))
    .flatMap(statements);
const resourcesOf = (action: string, from = template) =>
  role(from)
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Resource }) => Resource.map(spelled));

describe('ingest', () => {
  it('hears of every object but those Assay writes itself', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { object: { key: [{ 'anything-but': { prefix: OWN_PREFIXES } }] } },
      },
      Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
    });
    expect(JSON.stringify(template.findResources('AWS::Events::Rule')).split('"Object Created"')).toHaveLength(2);
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  it('hears of all objects of capture buckets, and may read them', () => {
    const { template } = makeStack({ captureBuckets: 'capture-one, capture-two' });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { bucket: { name: ['capture-one', 'capture-two'] } } } });
    const read = resourcesOf('s3:GetObject', template).filter((resource) => resource.includes('capture'));
    expect(read.map((resource) => resource.split(':::')[1])).toEqual(['capture-one/*', 'capture-two/*']);
    expect(resourcesOf('s3:PutObject', template).filter((resource) => resource.includes('capture'))).toEqual([]);
  });

  it('writes where it has to and nowhere else', () => {
    const written = resourcesOf('s3:PutObject').map((resource) => resource.replace(/^<\w+\.Arn>\//, ''));
    expect(written.sort()).toEqual([
      'alerts/*',
      'metrics/*',
      'monitors/*/baseline/*',
      'profiles/*',
      'records/*',
      'rejected/*',
      'reports/*',
    ]);
  });

  it('holds no other right', () => {
    const actions = new Set(role().flatMap(({ Action }) => Action));
    expect([...actions].sort()).toEqual([
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ]);
  });

  it('may use the keys of buckets that have one', () => {
    const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000001';
    const capture = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000002';
    const { template } = makeStack({ encryptionKeyArn: key, captureKeyArns: capture });
    expect(new Set(resourcesOf('kms:Decrypt', template))).toEqual(new Set([key, capture]));
    expect(resourcesOf('kms:GenerateDataKey', template)).toEqual([key]);
  });

  it('gives the function the environment it reads', () => {
    const variables = resources(template, 'AWS::Lambda::Function').find(({ id }) => id.includes('Ingest'))!.Properties.Environment
      .Variables;
    const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, spelled(value)]));
    expect(environmentSchema.parse({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '3538', ...given })).toMatchObject({ SCRATCH_BYTES: 4 * 2 ** 30 });
    expect(Object.keys(given).filter((name) => !(name in environmentSchema.shape))).toEqual([]);
  });

  it('takes what context says', () => {
    const { template } = makeStack({
      memory: '1769',
      ephemeralStorage: 512,
      timeout: 60,
      maxConcurrency: 3,
      dataBucketName: 'my-data',
      alarmEmail: 'a@example.com',
    });
    template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 1769, EphemeralStorage: { Size: 512 }, Timeout: 60 });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 3 } });
    template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 360 });
    template.hasResourceProperties('AWS::S3::Bucket', { BucketName: 'my-data' });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'a@example.com' });
  });

  it.each([
    [{ memory: 64 }, 'memory'],
    [{ architecture: 'riscv' }, 'architecture'],
    [{ alarmEmail: 'nobody' }, 'alarmEmail'],
    [{ captureBuckets: [7] }, 'captureBuckets'],
  ])('names the setting that is wrong: %o', (context, name) => {
    expect(() => makeStack(context)).toThrow(name);
  });
});
