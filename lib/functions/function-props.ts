import type { Size } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, type ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { ReportLock } from '../../layers/quality/store/report-lock.ts';
import { REPOSITORY } from '../layers/quality-layers.ts';
import type { Alerts } from '../observability/alerts.ts';

/** What each of our functions takes. */
export interface FunctionProps {
  /** Bucket of monitors, baselines, profiles and reports. */
  dataBucket: IBucket;
  /** The quality library and the native engine, for the same architecture. */
  layers: ILayerVersion[];
  /**
   * Other buckets the data is in.
   * @default none
   */
  captureBuckets?: IBucket[];
  /**
   * Keys those buckets are encrypted with. Their policies have to allow the account to decrypt.
   * @default none
   */
  captureKeys?: IKey[];
  /** @default ARM_64 */
  architecture?: Architecture;
  /**
   * Memory in MB; 1,769 MB are one processor.
   * @default two processors, one for the API
   */
  memoryMB?: number;
  /** @default three months */
  logRetention?: RetentionDays;
  /**
   * Told of alarms.
   * @default nobody
   */
  alarmTopic?: ITopic;
  /**
   * Object Lock of reports, from when each is written; the data bucket has to have it on.
   * @default reports are not locked
   */
  reportLock?: ReportLock;
  /**
   * Network to run in. It has to reach S3 and the services that are told, by endpoints or a gateway; data then never leaves it.
   * @default none
   */
  vpc?: IVpc;
  /** @default the private subnets */
  vpcSubnets?: SubnetSelection;
  /** @default one of its own for each function, that lets everything out and nothing in */
  securityGroups?: ISecurityGroup[];
  /**
   * Root of the repository, where `dist/` is.
   * @default the folder above lib/
   */
  root?: string;
}

/** Space in /tmp, for those functions whose user may choose. */
export interface StorageProps {
  /**
   * Space in /tmp. An object, records or labels larger than a third of it are not read, and the report says so.
   * @default 4 GiB
   */
  ephemeralStorage?: Size;
}

export interface TellingProps {
  /**
   * Where reports are told of.
   * @default nobody is told
   */
  alerts?: Alerts;
}

export interface MetricProps {
  /**
   * Whether it may put metrics under the names of Model Monitor, for monitors that ask for it.
   * @default false
   */
  modelMonitorMetrics?: boolean;
}

export interface LabelProps {
  /**
   * Buckets that labels come to, where it is none of the others.
   * @default none
   */
  labelBuckets?: IBucket[];
}

export const FUNCTION_DEFAULTS = {
  captureBuckets: [] as IBucket[],
  captureKeys: [] as IKey[],
  root: REPOSITORY,
  architecture: Architecture.ARM_64,
  memoryMB: 3538,
  logRetention: RetentionDays.THREE_MONTHS,
};

/** Props with every default filled in; those given as undefined are not given. */
export const withDefaults = <P extends object, D extends Partial<P>>(defaults: D, props: P): P & Required<Pick<P, keyof P & keyof D>> => {
  const given = Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given } as unknown as P & Required<Pick<P, keyof P & keyof D>>;
};
