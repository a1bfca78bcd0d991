import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../functions/audit/event.ts';
import { environmentSchema } from '../../functions/shared/environment.ts';
import { QualityMonitor } from '../../lib/quality-monitor.ts';
import { makeStack, repository, resources, spelled, statements } from './stack.ts';

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
const queueOf = (from: typeof template, name: RegExp) => resources(from, 'AWS::SQS::Queue').find(({ id }) => name.test(id))!;
const deadLetters = queueOf(template, /AuditDeadLetters/);
const queue = queueOf(template, /AuditQueue/);

describe('audit', () => {
  it('is asked every hour what is due, a quarter past, through its queue, with the time the question was meant for', () => {
    template.resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      GroupName: Match.anyValue(),
      ScheduleExpression: 'cron(15 * * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [queue.id, 'Arn'] },
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] } },
        Input: '{"time":"<aws.scheduler.scheduled-time>"}',
      },
    });
    expect(parseMessage('{"time":"2026-07-01T13:15:00Z"}')).toEqual({ time: Date.UTC(2026, 6, 1, 13, 15) });
  });

  it('takes one message at a time, ten at once, and keeps for two weeks what failed five times', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: function_.id },
      EventSourceArn: { 'Fn::GetAtt': [queue.id, 'Arn'] },
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 10 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(queue.Properties).toMatchObject({
      VisibilityTimeout: 6 * 900,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] }, maxReceiveCount: 5 },
    });
    expect(deadLetters.Properties.MessageRetentionPeriod).toBe(14 * 86_400);
    const variables = function_.Properties.Environment.Variables;
    expect(variables.AUDIT_QUEUE_URL).toEqual({ Ref: queue.id });
  });

  it('may judge more windows at once, where a team says so', () => {
    const stack = new Stack(new App(), 'Team');
    new QualityMonitor(stack, 'Quality', { root: repository(true), audits: { maxConcurrency: 50 } });
    const own = Template.fromStack(stack);
    const source = { 'Fn::GetAtt': [queueOf(own, /AuditQueue/).id, 'Arn'] };
    own.hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: source, ScalingConfig: { MaximumConcurrency: 50 } });
  });

  it('lets its schedule write to the queue and its dead letters, and nothing else', () => {
    expect(rights('schedule')).toEqual([
      ['sqs:SendMessage', `<${deadLetters.id}.Arn>`],
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
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
    const queues = rights('function').filter(([action]) => action.startsWith('sqs:'));
    expect([...new Set(queues.map(([, resource]) => resource))]).toEqual([`<${queue.id}.Arn>`]);
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
