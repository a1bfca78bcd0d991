import type { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Monitor } from '../layers/quality/contract/monitor.ts';
import { Api } from './api/api.ts';
import type { ApiProps } from './api/api-props.ts';
import { Audit } from './audit/audit.ts';
import type { AuditProps } from './audit/audit-props.ts';
import { Endpoints } from './endpoint/endpoints.ts';
import type { EndpointsProps } from './endpoint/endpoints-props.ts';
import { Ingest } from './ingest/ingest.ts';
import { INGEST_DEFAULTS, type IngestProps } from './ingest/ingest-props.ts';
import { QualityLayers } from './layers/quality-layers.ts';
import { MonitorFiles } from './monitors/monitor-files.ts';
import { AlarmTopic } from './observability/alarm-topic.ts';
import { Alerts } from './observability/alerts.ts';
import { QualityDashboard } from './observability/dashboard.ts';
import { ReportAlarms } from './observability/report-alarms.ts';
import { type ReportMetricOptions, reportMetric } from './observability/report-metrics.ts';
import { ScaleOut } from './scale-out/scale-out.ts';
import type { ScaleOutProps } from './scale-out/scale-out-props.ts';
import { DataBucket, type DataBucketProps } from './storage/data-bucket.ts';

export interface QualityMonitorProps extends Omit<IngestProps, 'dataBucket' | 'layers' | 'alarmTopic' | 'alerts'> {
  /**
   * Bucket of monitors, baselines, profiles and reports. Its EventBridge notifications have to be on.
   * @default a new one
   */
  bucket?: IBucket;
  /**
   * Name of the new bucket.
   * @default CloudFormation makes one
   */
  bucketName?: string;
  /**
   * What to watch, one monitor or several, as their `monitor.json` has it. Others may be put into the bucket, or come through the API.
   * @default none
   */
  monitor?: Monitor | readonly Monitor[];
  /**
   * Key of the new bucket.
   * @default S3-managed encryption
   */
  encryptionKey?: IKey;
  /**
   * How long the new bucket keeps each prefix, and what was replaced or deleted.
   * @default records 395 days, rejected lines and backfills 90, uploads 1, the rest for good; replaced and deleted versions 30 days
   */
  retention?: DataBucketProps['retention'];
  noncurrentRetention?: DataBucketProps['noncurrentRetention'];
  /**
   * Who is told of alarms.
   * @default nobody
   */
  alarmEmail?: string;
  /**
   * Who is told of what is wrong with the data.
   * @default whoever is told of alarms
   */
  alertEmail?: string;
  /**
   * Bus that gets an event for each report.
   * @default the account's default bus
   */
  eventBus?: IEventBus;
  /**
   * Time from an object's arrival to its report above which an alarm sounds.
   * @default 1 hour
   */
  maximumLag?: Duration;
  /**
   * Age of the newest event in what arrives above which an alarm sounds.
   * @default 2 days
   */
  maximumDataAge?: Duration;
  /**
   * Whether there is a dashboard.
   * @default true
   */
  dashboard?: boolean;
  /**
   * Buckets that labels come to, where it is none of the others.
   * @default none
   */
  labelBuckets?: IBucket[];
  /**
   * The HTTP API, or false for none.
   * @default one, with the defaults of its props
   */
  api?: Pick<ApiProps, 'requestsPerSecond' | 'logRole' | 'webAclArn' | 'oidc'> | false;
  /**
   * How many windows that are due are judged at once.
   * @default the defaults of its props
   */
  audits?: Pick<AuditProps, 'maxConcurrency'>;
  /**
   * How backfills and large audits are spread over functions.
   * @default the defaults of its props
   */
  scaleOut?: Pick<ScaleOutProps, 'maxConcurrency' | 'batchSize' | 'toleratedFailurePercentage'>;
  /**
   * Whether monitors follow their SageMaker endpoints, and where baselines of model packages are; false for not.
   * @default they do
   */
  endpoints?: Pick<EndpointsProps, 'registryBuckets'> | false;
  /**
   * Whether metrics may be put under the names of Model Monitor, for monitors that ask for it.
   * @default false
   */
  modelMonitorMetrics?: boolean;
  /** @default ARM_64 */
  architecture?: Architecture;
}

/** Assay's quality layer, to put into any stack. */
export class QualityMonitor extends Construct {
  readonly bucket: IBucket;
  /** Told of alarms. */
  readonly topic: Topic;
  /** Told of reports. */
  readonly alerts: Alerts;
  readonly dashboard: QualityDashboard | undefined;
  readonly ingest: Ingest;
  readonly audit: Audit;
  readonly scaleOut: ScaleOut;
  readonly api: Api | undefined;
  readonly endpoints: Endpoints | undefined;

  constructor(scope: Construct, id: string, props: QualityMonitorProps = {}) {
    super(scope, id);
    const {
      bucket,
      monitor,
      bucketName,
      encryptionKey,
      retention,
      noncurrentRetention,
      alarmEmail,
      alertEmail = alarmEmail,
      eventBus,
      maximumLag,
      maximumDataAge,
      dashboard = true,
      labelBuckets,
      api = {},
      audits = {},
      scaleOut = {},
      endpoints = {},
      modelMonitorMetrics,
      architecture = INGEST_DEFAULTS.architecture,
      ...ingest
    } = props;
    const { vpc, vpcSubnets, securityGroups, reportLock } = ingest;
    const made = { bucketName, encryptionKey, retention, noncurrentRetention, objectLock: reportLock !== undefined };
    this.bucket = bucket ?? new DataBucket(this, 'Data', made).bucket;
    this.topic = new AlarmTopic(this, 'Alarms', { email: alarmEmail }).topic;
    this.alerts = new Alerts(this, 'Reports', { email: alertEmail, eventBus });
    new ReportAlarms(this, 'ReportAlarms', { alerts: this.alerts, topic: this.topic, maximumLag, maximumDataAge });
    const layers = new QualityLayers(this, 'Layers', { architecture, root: props.root });
    const network = { vpc, vpcSubnets, securityGroups };
    const shared = { ...network, architecture, dataBucket: this.bucket, reportLock, layers: layers.all, alarmTopic: this.topic };
    this.ingest = new Ingest(this, 'Ingest', { ...ingest, ...shared, alerts: this.alerts });
    const { captureBuckets, captureKeys, memoryMB, ephemeralStorage, logRetention, root } = ingest;
    const likewise = { captureBuckets, captureKeys, memoryMB, ephemeralStorage, logRetention, root };
    const monitors = monitor === undefined ? [] : [monitor].flat();
    // Their arrival makes `ingest` build baselines.
    new MonitorFiles(this, 'Monitors', { bucket: this.bucket, monitors }).node.addDependency(this.ingest);
    const { alerts } = this;
    this.audit = new Audit(this, 'Audit', { ...likewise, ...shared, labelBuckets, alerts, modelMonitorMetrics, ...audits });
    const whole = { ...shared, captureBuckets, logRetention, ingest: this.ingest, audit: this.audit };
    this.scaleOut = new ScaleOut(this, 'ScaleOut', { ...whole, ...scaleOut });
    const follows = { captureBuckets, captureKeys, logRetention, root };
    this.endpoints = endpoints === false ? undefined : new Endpoints(this, 'Endpoints', { ...follows, ...shared, ...endpoints });
    const open = { captureBuckets, captureKeys, labelBuckets, logRetention, root, modelMonitorMetrics };
    this.api = api === false ? undefined : new Api(this, 'Api', { ...open, ...shared, ...api, stateMachine: this.scaleOut.stateMachine });
    this.dashboard = dashboard ? new QualityDashboard(this, 'Overview', { alerts, ingest: this.ingest, audit: this.audit }) : undefined;
  }

  /** Verdicts of reports: 0 not applicable, 1 pass, 2 warn, 3 fail, 4 error. */
  metricVerdict(options?: ReportMetricOptions): Metric {
    return reportMetric(this.alerts.service, 'Verdict', options);
  }

  /** Checks of a report that failed or could not be run. */
  metricFailedChecks(options?: ReportMetricOptions): Metric {
    return reportMetric(this.alerts.service, 'FailedChecks', options);
  }

  /** Rows of objects that were judged. */
  metricRows(options?: ReportMetricOptions): Metric {
    return reportMetric(this.alerts.service, 'Rows', options);
  }

  /** Seconds from an object's arrival to its report. */
  metricLag(options?: ReportMetricOptions): Metric {
    return reportMetric(this.alerts.service, 'Lag', options);
  }

  /** Seconds since the newest event time in what arrived. */
  metricDataAge(options?: ReportMetricOptions): Metric {
    return reportMetric(this.alerts.service, 'DataAge', options);
  }
}
