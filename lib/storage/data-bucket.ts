import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { OWN_PREFIXES } from '../../layers/quality/contract/keys.ts';

export type OwnPrefix = (typeof OWN_PREFIXES)[number];

export interface DataBucketProps {
  /**
   * Name of the bucket.
   * @default CloudFormation makes one
   */
  bucketName?: string;
  /**
   * Key for all objects; otherwise S3 encrypts with its own.
   * @default S3-managed encryption
   */
  encryptionKey?: IKey;
  /**
   * How long each prefix is kept, on top of `DEFAULT_RETENTION`.
   * @default DEFAULT_RETENTION
   */
  retention?: Partial<Record<OwnPrefix, Duration>>;
  /**
   * How long replaced and deleted versions are kept.
   * @default 30 days
   */
  noncurrentRetention?: Duration;
  /**
   * Whether objects can be locked; which are, is said as they are written.
   * @default false
   */
  objectLock?: boolean;
}

/** What holds rows, or lines, as they came is kept for a time; what is derived from them is kept. */
export const DEFAULT_RETENTION: Partial<Record<OwnPrefix, Duration>> = {
  'records/': Duration.days(395),
  'rejected/': Duration.days(90),
  'backfills/': Duration.days(90),
  'uploads/': Duration.days(1),
};

const ACCESS_LOG_RETENTION = Duration.days(90);

/** The bucket of monitors, baselines, profiles and reports, and its access log. Both outlive the stack. */
export class DataBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: DataBucketProps = {}) {
    super(scope, id);
    // Stacks of others may be without the flag, and their logs' bucket would then ask for access lists.
    this.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true);
    const accessLog = new Bucket(this, 'AccessLog', {
      ...CLOSED,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: ACCESS_LOG_RETENTION, noncurrentVersionExpiration: Duration.days(1) }],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...CLOSED,
      bucketName: props.bucketName,
      encryption: props.encryptionKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
      encryptionKey: props.encryptionKey,
      bucketKeyEnabled: props.encryptionKey !== undefined,
      lifecycleRules: lifecycle(props),
      ...(props.objectLock && { objectLockEnabled: true }),
      serverAccessLogsBucket: accessLog,
    });
    // The L2's `eventBridgeEnabled` would add a custom resource with a function of its own.
    const resource = this.bucket.node.defaultChild as CfnBucket;
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}

const CLOSED = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps;

const lifecycle = ({ retention, noncurrentRetention = Duration.days(30) }: DataBucketProps): LifecycleRule[] => [
  {
    id: 'noncurrent',
    noncurrentVersionExpiration: noncurrentRetention,
    abortIncompleteMultipartUploadAfter: Duration.days(7),
    expiredObjectDeleteMarker: true,
  },
  ...Object.entries({ ...DEFAULT_RETENTION, ...retention }).map(([prefix, expiration]) => ({
    id: `expire-${prefix.slice(0, -1)}`,
    prefix,
    expiration,
  })),
];
