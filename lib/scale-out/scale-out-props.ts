import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { MACHINE_DEFAULTS, type MachineSettings } from '../../layers/quality/contract/backfill-machine.ts';
import type { Audit } from '../audit/audit.ts';
import { FUNCTION_DEFAULTS } from '../functions/function-props.ts';
import type { Ingest } from '../ingest/ingest.ts';

export interface ScaleOutProps extends Partial<MachineSettings> {
  /** Bucket of monitors, baselines, profiles and reports. */
  dataBucket: IBucket;
  /** Takes the objects. */
  ingest: Ingest;
  /** Takes the windows. */
  audit: Audit;
  /**
   * Other buckets that objects may be taken from.
   * @default none
   */
  captureBuckets?: IBucket[];
  /** @default three months */
  logRetention?: RetentionDays;
  /**
   * Told of alarms.
   * @default nobody
   */
  alarmTopic?: ITopic;
}

export const SCALE_OUT_DEFAULTS = {
  ...MACHINE_DEFAULTS,
  captureBuckets: [] as IBucket[],
  logRetention: FUNCTION_DEFAULTS.logRetention,
};
