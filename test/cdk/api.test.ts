import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../functions/shared/environment.ts';
import { API_ROUTES } from '../../layers/quality/contract/api-routes.ts';
import { type Json, makeStack, resources, spelled, statements } from './stack.ts';

const { template } = makeStack();
const of = (type: string, from = template) => resources(from, type);
const role = () => of('AWS::IAM::Policy').filter(({ id }) => id.includes('Api'));
const written = () =>
  role()
    .flatMap(statements)
    .filter(({ Action }) => Action.includes('s3:PutObject'))
    .flatMap(({ Resource }) => Resource.map(spelled));

/** Path of a resource, from the root. */
function pathOf(id: Json): string {
  const resource = of('AWS::ApiGateway::Resource').find((each) => each.id === id?.Ref);
  return resource === undefined ? '' : `${pathOf(resource.Properties.ParentId)}/${resource.Properties.PathPart}`;
}

describe('the API', () => {
  it('has a section of the runbook for its alarm', () => {
    const [alarm] = of('AWS::CloudWatch::Alarm').filter(({ id }) => id.includes('Api'));
    const anchor = /#([a-z-]+)$/.exec(alarm!.Properties.AlarmDescription)![1]!;
    expect(readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')).toContain(`\n## ${anchor}\n`);
  });

  it('has the routes of the contract, no others, and asks for a signature on each', () => {
    const methods = of('AWS::ApiGateway::Method').map(({ Properties }) => ({
      route: `${Properties.HttpMethod} ${pathOf(Properties.ResourceId)}`,
      by: Properties.AuthorizationType,
      kind: Properties.Integration.Type,
    }));
    expect(methods.map(({ route }) => route).sort()).toEqual(API_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    expect(new Set(methods.map(({ by }) => by))).toEqual(new Set(['AWS_IAM']));
    expect(new Set(methods.map(({ kind }) => kind))).toEqual(new Set(['AWS_PROXY']));
  });

  it('is regional, and has requests validated: what a query has to have it has to have', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      BinaryMediaTypes: ['*/*'],
    });
    template.hasResourceProperties('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true });
    for (const { Properties } of of('AWS::ApiGateway::Method')) expect(Properties.RequestValidatorId).toBeDefined();
    const series = of('AWS::ApiGateway::Method').find(({ Properties }) => pathOf(Properties.ResourceId).endsWith('/metrics'))!;
    expect(series.Properties.RequestParameters).toMatchObject({
      'method.request.querystring.metric': true,
      'method.request.querystring.column': false,
    });
  });

  it('is throttled, what is costly more than the rest, and logs requests without their bodies', () => {
    const { MethodSettings, AccessLogSetting } = of('AWS::ApiGateway::Stage')[0]!.Properties;
    const rates = Object.fromEntries(
      MethodSettings.map((each: Json) => [
        `${each.HttpMethod} ${each.ResourcePath}`,
        [each.ThrottlingRateLimit, each.ThrottlingBurstLimit],
      ]),
    );
    expect(rates['* /*']).toEqual([50, 100]);
    const costly = API_ROUTES.filter(({ costly }) => costly).map(({ path }) => rates[`POST /${path.replaceAll('/', '~1')}`]);
    expect(costly).toEqual(costly.map(() => [5, 10]));
    expect(costly.length).toBe(3);
    for (const each of MethodSettings)
      expect([each.DataTraceEnabled, each.LoggingLevel, each.MetricsEnabled]).toEqual([false, 'ERROR', true]);
    expect(Object.keys(JSON.parse(AccessLogSetting.Format))).toContain('caller');
    expect(AccessLogSetting.Format).not.toMatch(/body|querystring/i);
  });

  it('writes configurations, labels and what audits come to, and nowhere else', () => {
    expect(
      written()
        .map((resource) => resource.replace(/^<\w+\.Arn>\//, ''))
        .sort(),
    ).toEqual(['alerts/*/mutes/*', 'labels/*', 'metrics/*', 'model-monitor/*', 'monitors/*/monitor.json', 'reports/*', 'uploads/*']);
    const actions = new Set(
      role()
        .flatMap(statements)
        .flatMap(({ Action }) => Action),
    );
    expect([...actions].sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'states:DescribeExecution',
      'states:StartExecution',
    ]);
  });

  it('starts the one state machine, and looks at its executions alone', () => {
    const [machine] = of('AWS::StepFunctions::StateMachine');
    const allowed = (action: string) =>
      role()
        .flatMap(statements)
        .filter(({ Action }) => Action.includes(action))
        .flatMap(({ Resource }) => Resource.map(spelled));
    expect(allowed('states:StartExecution')).toEqual([`<${machine!.id}>`]);
    expect(allowed('states:DescribeExecution')).toEqual([
      `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machine!.id}.Name>:*`,
    ]);
  });

  it('may be called by its own gateway alone', () => {
    const permissions = of('AWS::Lambda::Permission').filter(({ Properties }) => Properties.Principal !== 'events.amazonaws.com');
    expect(permissions.map(({ Properties }) => Properties.Principal)).toEqual(['apigateway.amazonaws.com']);
    expect(spelled(permissions[0]!.Properties.SourceArn)).toMatch(
      /^arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<\w+>\//,
    );
  });

  it('gives the function the environment it reads, and less time than the gateway waits', () => {
    const { Properties } = of('AWS::Lambda::Function').find(({ id }) => id.includes('Api'))!;
    const given = Object.fromEntries(Object.entries(Properties.Environment.Variables).map(([name, value]) => [name, spelled(value)]));
    expect(environmentSchema.parse({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769', ...given })).toMatchObject({ SCRATCH_BYTES: 2 ** 30 });
    expect(Properties.Timeout).toBe(29);
  });

  it('tells its address', () => {
    template.hasOutput('ApiUrl', { Value: Match.anyValue() });
  });

  it('leaves the account its role for logs, where it sets one, and sets none where it is told', () => {
    const [account] = of('AWS::ApiGateway::Account');
    expect(account!.DeletionPolicy).toBe('Retain');
    const { template: without } = makeStack({ apiLogRole: 'false' });
    expect(of('AWS::ApiGateway::Account', without)).toEqual([]);
    expect(of('AWS::IAM::Role', without).flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? [])).toEqual([]);
  });

  it('stands behind a web ACL that is named, and takes the rate it is given', () => {
    const { template } = makeStack({ apiWebAclArn: 'arn:aws:wafv2:eu-central-1:1:regional/webacl/a/b', apiRequestsPerSecond: '10' });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: Match.arrayWith([Match.objectLike({ ResourcePath: '/*', ThrottlingRateLimit: 10 })]),
    });
  });

  it('is left out where nobody wants it', () => {
    const { template } = makeStack({ api: 'false' });
    expect(resources(template).filter(({ Type, id }) => Type.startsWith('AWS::ApiGateway') || id.includes('AssayApi'))).toEqual([]);
    expect(() => makeStack({ api: 'perhaps' })).toThrow('api');
  });
});
