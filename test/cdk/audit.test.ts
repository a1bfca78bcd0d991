import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../functions/audit/event.ts';
import { environmentSchema } from '../../functions/shared/environment.ts';
import { makeStack, resources, spelled, statements } from './stack.ts';

const { template } = makeStack();
const ROLES = { function: /^AssayAuditRole/, schedule: /^AssayAuditScheduleRole/ };
const rights = (who: keyof typeof ROLES, from = template): [string, string][] =>
  resources(from, 'AWS::IAM::Policy')
    .filter(({ id }) => ROLES[who].test(id))
    .flatMap(statements)
    .flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => Resource.map((resource): [string, string] => [action, spelled(resource)])),
    );
const function_ = resources(template, 'AWS::Lambda::Function').find(({ id }) => id.includes('Audit'))!;
const queue = resources(template, 'AWS::SQS::Queue').find(({ id }) => id.includes('AuditDeadLetters'))!;

describe('audit', () => {
  it('is asked every hour what is due, a quarter past, with the time the question was meant for', () => {
    template.resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      GroupName: Match.anyValue(),
      ScheduleExpression: 'cron(15 * * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue.id, 'Arn'] } },
        Input: '{"time":"<aws.scheduler.scheduled-time>"}',
      },
    });
    expect(parseEvent({ time: '2026-07-01T13:15:00Z' })).toEqual({ time: Date.UTC(2026, 6, 1, 13, 15) });
  });

  it('is repeated when it fails, and kept when it fails for good', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: function_.id },
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue.id, 'Arn'] } } },
    });
  });

  it('lets its schedule call the one function and write to its dead letters, and nothing else', () => {
    expect(rights('schedule')).toEqual([
      ['lambda:InvokeFunction', `<${function_.id}.Arn>`],
      ['sqs:SendMessage', `<${queue.id}.Arn>`],
    ]);
    const trust = resources(template, 'AWS::IAM::Role')
      .filter(({ id }) => ROLES.schedule.test(id))
      .flatMap(statements);
    expect(trust).toMatchObject([{ Principal: { Service: 'scheduler.amazonaws.com' }, Condition: { StringEquals: expect.anything() } }]);
    expect(Object.keys(trust[0]!.Condition!.StringEquals)).toEqual(['aws:SourceAccount', 'aws:SourceArn']);
  });

  it('lets the function read, write reports and metrics, and nothing else', () => {
    const written = rights('function').filter(([action]) => action === 's3:PutObject');
    expect(written.map(([, resource]) => resource.replace(/^<\w+\.Arn>\//, '')).sort()).toEqual([
      'alerts/*',
      'metrics/*',
      'model-monitor/*',
      'reports/*',
    ]);
    expect([...new Set(rights('function').map(([action]) => action))].sort()).toEqual([
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ]);
  });

  it('may read the buckets of data and of labels, which ingest does not hear of', () => {
    const { template } = makeStack({ captureBuckets: 'capture-one', labelBuckets: 'labels-one, labels-two' });
    const read = rights('function', template)
      .filter(([action, resource]) => action === 's3:GetObject' && resource.includes(':::'))
      .map(([, resource]) => resource.split(':::')[1]);
    expect(read).toEqual(['capture-one/*', 'labels-one/*', 'labels-two/*']);
    for (const { Properties } of resources(template, 'AWS::Events::Rule')) expect(JSON.stringify(Properties)).not.toContain('labels-');
  });

  it('gives the function the environment it reads, the layers of ingest and fifteen minutes', () => {
    const { Environment, Layers, Timeout } = function_.Properties;
    const given = Object.fromEntries(Object.entries(Environment.Variables).map(([name, value]) => [name, spelled(value)]));
    expect(environmentSchema.parse({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '3538', ...given })).toMatchObject({ SCRATCH_BYTES: 4 * 2 ** 30 });
    expect(Object.keys(given).filter((name) => !(name in environmentSchema.shape))).toEqual([]);
    const ingest = resources(template, 'AWS::Lambda::Function').find(({ id }) => id.includes('Ingest'))!;
    expect([Layers, Timeout]).toEqual([ingest.Properties.Layers, 900]);
  });
});
