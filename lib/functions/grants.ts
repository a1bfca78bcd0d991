import { Stack, Validations } from 'aws-cdk-lib';
import { type Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { REPORTS } from '../../layers/quality/contract/keys.ts';

/** A role with nothing but the right to write to its own log. */
export const functionRole = (scope: Construct, id: string, logGroup: ILogGroup): Role => {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  allow(role, ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
  return role;
};

/** Listing is needed too: without it S3 answers 403 for a missing object, and nobody could tell it from a forbidden one. */
export const grantRead = (role: Role, bucket: IBucket): void => {
  allow(role, ['s3:ListBucket'], [bucket.bucketArn]);
  allow(role, ['s3:GetObject'], [bucket.arnForObjects('*')]);
  explainWildcard(
    role,
    bucket.arnForObjects('*'),
    'Data may arrive under any key of a bucket that is watched; which ones are read is the configuration of the monitors.',
  );
  grantKey(role, bucket, ['kms:Decrypt']);
};

export const grantWrite = (role: Role, bucket: IBucket, patterns: readonly string[]): void => {
  const objects = patterns.map((pattern) => bucket.arnForObjects(pattern));
  allow(role, ['s3:PutObject'], objects);
  for (const object of objects)
    explainWildcard(role, object, 'One of the prefixes Assay writes: the names of objects hold hashes that cannot be known before.');
  grantKey(role, bucket, ['kms:Decrypt', 'kms:GenerateDataKey']);
};

/** What those who write reports write. */
export const REPORT_KEYS = `${REPORTS}*`;

/** Whoever writes reports that are locked says how long; it cannot shorten that. */
export const grantLock = (role: Role, bucket: IBucket): void => allow(role, ['s3:PutObjectRetention'], [bucket.arnForObjects(REPORT_KEYS)]);

export const grantSecret = (role: Role, secret: ISecret): void => {
  allow(role, ['secretsmanager:GetSecretValue'], [secret.secretArn]);
  secret.encryptionKey?.grant(role, 'kms:Decrypt');
};

export const grantSend = (role: Role, queues: IQueue[]): void =>
  allow(
    role,
    ['sqs:SendMessage'],
    queues.map(({ queueArn }) => queueArn),
  );

const grantKey = (role: Role, bucket: IBucket, actions: string[]): void => {
  bucket.encryptionKey?.grant(role, ...actions);
};
const allow = (role: Role, actions: string[], resources: string[]): void => {
  role.addToPolicy(new PolicyStatement({ actions, resources }));
};

/** Whatever it is asked of SageMaker, it may only look. */
export const grantDescribe = (role: Role, { partition, region, account }: Stack): void => {
  for (const [action, resource] of DESCRIBED) {
    const arn = `arn:${partition}:sagemaker:${region}:${account}:${resource}/*`;
    allow(role, [`sagemaker:${action}`], [arn]);
    explainWildcard(
      role,
      arn,
      'Which endpoints are followed is the configuration of the monitors; what they are made of is named by SageMaker itself.',
    );
  }
};

/** Putting metrics has no resource: it is held to namespaces instead. */
export const grantMetrics = (role: Role, namespaces: readonly string[]): void => {
  const conditions = { StringEquals: { 'cloudwatch:namespace': [...namespaces] } };
  role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:PutMetricData'], resources: ['*'], conditions }));
  explainWildcard(
    role,
    '*',
    'CloudWatch knows no resource for putting metrics; a condition holds it to the namespaces that Model Monitor has.',
  );
};

/** Lambda makes the function's network interfaces in its name. Looking at them, and making one that does not exist yet, has no resource. */
export const grantNetwork = (role: Role): void => {
  const interfaces = ['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets'];
  allow(
    role,
    [...interfaces, 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'].map((action) => `ec2:${action}`),
    ['*'],
  );
  explainWildcard(
    role,
    '*',
    'EC2 knows no resource for describing network interfaces, nor for one that is yet to be made: as in the policy AWS gives functions in a VPC.',
  );
};

const DESCRIBED = [
  ['DescribeEndpoint', 'endpoint'],
  ['DescribeEndpointConfig', 'endpoint-config'],
  ['DescribeModel', 'model'],
  ['DescribeModelPackage', 'model-package'],
] as const;

/** Explains one wildcard of a role or policy to cdk-nag, and no other. */
export const explainWildcard = (of: Role | Policy, arn: string, reason: string): void =>
  Validations.of(of).acknowledge({ id: `AwsSolutions-IAM5[Resource::${spelled(Stack.of(of).resolve(arn))}]`, reason });

/** An ARN as cdk-nag spells it: references in angle brackets. */
const spelled = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const [[intrinsic, operand]] = Object.entries(value as Record<string, never>) as [[string, never]];
  if (intrinsic === 'Ref') return `<${operand}>`;
  if (intrinsic === 'Fn::GetAtt') return `<${(operand as string[]).join('.')}>`;
  if (intrinsic === 'Fn::Join') return (operand as [string, unknown[]])[1].map(spelled).join((operand as [string])[0]);
  throw new Error(`grants cannot spell an ARN: expected Ref, Fn::GetAtt or Fn::Join, got ${intrinsic}`);
};
