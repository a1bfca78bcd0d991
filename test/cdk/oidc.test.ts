import { App, Fn, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { oidcEnvironmentSchema, readOidcEnvironment } from '../../functions/oidc/environment.ts';
import { environmentSchema } from '../../functions/shared/environment.ts';
import { API_ROUTES } from '../../layers/quality/contract/api-routes.ts';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';
import { QualityMonitor } from '../../lib/quality-monitor.ts';
import { makeStack, repository, resources, spelled, statements } from './stack.ts';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:assay-a1B2c3';
const NEEDED = { oidcIssuer: 'https://login.example.com/tenant/', oidcClientId: 'assay-web' };
const MORE = { oidcAudiences: 'api://assay', oidcClaims: 'groups=ml,hd=example.com', oidcScopes: ['email'] };
const { app, stack, template } = makeStack({ ...NEEDED, ...MORE, oidcClientSecretArn: SECRET });
const { template: plain } = makeStack();
const of = (type: string) => resources(template, type);
const functionOf = (name: string) => of('AWS::Lambda::Function').find(({ id }) => id.startsWith(`AssayApiOidc${name}`))!;
const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(functionOf(name).Properties.Environment.Variables).map(([variable, value]) => [variable, spelled(value)]),
  );
const methods = of('AWS::ApiGateway::Method');
const [authorizer] = of('AWS::ApiGateway::Authorizer');
const rights = (name: string, from = template, id = `AssayApiOidc${name}`) =>
  resources(from, 'AWS::IAM::Policy')
    .filter((policy) => policy.id.startsWith(id))
    .flatMap(statements)
    .flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((resource) => [action, spelled(resource)])));

describe('the API with OpenID Connect', () => {
  it('asks the authorizer on every route of the contract, and has nothing open but the login', () => {
    const guarded = methods.filter(({ Properties }) => Properties.AuthorizationType === 'CUSTOM');
    expect(guarded).toHaveLength(API_ROUTES.length);
    for (const { Properties } of guarded) expect(Properties.AuthorizerId).toEqual({ Ref: authorizer!.id });
    const open = methods.filter(({ Properties }) => Properties.AuthorizationType !== 'CUSTOM');
    const paths = open.map(
      ({ Properties }) => of('AWS::ApiGateway::Resource').find(({ id }) => id === Properties.ResourceId.Ref)!.Properties,
    );
    expect(paths.map(({ PathPart }) => `/${PathPart}`).sort()).toEqual(Object.values(LOGIN_PATHS).sort());
    for (const { Properties } of open) {
      expect([Properties.HttpMethod, Properties.AuthorizationType, Properties.AuthorizerId]).toEqual(['GET', 'NONE', undefined]);
      expect(spelled(Properties.Integration.Uri)).toContain(`<${functionOf('Login').id}.Arn>`);
    }
  });

  it('asks it of every request anew, whatever that brings', () => {
    const { Type, AuthorizerResultTtlInSeconds, AuthorizerUri, IdentitySource } = authorizer!.Properties;
    expect([Type, AuthorizerResultTtlInSeconds, IdentitySource]).toEqual(['REQUEST', 0, undefined]);
    expect(spelled(AuthorizerUri)).toContain(`<${functionOf('Verify').id}.Arn>`);
    const permission = of('AWS::Lambda::Permission').find(
      ({ Properties }) => Properties.FunctionName['Fn::GetAtt'][0] === functionOf('Verify').id,
    )!;
    expect(spelled(permission.Properties.SourceArn)).toMatch(new RegExp(`:<AssayApi\\w+>/authorizers/<${authorizer!.id}>$`));
  });

  it('tells programs what is missing, and leads people to where the authorizer says the login is', () => {
    const answers = Object.fromEntries(
      of('AWS::ApiGateway::GatewayResponse').map(({ Properties }) => [Properties.ResponseType, Properties]),
    );
    expect(answers.UNAUTHORIZED).toMatchObject({
      StatusCode: '401',
      ResponseParameters: {
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.WWW-Authenticate': "'Bearer'",
      },
    });
    expect(JSON.parse(answers.UNAUTHORIZED!.ResponseTemplates['application/json'])).toMatchObject({ title: 'Unauthorized', status: 401 });
    expect(answers.ACCESS_DENIED).toMatchObject({
      StatusCode: '302',
      ResponseParameters: { 'gatewayresponse.header.Location': 'context.authorizer.login' },
    });
  });

  it('holds the login to the lower rate, and logs whom a token is about', () => {
    const { MethodSettings, AccessLogSetting } = of('AWS::ApiGateway::Stage')[0]!.Properties;
    for (const path of Object.values(LOGIN_PATHS))
      expect(MethodSettings).toContainEqual(
        expect.objectContaining({
          ResourcePath: `/~1${path.slice(1)}`,
          HttpMethod: 'GET',
          ThrottlingRateLimit: 5,
          DataTraceEnabled: false,
        }),
      );
    expect(JSON.parse(AccessLogSetting.Format).caller).toBe('$context.authorizer.principalId');
  });

  it('gives the functions the environment they read, and no more', () => {
    expect(readOidcEnvironment(environmentOf('Verify'), 'authorizer')).toEqual({
      ...{ issuer: NEEDED.oidcIssuer, clientId: 'assay-web', audiences: ['api://assay'], scopes: ['email'], clientSecretArn: undefined },
      claims: [
        ['groups', 'ml'],
        ['hd', 'example.com'],
      ],
    });
    expect(environmentOf('Login')).toEqual({ ...environmentOf('Verify'), OIDC_CLIENT_SECRET_ARN: SECRET });
    expect(Object.keys(environmentOf('Login')).sort()).toEqual(Object.keys(oidcEnvironmentSchema.shape).sort());
    const api = of('AWS::Lambda::Function').find(({ id }) => id.startsWith('AssayApiFunction'))!;
    expect(api.Properties.Environment.Variables.OIDC_ISSUER).toBe(NEEDED.oidcIssuer);
    expect(Object.keys(environmentSchema.shape)).toContain('OIDC_ISSUER');
  });

  it('lets neither see data, and the login alone its secret', () => {
    const logs = (name: string) =>
      ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => [action, expect.stringMatching(`^<AssayApiOidc${name}Log\\w+.Arn>$`)]);
    expect(rights('Verify')).toEqual(logs('Verify'));
    expect(rights('Login')).toEqual([...logs('Login'), ['secretsmanager:GetSecretValue', SECRET]]);
    expect([functionOf('Verify'), functionOf('Login')].map(({ Properties }) => Properties.Layers)).toEqual([undefined, undefined]);
  });

  it('tells the address to register with the provider', () => {
    expect(spelled(template.toJSON().Outputs.LoginCallback.Value)).toMatch(/^https:\/\/<\w+>\.execute-api\..*\/callback$/);
  });

  it('is deployed anew when it is switched over', () => {
    const deployment = (from: Template): string => resources(from, 'AWS::ApiGateway::Deployment')[0]!.id;
    expect(deployment(template)).not.toBe(deployment(plain));
  });

  it('gives cdk-nag nothing to find, and explains nothing that is not found', () => {
    expect(new AwsSolutionsChecks(app, { verbose: true }).validateScope(stack).violations).toEqual([]);
    const all = new AwsSolutionsChecks(app);
    Object.assign(all, { isAcknowledged: () => false });
    const found = all.validateScope(stack).violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(() => ruleName));
    const counted = (rule: string): number => found.filter((name) => name === rule).length;
    expect([counted('AwsSolutions-APIG4'), counted('AwsSolutions-COG4')]).toEqual([3, API_ROUTES.length + 3]);
    const explained = stack.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.keys(data as object)),
      );
    expect(explained.map((id) => id.replace('Annotation::', '')).sort()).toEqual(found.sort());
  });
});

it('without a provider nothing of it is there', () => {
  expect(JSON.stringify(plain.toJSON())).not.toMatch(/oidc|authorizer|CUSTOM|LoginCallback|"NONE"/i);
});

describe('context that is half, or wrong, names itself', () => {
  it.each([
    [{ oidcIssuer: NEEDED.oidcIssuer }, 'oidcClientId: expected with oidcIssuer'],
    [{ oidcClientId: 'a' }, 'oidcClientId: expected with oidcIssuer alone'],
    [{ oidcClaims: 'groups=ml' }, 'oidcClaims: expected with oidcIssuer alone'],
    [{ ...NEEDED, api: 'false' }, 'oidcIssuer: expected with an API'],
    [{ ...NEEDED, oidcIssuer: 'http://login.example.com' }, 'oidcIssuer: expected'],
    [{ ...NEEDED, oidcIssuer: 'http://127.0.0.1:8080' }, 'oidcIssuer: expected https'],
    [{ ...NEEDED, oidcIssuer: 'login.example.com' }, 'oidcIssuer: expected the issuer as its tokens have it'],
    [{ ...NEEDED, oidcIssuer: 'https://login.example.com/?a=b' }, 'oidcIssuer: expected'],
    [{ ...NEEDED, oidcClaims: 'groups' }, 'oidcClaims.0: expected NAME=VALUE'],
    [{ ...NEEDED, oidcScopes: ['a b'] }, 'oidcScopes.0: expected a scope'],
    [{ ...NEEDED, oidcClientSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:assay' }, 'oidcClientSecretArn: expected'],
  ])('%j', (context, reason) => {
    expect(() => makeStack(context)).toThrow(reason);
  });
});

describe('the construct', () => {
  const made = (oidc: { issuer: string; claims?: string[] }, more?: (stack: Stack) => object) => {
    const stack = new Stack(new App(), 'Team');
    new QualityMonitor(stack, 'Loans', { root: repository(true), api: { oidc: { clientId: 'a', ...oidc, ...more?.(stack) } } });
    return Template.fromStack(stack);
  };

  it('takes a secret of its stack with a key of its own', () => {
    const template = made({ issuer: 'https://login.example.com' }, (scope) => ({
      clientSecret: new Secret(scope, 'Client', { encryptionKey: new Key(scope, 'Key', { enableKeyRotation: true }) }),
    }));
    const [allowed, secret] = [rights('Login', template, 'LoansApiOidcLogin'), resources(template, 'AWS::SecretsManager::Secret')[0]!.id];
    expect(allowed.slice(2)).toEqual([
      ['secretsmanager:GetSecretValue', `<${secret}>`],
      ['kms:Decrypt', `<${resources(template, 'AWS::KMS::Key')[0]!.id}.Arn>`],
    ]);
  });

  it('runs both functions in its network', () => {
    const stack = new Stack(new App(), 'Team');
    const vpc = new Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
    new QualityMonitor(stack, 'Loans', {
      vpc,
      root: repository(true),
      api: { oidc: { issuer: 'https://login.example.com', clientId: 'a' } },
    });
    const template = Template.fromStack(stack);
    for (const name of ['Verify', 'Login']) {
      const [found] = resources(template, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith(`LoansApiOidc${name}`));
      expect(found!.Properties.VpcConfig.SubnetIds.length).toBeGreaterThan(0);
      expect(rights(name, template, `LoansApiOidc${name}`).map(([action]) => action)).toContain('ec2:CreateNetworkInterface');
    }
  });

  it('takes an issuer that is known when it is deployed, as of a user pool beside it', () => {
    const template = made({ issuer: Fn.importValue('pool-issuer') });
    const [authorizer] = resources(template, 'AWS::Lambda::Function').filter(({ id }) => id.includes('OidcVerify'));
    expect(authorizer!.Properties.Environment.Variables.OIDC_ISSUER).toEqual({ 'Fn::ImportValue': 'pool-issuer' });
  });

  it('refuses an issuer or a claim that could not be', () => {
    expect(() => made({ issuer: 'login.example.com' })).toThrow('oidc: expected the issuer as its tokens have it');
    expect(() => made({ issuer: 'https://login.example.com', claims: ['groups'] })).toThrow('oidc: expected NAME=VALUE; got "groups"');
  });
});
