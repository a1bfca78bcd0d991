import { describe, expect, it } from 'vitest';
import { endpointOf } from '../../functions/endpoint/event.ts';
import { endpointDeployed } from '../../local/events.ts';
import { makeStack, resources, spelled, statements } from './stack.ts';

const { template } = makeStack({ registryBuckets: ['registry-one'] });
const rights = (from = template, role = /^AssayEndpointsRole/): [string, string][] =>
  resources(from, 'AWS::IAM::Policy')
    .filter(({ id }) => role.test(id))
    .flatMap(statements)
    .flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => Resource.map((resource): [string, string] => [action, spelled(resource)])),
    );
const rules = resources(template, 'AWS::Events::Rule').filter(({ Properties }) => Properties.EventPattern.source[0] === 'aws.sagemaker');

describe('following endpoints', () => {
  it('hears of endpoints that serve anew and of approved model packages, and of nothing else', () => {
    expect(rules.map(({ Properties }) => Properties.EventPattern)).toEqual([
      {
        source: ['aws.sagemaker'],
        'detail-type': ['SageMaker Endpoint State Change'],
        detail: { EndpointStatus: ['IN_SERVICE', 'InService'] },
      },
      { source: ['aws.sagemaker'], 'detail-type': ['SageMaker Model Package State Change'], detail: { ModelApprovalStatus: ['Approved'] } },
    ]);
    for (const { Properties } of rules) expect(Properties.Targets[0].DeadLetterConfig).toBeDefined();
    expect(endpointOf(endpointDeployed('e'))).toBe('e');
  });

  it('may look at SageMaker, read baselines, write monitors and their reference data, and nothing else', () => {
    const of = (service: string) => rights().filter(([action]) => action.startsWith(service));
    expect(of('sagemaker:').map(([action, resource]) => [action, resource.split(':').pop()])).toEqual([
      ['sagemaker:DescribeEndpoint', 'endpoint/*'],
      ['sagemaker:DescribeEndpointConfig', 'endpoint-config/*'],
      ['sagemaker:DescribeModel', 'model/*'],
      ['sagemaker:DescribeModelPackage', 'model-package/*'],
    ]);
    expect(
      of('s3:PutObject')
        .map(([, resource]) => resource.replace(/^<\w+\.Arn>\//, ''))
        .sort(),
    ).toEqual(['monitors/*/baseline/input/*', 'monitors/*/monitor.json']);
    expect(of('s3:GetObject').map(([, resource]) => resource)).toContainEqual(expect.stringContaining('registry-one/*'));
    expect([...new Set(rights().map(([action]) => action.split(':')[0]))].sort()).toEqual(['logs', 's3', 'sagemaker', 'sqs']);
  });

  it('is left out where it is not wanted', () => {
    const { template: without } = makeStack({ followEndpoints: 'false' });
    expect(rights(without)).toEqual([]);
    expect(resources(without, 'AWS::Lambda::Function')).toHaveLength(3);
  });
});

describe('metrics under the names of Model Monitor', () => {
  const putting = (context: object): string[] =>
    resources(makeStack({ ...context }).template, 'AWS::IAM::Policy')
      .filter((policy) => statements(policy).some(({ Action }) => Action.includes('cloudwatch:PutMetricData')))
      .map(({ id }) => id.replace(/^Assay(\w+?)RoleDefault.*$/, '$1'))
      .sort();

  it('may be put by nobody, unless the stack is told so', () => {
    expect([putting({}), putting({ modelMonitorMetrics: 'true' })]).toEqual([[], ['Api', 'Audit']]);
  });
});
