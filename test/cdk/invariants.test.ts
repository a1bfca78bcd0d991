import { describe, expect, it } from 'vitest';
import { makeStack, resources, spelled, statements } from './stack.ts';

const TYPES = [
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::StepFunctions::StateMachine',
  'AWS::WAFv2::WebACLAssociation',
];

/** Actions that AWS knows no resource for: deliveries of logs to groups, and of traces. */
const WITHOUT_RESOURCE = [
  ...['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:UpdateLogDelivery'],
  ...['logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:PutResourcePolicy'],
  ...['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
];
/** Executions get their names when they start: those of one machine can be named no closer. */
const EXECUTIONS = /^arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<\w+\.Name>(\/Objects)?:\*$/;

/** Where metrics may be put: as Model Monitor's jobs do, or beside them. */
const OF_MODEL_MONITOR = ['data', 'model', 'bias'].flatMap((job) => [
  `aws/sagemaker/Endpoints/${job}-metrics`,
  `Assay/aws/sagemaker/Endpoints/${job}-metrics`,
]);

/** Every way to deploy it that changes which resources there are. */
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const VARIANTS = {
  default: {},
  everything: {
    captureBuckets: ['capture-one', 'capture-two'],
    labelBuckets: ['labels-one'],
    registryBuckets: ['registry-one'],
    modelMonitorMetrics: true,
    encryptionKeyArn: KEY,
    captureKeyArns: [KEY],
    architecture: 'x64',
    apiWebAclArn: 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/a/1234abcd',
    alarmEmail: 'a@example.com',
  },
  oidc: {
    oidcIssuer: 'https://login.example.com/tenant',
    oidcClientId: 'assay-web',
    oidcClientSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:assay-a1B2c3',
  },
};

describe.each(Object.entries(VARIANTS))('every resource of the stack (%s)', (_, context) => {
  const { template } = makeStack(context);
  const all = resources(template);
  const of = (type: string) => resources(template, type);
  const allowed = all
    .flatMap((resource) => statements(resource).map((statement) => ({ id: resource.id, ...statement })))
    .filter(({ Effect }) => Effect === 'Allow');

  it('is one of the types meant: no custom resources, no hidden functions', () => {
    expect(all.map(({ Type }) => Type).filter((type) => !TYPES.includes(type))).toEqual([]);
    expect(of('AWS::Lambda::Function')).toHaveLength('oidcIssuer' in context ? 6 : 4);
  });

  it('allows no action and no resource by a lone wildcard', () => {
    for (const { Action, Resource, Condition } of allowed) {
      expect(Action.filter((action) => action.includes('*'))).toEqual([]);
      // Putting metrics has no resource; its namespaces stand for one.
      if (Action.join() === 'cloudwatch:PutMetricData') {
        expect(Condition?.StringEquals?.['cloudwatch:namespace']).toEqual(OF_MODEL_MONITOR);
        continue;
      }
      const wide = Resource.map(spelled).filter((resource) => resource === '*' || resource.endsWith(':*'));
      if (wide.includes('*')) expect(WITHOUT_RESOURCE).toEqual(expect.arrayContaining(Action));
      else expect(wide.filter((resource) => !EXECUTIONS.test(resource))).toEqual([]);
    }
  });

  it('allows services alone, and those that are not ours to run only on behalf of this account', () => {
    for (const { Principal, Condition } of allowed.filter(({ Principal }) => Principal !== undefined)) {
      const service = (Principal as { Service?: string }).Service;
      expect(service).toMatch(/^[a-z0-9.]+\.amazonaws\.com$/);
      // API Gateway names no account when it takes on the role for its logs.
      if (!['lambda.amazonaws.com', 'apigateway.amazonaws.com'].includes(service!))
        expect(Object.keys({ ...Condition?.ArnEquals, ...Condition?.StringEquals })).toContainEqual(expect.stringMatching(/^aws:Source/));
    }
  });

  it('uses no managed policy but the one API Gateway asks for', () => {
    const managed = of('AWS::IAM::Role').flatMap(({ Properties }) => (Properties.ManagedPolicyArns ?? []).map(spelled));
    expect(managed).toEqual(['arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs']);
  });

  it('keeps buckets closed to the public, versioned, encrypted, TLS-only and beyond the stack', () => {
    expect(of('AWS::S3::Bucket').length).toBeGreaterThan(0);
    for (const bucket of of('AWS::S3::Bucket')) {
      const { PublicAccessBlockConfiguration, BucketEncryption, VersioningConfiguration, LifecycleConfiguration } = bucket.Properties;
      expect(Object.values(PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(BucketEncryption).toBeDefined();
      expect(VersioningConfiguration).toEqual({ Status: 'Enabled' });
      expect(JSON.stringify(LifecycleConfiguration)).toContain('NoncurrentVersionExpiration');
      expect(bucket.DeletionPolicy).toBe('Retain');
      expectTlsOnly('AWS::S3::BucketPolicy', bucket.id);
    }
  });

  it('encrypts queues, takes TLS alone, and has dead letters behind each', () => {
    const deadLetters = [
      ...of('AWS::SQS::Queue').map(({ Properties }) => Properties.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0]),
      ...of('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0]),
    ];
    for (const queue of of('AWS::SQS::Queue')) {
      expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
      expect(queue.Properties.RedrivePolicy !== undefined || deadLetters.includes(queue.id)).toBe(true);
      expectTlsOnly('AWS::SQS::QueuePolicy', queue.id);
    }
    for (const { id } of of('AWS::SNS::Topic')) expectTlsOnly('AWS::SNS::TopicPolicy', id);
  });

  it('feeds each function from a queue with dead letters, hidden six times as long as it may run, or it is called by a rule or the API', () => {
    const answering = of('AWS::Lambda::Permission').map(({ Properties }) => Properties.FunctionName['Fn::GetAtt'][0]);
    for (const { id, Properties } of of('AWS::Lambda::Function').filter(({ id }) => !answering.includes(id))) {
      const sources = of('AWS::Lambda::EventSourceMapping').filter((source) => source.Properties.FunctionName.Ref === id);
      expect([id, sources.length]).toEqual([id, 1]);
      expect(sources[0]!.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      const queue = of('AWS::SQS::Queue').find((candidate) => candidate.id === sources[0]!.Properties.EventSourceArn['Fn::GetAtt'][0])!;
      expect(queue.Properties.RedrivePolicy.maxReceiveCount).toBe(5);
      expect(queue.Properties.VisibilityTimeout).toBe(6 * Properties.Timeout);
      expect(sources[0]!.Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    }
    expect(of('AWS::Lambda::EventSourceMapping')).toHaveLength(2);
  });

  it('gives each function architecture, memory, time, a current runtime and a log that ends', () => {
    const arch = 'architecture' in context ? 'x86_64' : 'arm64';
    for (const { Properties } of of('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: [arch],
        MemorySize: expect.any(Number),
        Timeout: expect.any(Number),
      });
      const log = of('AWS::Logs::LogGroup').find(({ id }) => id === Properties.LoggingConfig.LogGroup.Ref)!;
      expect(log.Properties.RetentionInDays).toBeGreaterThan(0);
    }
    for (const { Properties } of of('AWS::Lambda::LayerVersion')) expect(Properties.CompatibleArchitectures).toEqual([arch]);
  });

  it('tells somebody of each alarm, with a section of the runbook', () => {
    expect(of('AWS::CloudWatch::Alarm')).toHaveLength(14);
    for (const { Properties } of of('AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmDescription).toMatch(/ Runbook: docs\/runbook\.md#[a-z-]+$/);
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(Properties.TreatMissingData).toBe('notBreaching');
    }
  });

  it('bears the tag of the project and no name of its own, so that two stacks can stand side by side', () => {
    for (const { Type, Properties } of all.filter(({ Properties }) => Properties.Tags))
      expect([Type, Properties.Tags]).toEqual([Type, [{ Key: 'project', Value: 'assay' }]]);
    for (const type of [
      'AWS::S3::Bucket',
      'AWS::SQS::Queue',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::SNS::Topic',
      'AWS::CloudWatch::Alarm',
    ]) {
      for (const { Properties } of of(type)) {
        expect(Properties.Tags).toBeDefined();
        expect(Object.keys(Properties).filter((name) => /^(Bucket|Queue|Function|LogGroup|Topic|Alarm)Name$/.test(name))).toEqual([]);
      }
    }
  });

  const expectTlsOnly = (type: string, id: string) => {
    const denied = of(type)
      .filter(({ Properties }) => JSON.stringify([Properties.Bucket, Properties.Queues, Properties.Topics]).includes(`"${id}"`))
      .flatMap(statements)
      .filter(({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false');
    expect([type, id, denied.length]).toEqual([type, id, 1]);
  };
});
