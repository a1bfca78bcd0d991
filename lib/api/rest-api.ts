import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  EndpointType,
  type IAuthorizer,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RequestValidator,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { API_ROUTES, type ApiRoute } from '../../layers/quality/contract/api-routes.ts';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';
import { type ApiSettings, COSTLY_SHARE } from './api-props.ts';
import { explainApi, explainLogRole } from './explanations.ts';

const STAGE = 'live';

/** The routes of the contract, each a method of its own: regional, throttled and logged, and asking for a signature unless there is an authorizer. */
export function createRestApi(scope: Construct, target: IFunction, settings: ApiSettings, authorizer?: IAuthorizer): RestApi {
  const accessLog = new LogGroup(scope, 'AccessLog', { retention: settings.logRetention, removalPolicy: RemovalPolicy.DESTROY });
  const api = new RestApi(scope, 'Api', {
    description: 'Assay: monitors and reports',
    endpointTypes: [EndpointType.REGIONAL],
    cloudWatchRole: false,
    // Bodies are bytes: CSV in any encoding in, compressed answers out.
    binaryMediaTypes: ['*/*'],
    defaultMethodOptions: authorizer
      ? { authorizationType: AuthorizationType.CUSTOM, authorizer }
      : { authorizationType: AuthorizationType.IAM },
    deployOptions: {
      stageName: STAGE,
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: AccessLogFormat.custom(accessLine(authorizer ? '$context.authorizer.principalId' : '$context.identity.userArn')),
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      metricsEnabled: true,
      ...rateOf(settings.requestsPerSecond),
      methodOptions: lowerRates(settings.requestsPerSecond, settings.oidc ? Object.values(LOGIN_PATHS) : []),
    },
  });
  addMethods(api, target);
  addRefusals(api);
  if (settings.logRole) giveLogRole(scope, api);
  if (settings.webAclArn !== undefined)
    new CfnWebACLAssociation(scope, 'WebAcl', { webAclArn: settings.webAclArn, resourceArn: api.deploymentStage.stageArn });
  explainApi(api, settings);
  return api;
}

const rateOf = (perSecond: number) => ({ throttlingRateLimit: perSecond, throttlingBurstLimit: Math.ceil(2 * perSecond) });

/** What judges data or labels takes a processor for seconds, and a login nobody needs often: less of it is let in. */
function lowerRates(perSecond: number, logins: string[]) {
  const costly = API_ROUTES.filter((route) => route.costly).map(({ path, method }) => `${path}/${method}`);
  const rate = rateOf(Math.max(1, perSecond * COSTLY_SHARE));
  const options = { ...rate, loggingLevel: MethodLoggingLevel.ERROR, metricsEnabled: true, dataTraceEnabled: false };
  return Object.fromEntries([...costly, ...logins.map((path) => `${path}/GET`)].map((route) => [route, options]));
}

function addMethods(api: RestApi, target: IFunction): void {
  const integration = new LambdaIntegration(target, { scopePermissionToMethod: false });
  const requestValidator = new RequestValidator(api, 'Validator', {
    restApi: api,
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  for (const { method, path, query } of API_ROUTES) {
    const requestParameters = Object.fromEntries(
      Object.entries(query.shape as Record<string, Schema>).map(([name, schema]) => [
        `method.request.querystring.${name}`,
        isRequired(schema),
      ]),
    );
    api.root.resourceForPath(path).addMethod(method, integration, { requestValidator, requestParameters });
  }
}

type Schema = ApiRoute['query']['shape'][string];
const isRequired = (schema: Schema): boolean =>
  !(schema as unknown as { safeParse(value: unknown): { success: boolean } }).safeParse(undefined).success;

/** What the gateway refuses by itself looks like what the function refuses, as far as it can. */
function addRefusals(api: RestApi): void {
  const templates = {
    'application/json':
      '{"type":"about:blank","title":$context.error.messageString,"detail":"$context.error.responseType, request $context.requestId"}',
  };
  api.addGatewayResponse('Refused', { type: ResponseType.DEFAULT_4XX, templates });
  api.addGatewayResponse('Failed', { type: ResponseType.DEFAULT_5XX, templates });
}

/** Without a role in the account's settings API Gateway refuses a stage that is to write logs. */
function giveLogRole(scope: Construct, api: RestApi): void {
  const role = new Role(scope, 'LogRole', {
    // Without the account as a condition: API Gateway does not name it when it takes on a role, and would be refused.
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  const account = new CfnAccount(scope, 'Account', { cloudWatchRoleArn: role.roleArn });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  api.deploymentStage.node.addDependency(account);
  explainLogRole(role);
}

/** One line of JSON a request. Bodies and queries are not in it. */
const accessLine = (caller: string): string =>
  JSON.stringify({
    time: '$context.requestTime',
    requestId: '$context.requestId',
    caller,
    sourceIp: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    resource: '$context.resourcePath',
    path: '$context.path',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    error: '$context.error.responseType',
  });
