import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { QualityMonitor } from '../../lib/quality-monitor.ts';
import { repository, resources, statements } from './stack.ts';

const REASON = 'A network of the test: what flows in it is no matter of the construct under test.';

describe('The construct in a stack of others', () => {
  const app = new App();
  const stack = new Stack(app, 'Team');
  const vpc = new Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  Validations.of(vpc).acknowledge({ id: 'AwsSolutions-VPC7', reason: REASON });
  new QualityMonitor(stack, 'CreditRisk', {
    ...{ vpc, root: repository(true), retention: { 'records/': Duration.days(30) } },
    monitor: { schema: 'assay.monitor/1', monitor: 'credit-risk' },
  });
  const template = Template.fromStack(stack);
  const own = resources(template, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith('CreditRisk'));

  it('runs every function in its network, and lets each make its interfaces alone', () => {
    expect(own).toHaveLength(4);
    for (const { Properties } of own) expect(Properties.VpcConfig.SubnetIds.length).toBeGreaterThan(0);
    const interfaces = resources(template, 'AWS::IAM::Policy')
      .flatMap(statements)
      .filter(({ Action }) => Action.some((action) => action.startsWith('ec2:')));
    expect(interfaces).toHaveLength(4);
    for (const { Action } of interfaces)
      expect(Action.filter((action) => !/NetworkInterface|DescribeSubnets|PrivateIpAddresses/.test(action))).toEqual([]);
  });

  it('keeps each prefix as long as was said, and the others as they are kept by default', () => {
    const bucket = resources(template, 'AWS::S3::Bucket').find(({ id }) => !id.includes('AccessLog'))!;
    const kept = bucket.Properties.LifecycleConfiguration.Rules.filter(({ Prefix }: { Prefix?: string }) => Prefix !== undefined);
    const days = Object.fromEntries(kept.map(({ Prefix, ExpirationInDays }: Record<string, unknown>) => [Prefix, ExpirationInDays]));
    expect(days).toMatchObject({ 'records/': 30, 'rejected/': 90, 'uploads/': 1 });
  });

  it('has no finding of cdk-nag of its own', () => {
    const found = new AwsSolutionsChecks(app, { verbose: true }).validateScope(stack).violations;
    expect(
      found.map(({ ruleName, violatingResources }) => [ruleName, violatingResources.map(({ constructPath }) => constructPath)]),
    ).toEqual([]);
  });
});
