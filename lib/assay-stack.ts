import { CfnOutput, Duration, Size, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { OidcProps } from './api/oidc-props.ts';
import { readMonitors } from './monitors/read-monitors.ts';
import { QualityMonitor } from './quality-monitor.ts';
import type { Settings } from './settings.ts';

export interface AssayStackProps extends StackProps {
  settings: Settings;
  /**
   * Root of the repository, where `dist/` and `layers/` are.
   * @default the folder above lib/
   */
  root?: string;
}

/** Assay by itself, as `bin/app.ts` deploys it. */
export class AssayStack extends Stack {
  readonly monitor: QualityMonitor;

  constructor(scope: Construct, id: string, { settings, root, ...props }: AssayStackProps) {
    super(scope, id, { description: 'Assay: the quality layer of a machine-learning stack', ...props });
    const { encryptionKeyArn: key, reportLockDays: days, reportLockMode } = settings;
    const mode = reportLockMode === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE';
    this.monitor = new QualityMonitor(this, 'Assay', {
      bucketName: settings.dataBucketName,
      monitor: settings.monitors === undefined ? [] : readMonitors(settings.monitors),
      captureBuckets: settings.captureBuckets.map((name) => Bucket.fromBucketName(this, `Capture-${name}`, name)),
      labelBuckets: settings.labelBuckets.map((name) => Bucket.fromBucketName(this, `Labels-${name}`, name)),
      captureKeys: settings.captureKeyArns.map((arn, index) => Key.fromKeyArn(this, `CaptureKey${index}`, arn)),
      encryptionKey: key === undefined ? undefined : Key.fromKeyArn(this, 'Key', key),
      ...(days !== undefined && { reportLock: { mode, days } as const }),
      architecture: settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memoryMB: settings.memory,
      ephemeralStorage: Size.mebibytes(settings.ephemeralStorage),
      timeout: Duration.seconds(settings.timeout),
      maxConcurrency: settings.maxConcurrency,
      api: settings.api && {
        requestsPerSecond: settings.apiRequestsPerSecond,
        logRole: settings.apiLogRole,
        webAclArn: settings.apiWebAclArn,
        oidc: oidcOf(this, settings),
      },
      modelMonitorMetrics: settings.modelMonitorMetrics,
      endpoints: settings.followEndpoints && {
        registryBuckets: settings.registryBuckets.map((name) => Bucket.fromBucketName(this, `Registry-${name}`, name)),
      },
      alarmEmail: settings.alarmEmail,
      alertEmail: settings.alertEmail,
      eventBus: EventBus.fromEventBusName(this, 'EventBus', settings.eventBusName),
      dashboard: settings.dashboard,
      root,
    });
    Tags.of(this).add('project', 'assay');
    new CfnOutput(this, 'DataBucket', {
      value: this.monitor.bucket.bucketName,
      description: 'Bucket of monitors, baselines, profiles and reports',
    });
    new CfnOutput(this, 'DeadLetters', {
      value: this.monitor.ingest.deadLetters.queueUrl,
      description: 'Objects that could not be processed',
    });
    new CfnOutput(this, 'AlertTopic', { value: this.monitor.alerts.topic.topicArn, description: 'Topic of what is wrong with the data' });
    if (this.monitor.api) new CfnOutput(this, 'ApiUrl', { value: this.monitor.api.url, description: 'Address of the HTTP API' });
    if (this.monitor.api?.oidc)
      new CfnOutput(this, 'LoginCallback', {
        value: this.monitor.api.callbackUrl,
        description: 'Address to register with the OpenID Connect provider, where it sends people back to',
      });
    new CfnOutput(this, 'BackfillMachine', {
      value: this.monitor.scaleOut.stateMachine.stateMachineArn,
      description: 'State machine of backfills and large audits',
    });
    if (this.monitor.endpoints)
      new CfnOutput(this, 'EndpointDeadLetters', {
        value: this.monitor.endpoints.deadLetters.queueUrl,
        description: 'Changes of SageMaker endpoints that were not followed',
      });
    new CfnOutput(this, 'AuditQueue', { value: this.monitor.audit.queue.queueUrl, description: 'Windows that are due' });
    new CfnOutput(this, 'AuditDeadLetters', {
      value: this.monitor.audit.deadLetters.queueUrl,
      description: 'Windows that could not be audited',
    });
  }
}

function oidcOf(scope: Construct, settings: Settings): OidcProps | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecretArn: secret } = settings;
  if (issuer === undefined || clientId === undefined) return undefined;
  return {
    ...{ issuer, clientId, audiences: settings.oidcAudiences, claims: settings.oidcClaims, scopes: settings.oidcScopes },
    ...(secret !== undefined && { clientSecret: Secret.fromSecretCompleteArn(scope, 'ClientSecret', secret) }),
  };
}
