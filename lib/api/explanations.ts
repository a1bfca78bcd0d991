import { Validations } from 'aws-cdk-lib';
import type { Method, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { ApiSettings } from './api-props.ts';

/** What cdk-nag finds of the API, and why it is so. */
export function explainApi(api: RestApi, { webAclArn, oidc }: ApiSettings): void {
  for (const method of api.methods)
    Validations.of(method).acknowledge({
      id: 'AwsSolutions-COG4',
      reason: oidc
        ? 'Every method asks for a token of the OpenID Connect provider that was named, any provider: an authorizer of ours verifies it.'
        : 'Every method asks for a request signed by a principal of AWS (IAM). There are no users of ours for a user pool to hold.',
    });
  if (webAclArn === undefined)
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG3',
      reason: oidc
        ? 'Nothing but the login is answered without a token, and all requests are throttled; whoever wants a web ACL as well names one.'
        : 'Nothing is answered to requests that are not signed, and all are throttled; whoever wants a web ACL as well names one.',
    });
}

/** The login's methods are where those come who have no token yet. */
export function explainLogin(method: Method): void {
  const reason = 'Part of the login itself: nobody has a token before. It reads no data, says nothing of it, and is held to a lower rate.';
  Validations.of(method).acknowledge({ id: 'AwsSolutions-APIG4', reason }, { id: 'AwsSolutions-COG4', reason });
}

export function explainLogRole(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: 'API Gateway takes a role for its logs only with the rights of this policy, which AWS keeps for that purpose.',
  });
}
