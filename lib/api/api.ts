import { RemovalPolicy } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionRole, grantRead, grantWrite } from '../ingest/grants.ts';
import { builtCode } from '../layers/built-code.ts';
import { RUNTIME } from '../layers/runtime.ts';
import { ApiAlarms } from './api-alarms.ts';
import { API_DEFAULTS, API_STORAGE, API_TIMEOUT, API_WRITES, type ApiProps, type ApiSettings } from './api-props.ts';
import { createRestApi } from './rest-api.ts';

/** Monitors and reports over HTTP: API Gateway with IAM authorisation on every method → function. */
export class Api extends Construct {
  readonly function: LambdaFunction;
  readonly restApi: RestApi;
  readonly alarms: ApiAlarms;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const given = Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
    const settings = { ...API_DEFAULTS, ...given } as ApiSettings;
    this.function = this.createFunction(settings);
    this.restApi = createRestApi(this, this.function, settings);
    this.alarms = new ApiAlarms(this, 'Alarms', { api: this, topic: settings.alarmTopic });
  }

  private createFunction(settings: ApiSettings): LambdaFunction {
    const logGroup = new LogGroup(this, 'Log', { retention: settings.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = functionRole(this, 'Role', logGroup);
    for (const bucket of new Set([settings.dataBucket, ...settings.captureBuckets, ...settings.labelBuckets])) grantRead(role, bucket);
    for (const key of settings.captureKeys) key.grant(role, 'kms:Decrypt');
    grantWrite(role, settings.dataBucket, API_WRITES);
    return new LambdaFunction(this, 'Function', {
      description: 'Assay API: monitors and reports over HTTP',
      code: builtCode(new Construct(this, 'Code'), settings.root, 'dist/functions/api', 'npm run build'),
      handler: 'index.handler',
      runtime: RUNTIME,
      architecture: settings.architecture,
      layers: settings.layers,
      memorySize: settings.memoryMB,
      ephemeralStorageSize: API_STORAGE,
      timeout: API_TIMEOUT,
      role,
      logGroup,
      environment: { DATA_BUCKET: settings.dataBucket.bucketName, SCRATCH_BYTES: String(API_STORAGE.toBytes()) },
    });
  }

  /** Address of the API, with its stage and a slash at the end. */
  get url(): string {
    return this.restApi.url;
  }

  /** Requests that failed on our side. */
  metricServerErrors(options?: MetricOptions): Metric {
    return this.restApi.metricServerError({ statistic: 'sum', ...options });
  }
}
