import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { Alarm, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { withDefaults } from '../functions/function-props.ts';
import { grantDescribe } from '../functions/grants.ts';
import { qualityFunction } from '../functions/quality-function.ts';
import { runbookAlarm } from '../observability/alarms.ts';
import {
  ENDPOINTS_DEFAULTS,
  ENDPOINTS_MAXIMUM_AGE,
  ENDPOINTS_RETRIES,
  ENDPOINTS_STORAGE,
  ENDPOINTS_TIMEOUT,
  ENDPOINTS_WRITES,
  type EndpointsProps,
} from './endpoints-props.ts';

/** Monitors follow their SageMaker endpoints: EventBridge rules → function, with dead letters for what failed. */
export class Endpoints extends Construct {
  readonly deadLetters: Queue;
  readonly function: LambdaFunction;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const settings = withDefaults(ENDPOINTS_DEFAULTS, props);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      retentionPeriod: Duration.days(14),
    });
    const reason = 'It is the end of the line itself: it takes what EventBridge and Lambda could not deliver, and an alarm watches it.';
    Validations.of(this.deadLetters).acknowledge({ id: 'AwsSolutions-SQS3', reason });
    this.function = qualityFunction(this, {
      ...settings,
      bundle: 'endpoint',
      description: 'Assay endpoint: monitors follow their SageMaker endpoints',
      timeout: ENDPOINTS_TIMEOUT,
      ephemeralStorage: ENDPOINTS_STORAGE,
      reads: [...settings.captureBuckets, ...settings.registryBuckets],
      writes: ENDPOINTS_WRITES,
      asynchronous: {
        retryAttempts: ENDPOINTS_RETRIES,
        maxEventAge: ENDPOINTS_MAXIMUM_AGE,
        onFailure: new SqsDestination(this.deadLetters),
      },
    });
    grantDescribe(this.function.role as Role, Stack.of(this));
    this.addRules();
    this.alarm = runbookAlarm(this, 'DeadLettersAlarm', {
      metric: this.metricDeadLetters({ period: Duration.minutes(1) }),
      above: 0,
      says: 'Monitors could not follow a change of their SageMaker endpoint.',
      anchor: 'endpoint-dead-letters',
      topic: settings.alarmTopic,
    });
  }

  /** Changes that were not followed. */
  metricDeadLetters(options?: MetricOptions): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'max', ...options });
  }

  private addRules(): void {
    const targets = [
      new FunctionTarget(this.function, {
        deadLetterQueue: this.deadLetters,
        retryAttempts: ENDPOINTS_RETRIES,
        maxEventAge: ENDPOINTS_MAXIMUM_AGE,
      }),
    ];
    const rule = (name: string, description: string, detailType: string, detail: Record<string, string[]>): Rule =>
      new Rule(this, name, { description, eventPattern: { source: ['aws.sagemaker'], detailType: [detailType], detail }, targets });
    // The guide's events say IN_SERVICE, the API InService.
    rule('Deployed', 'Assay: endpoints that serve anew', 'SageMaker Endpoint State Change', {
      EndpointStatus: ['IN_SERVICE', 'InService'],
    });
    rule('Approved', 'Assay: model packages that were approved', 'SageMaker Model Package State Change', {
      ModelApprovalStatus: ['Approved'],
    });
  }
}
