import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { API_ROUTES } from '../../layers/quality/contract/api-routes.ts';
import { makeStack } from './stack.ts';

const { app, stack } = makeStack({ captureBuckets: ['capture-one'] });
const findings = () => new AwsSolutionsChecks(app, { verbose: true }).validateScope(stack).violations;
const acknowledged = () =>
  stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>)),
    );

describe('cdk-nag', () => {
  it('has no finding that is not explained', () => {
    expect(
      findings().map(({ ruleName, violatingResources }) => [ruleName, violatingResources.map(({ constructPath }) => constructPath)]),
    ).toEqual([]);
  });

  it('has every explanation in words, for what is found and for nothing else', () => {
    const checks = new AwsSolutionsChecks(app);
    Object.assign(checks, { isAcknowledged: () => false });
    const { violations } = checks.validateScope(stack);
    const found = violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(() => ruleName));
    expect(
      acknowledged()
        .map(([id]) => id.replace('Annotation::', ''))
        .sort(),
    ).toEqual(found.sort());
    for (const [, reason] of acknowledged()) expect(reason.length).toBeGreaterThan(40);
    // Once for each function that needs it, and for each method of the API.
    expect(found.map((id) => id.replace(/<\w+\.(Arn|Name)>/, '<$1>')).sort()).toEqual([
      'AwsSolutions-APIG3',
      ...API_ROUTES.map(() => 'AwsSolutions-COG4'),
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-IAM5[Resource::<Arn>/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/alerts/*/mutes/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/alerts/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/alerts/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/backfills/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/labels/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/metrics/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/metrics/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/metrics/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/model-monitor/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/model-monitor/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/monitors/*/baseline/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/monitors/*/baseline/input/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/monitors/*/monitor.json]',
      'AwsSolutions-IAM5[Resource::<Arn>/monitors/*/monitor.json]',
      'AwsSolutions-IAM5[Resource::<Arn>/profiles/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/records/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/rejected/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/reports/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/reports/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/reports/*]',
      'AwsSolutions-IAM5[Resource::<Arn>/uploads/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::capture-one/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::capture-one/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::capture-one/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::capture-one/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:endpoint-config/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:endpoint/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:model-package/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:model/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<Name>/Objects:*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<Name>:*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<Name>:*]',
      'AwsSolutions-SQS3',
    ]);
  });
});
