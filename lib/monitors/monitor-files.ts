import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { keys } from '../../layers/quality/contract/keys.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { parseMonitor } from '../../layers/quality/contract/parse-monitor.ts';

const BASIC_EXECUTION = 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]';
const OWN_ROLE = 'The CDK gives its function for single calls this policy, for its own log; besides, it may put these monitors alone.';

export interface MonitorFilesProps {
  bucket: IBucket;
  monitors: readonly Monitor[];
}

/**
 * Monitors of the stack as `monitor.json` in the data bucket, written when they change; each is checked when the stack is made. One that is taken out
 * of the stack stays in the bucket, as its reports do. CloudFormation writes no objects: the CDK's function for single calls does, and may write these alone.
 */
export class MonitorFiles extends Construct {
  constructor(scope: Construct, id: string, { bucket, monitors }: MonitorFilesProps) {
    super(scope, id);
    for (const [i, monitor] of monitors.entries()) {
      const body = `${JSON.stringify(monitor, null, 2)}\n`;
      const { monitor: name } = parseMonitor(body, `monitor "${monitor.monitor}"`);
      const key = keys.monitor(name);
      const statements = [new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(key)] })];
      const encryption = bucket.encryptionKey?.keyArn;
      if (encryption !== undefined)
        statements.push(new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryption] }));
      const { grantPrincipal } = new AwsCustomResource(this, name, {
        onUpdate: {
          service: 'S3',
          action: 'putObject',
          parameters: { Bucket: bucket.bucketName, Key: key, Body: body, ContentType: 'application/json' },
          physicalResourceId: PhysicalResourceId.of(key),
          outputPaths: ['VersionId'],
        },
        policy: AwsCustomResourcePolicy.fromStatements(statements),
        installLatestAwsSdk: false,
      });
      // All of a stack share one function and its role.
      if (i === 0) Validations.of(grantPrincipal as Role).acknowledge({ id: BASIC_EXECUTION, reason: OWN_ROLE });
    }
  }
}
