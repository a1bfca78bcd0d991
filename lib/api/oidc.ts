import { Duration, Stack } from 'aws-cdk-lib';
import { AuthorizationType, type CfnAuthorizer, LambdaIntegration, RequestAuthorizer, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';
import { grantSecret } from '../functions/grants.ts';
import { plainFunction } from '../functions/plain-function.ts';
import type { ApiSettings } from './api-props.ts';
import { explainLogin } from './explanations.ts';
import { AUTHORIZER_TIMEOUT, LOGIN_TIMEOUT, OIDC_MEMORY_MB, type OidcProps, requireOidc } from './oidc-props.ts';
import { addOidcRefusals } from './oidc-refusals.ts';

type Settings = ApiSettings & OidcProps;

/** Tokens of an OpenID Connect provider in place of IAM: an authorizer before every route, and a login for people. Neither reads data. */
export class Oidc extends Construct {
  readonly authorizer: RequestAuthorizer;
  readonly authorizerFunction: LambdaFunction;
  readonly loginFunction: LambdaFunction;

  constructor(scope: Construct, id: string, props: Settings) {
    super(scope, id);
    requireOidc(props);
    const { vpc, vpcSubnets, securityGroups, architecture, logRetention, root } = props;
    const shared = { vpc, vpcSubnets, securityGroups, architecture, logRetention, root, memoryMB: OIDC_MEMORY_MB };
    this.authorizerFunction = plainFunction(new Construct(this, 'Verify'), {
      ...{ ...shared, bundle: 'authorizer', timeout: AUTHORIZER_TIMEOUT, environment: environmentOf(this, props) },
      description: 'Assay authorizer: who may ask the HTTP API',
    });
    this.loginFunction = plainFunction(new Construct(this, 'Login'), {
      ...{ ...shared, bundle: 'login', timeout: LOGIN_TIMEOUT, environment: environmentOf(this, props) },
      description: 'Assay login: signs people in and out of the HTTP API',
    });
    if (props.clientSecret) {
      this.loginFunction.addEnvironment('OIDC_CLIENT_SECRET_ARN', props.clientSecret.secretArn);
      grantSecret(this.loginFunction.role as Role, props.clientSecret);
    }
    // Header or cookie, and what else a cookie needs: no key of a cache covers that.
    this.authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: this.authorizerFunction,
      identitySources: [],
      resultsCacheTtl: Duration.seconds(0),
    });
    // Empty text would be a source; none at all has every request come here.
    (this.authorizer.node.defaultChild as CfnAuthorizer).addPropertyDeletionOverride('IdentitySource');
  }

  /** The login's addresses, which alone are open, and what those hear who are not let in. */
  addLogin(api: RestApi): void {
    const integration = new LambdaIntegration(this.loginFunction, { scopePermissionToMethod: false });
    const defaultMethodOptions = { authorizationType: AuthorizationType.NONE, authorizer: undefined };
    for (const path of Object.values(LOGIN_PATHS)) {
      const resource = api.root.addResource(path.slice(1), { defaultMethodOptions });
      explainLogin(resource.addMethod('GET', integration));
    }
    addOidcRefusals(api);
  }
}

const environmentOf = (scope: Construct, { issuer, clientId, audiences = [], claims = [], scopes = [] }: OidcProps) => {
  const list = (texts: string[]): string => Stack.of(scope).toJsonString(texts);
  return {
    ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId },
    ...{ OIDC_AUDIENCES: list(audiences), OIDC_CLAIMS: list(claims), OIDC_SCOPES: list(scopes) },
  };
};
