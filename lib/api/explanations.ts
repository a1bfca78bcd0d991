import { Validations } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { ApiSettings } from './api-props.ts';

/** What cdk-nag finds of the API, and why it is so. */
export function explainApi(api: RestApi, { webAclArn }: ApiSettings): void {
  for (const method of api.methods)
    Validations.of(method).acknowledge({
      id: 'AwsSolutions-COG4',
      reason: 'Every method asks for a request signed by a principal of AWS (IAM). There are no users of ours for a user pool to hold.',
    });
  if (webAclArn === undefined)
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG3',
      reason: 'Nothing is answered to requests that are not signed, and all are throttled; whoever wants a web ACL as well names one.',
    });
}

export function explainLogRole(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: 'API Gateway takes a role for its logs only with the rights of this policy, which AWS keeps for that purpose.',
  });
}
