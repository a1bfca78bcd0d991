import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';
import { withDefaults } from '../functions/function-props.ts';
import { qualityFunction } from '../functions/quality-function.ts';
import { grantUse } from '../scale-out/machine-grants.ts';
import { ApiAlarms } from './api-alarms.ts';
import { API_DEFAULTS, API_STORAGE, API_TIMEOUT, API_WRITES, type ApiProps, type ApiSettings } from './api-props.ts';
import { Oidc } from './oidc.ts';
import { createRestApi } from './rest-api.ts';

/** Monitors and reports over HTTP: API Gateway with authorisation on every method, by IAM or by tokens of a provider → function. */
export class Api extends Construct {
  readonly function: LambdaFunction;
  readonly restApi: RestApi;
  /** Where tokens of a provider are asked for. */
  readonly oidc: Oidc | undefined;
  readonly alarms: ApiAlarms;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const settings: ApiSettings = withDefaults(API_DEFAULTS, props);
    this.function = qualityFunction(this, {
      ...settings,
      bundle: 'api',
      description: 'Assay API: monitors and reports over HTTP',
      timeout: API_TIMEOUT,
      ephemeralStorage: API_STORAGE,
      reads: [...settings.captureBuckets, ...settings.labelBuckets],
      writes: API_WRITES,
    });
    if (settings.stateMachine) this.mayUse(settings.stateMachine);
    this.oidc = settings.oidc && new Oidc(this, 'Oidc', { ...settings, ...settings.oidc });
    if (settings.oidc) this.function.addEnvironment('OIDC_ISSUER', settings.oidc.issuer);
    this.restApi = createRestApi(this, this.function, settings, this.oidc?.authorizer);
    this.oidc?.addLogin(this.restApi);
    this.alarms = new ApiAlarms(this, 'Alarms', { api: this, topic: settings.alarmTopic });
  }

  private mayUse(machine: StateMachine): void {
    this.function.addEnvironment('BACKFILL_MACHINE', machine.stateMachineArn);
    grantUse(this.function.role as Role, machine);
  }

  /** Address of the API, with its stage and a slash at the end. */
  get url(): string {
    return this.restApi.url;
  }

  /** Where a provider sends people back to: it has to be registered there. */
  get callbackUrl(): string {
    return this.restApi.urlForPath(LOGIN_PATHS.finish);
  }

  /** Requests that failed on our side. */
  metricServerErrors(options?: MetricOptions): Metric {
    return this.restApi.metricServerError({ statistic: 'sum', ...options });
  }
}
