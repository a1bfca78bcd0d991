import { Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { OWN_PREFIXES } from '../../layers/quality/contract/keys.ts';
import { explainWildcard } from '../functions/grants.ts';

/** Listing is for data: what Assay wrote itself is nothing to process. */
export function grantListing(role: Role, dataBucket: IBucket, captureBuckets: readonly IBucket[]): void {
  role.addToPolicy(
    new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [dataBucket.bucketArn],
      conditions: { StringNotLike: { 's3:prefix': OWN_PREFIXES.map((prefix) => `${prefix}*`) } },
    }),
  );
  if (captureBuckets.length > 0)
    role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: captureBuckets.map(({ bucketArn }) => bucketArn) }));
}

/** What the map writes of its batches; large files in parts. */
export function grantResults(role: Role, dataBucket: IBucket): void {
  const results = dataBucket.arnForObjects('backfills/*');
  const actions = ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'];
  role.addToPolicy(new PolicyStatement({ actions, resources: [results] }));
  explainWildcard(role, results, 'What became of the batches of a backfill: Step Functions puts the id of the map run into each key.');
  dataBucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** Executions of a machine, by names that are made when they start. */
const executionsOf = (machine: StateMachine, below = ''): string => {
  const { partition, region, account } = Stack.of(machine);
  return `arn:${partition}:states:${region}:${account}:execution:${machine.stateMachineName}${below}:*`;
};

/** A Distributed Map starts, watches and stops children of its own machine. The policy stands apart: the machine must not wait for it. */
export function grantChildren(scope: Construct, role: Role, machine: StateMachine): void {
  const children = executionsOf(machine, '/Objects');
  const statements = [
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
    new PolicyStatement({ actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [executionsOf(machine)] }),
    new PolicyStatement({ actions: ['states:RedriveExecution'], resources: [children] }),
  ];
  const policy = new Policy(scope, 'Children', { statements, roles: [role] });
  for (const arn of [executionsOf(machine), children])
    explainWildcard(policy, arn, 'Executions of this machine alone: the names of children are made by Step Functions as it starts them.');
}

/** To start the machine, and to look at what it was started for. */
export function grantUse(role: Role, machine: StateMachine): void {
  role.addToPolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [executionsOf(machine)] }));
  explainWildcard(role, executionsOf(machine), 'Executions of this machine alone: their names are made as they are asked for.');
}

/** What delivery of logs and traces needs has no resource level. */
export function explainDelivery(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Deliveries of logs (logs:*LogDelivery and the like) and X-Ray segments have no resource level; no other action is allowed on all.',
  });
}
