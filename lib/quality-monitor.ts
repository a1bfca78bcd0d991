import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Ingest } from './ingest/ingest.ts';
import { INGEST_DEFAULTS, type IngestProps } from './ingest/ingest-props.ts';
import { QualityLayers } from './layers/quality-layers.ts';
import { AlarmTopic } from './observability/alarm-topic.ts';
import { DataBucket } from './storage/data-bucket.ts';

export interface QualityMonitorProps extends Omit<IngestProps, 'dataBucket' | 'layers' | 'alarmTopic'> {
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
   * Key of the new bucket.
   * @default S3-managed encryption
   */
  encryptionKey?: IKey;
  /**
   * Who is told of alarms.
   * @default nobody
   */
  alarmEmail?: string;
  /** @default ARM_64 */
  architecture?: Architecture;
}

/** Assay's quality layer, to put into any stack. */
export class QualityMonitor extends Construct {
  readonly bucket: IBucket;
  readonly topic: Topic;
  readonly ingest: Ingest;

  constructor(scope: Construct, id: string, props: QualityMonitorProps = {}) {
    super(scope, id);
    const { bucket, bucketName, encryptionKey, alarmEmail, architecture = INGEST_DEFAULTS.architecture, ...ingest } = props;
    this.bucket = bucket ?? new DataBucket(this, 'Data', { bucketName, encryptionKey }).bucket;
    this.topic = new AlarmTopic(this, 'Alarms', { email: alarmEmail }).topic;
    const layers = new QualityLayers(this, 'Layers', { architecture, root: props.root });
    this.ingest = new Ingest(this, 'Ingest', {
      ...ingest,
      architecture,
      dataBucket: this.bucket,
      layers: layers.all,
      alarmTopic: this.topic,
    });
  }
}
