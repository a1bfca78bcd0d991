import { Duration, Size } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { FUNCTION_DEFAULTS, type FunctionProps, type LabelProps, type MetricProps } from '../functions/function-props.ts';
import type { OidcProps } from './oidc-props.ts';

export interface ApiProps extends FunctionProps, LabelProps, MetricProps {
  /**
   * Takes audits and backfills that are more than can be waited for.
   * @default none: they are refused
   */
  stateMachine?: StateMachine;
  /**
   * Requests a second, over all callers; twice as many at once. What judges data or labels gets a tenth of it.
   * @default 50
   */
  requestsPerSecond?: number;
  /**
   * Whether to give API Gateway a role to write logs with, which is a setting of the whole account in this region and stays when the stack goes.
   * False where the account has one.
   * @default true
   */
  logRole?: boolean;
  /**
   * ARN of a WAFv2 web ACL, regional, to stand before the API.
   * @default none
   */
  webAclArn?: string;
  /**
   * OpenID Connect provider whose tokens let requests in, in place of IAM.
   * @default IAM
   */
  oidc?: OidcProps;
}

export const API_DEFAULTS = {
  ...FUNCTION_DEFAULTS,
  labelBuckets: [] as IBucket[],
  /** One processor: there is no use for more. */
  memoryMB: 1769,
  requestsPerSecond: 50,
  logRole: true,
  modelMonitorMetrics: false,
};

/** Props with every default filled in. */
export type ApiSettings = ApiProps & Required<Pick<ApiProps, keyof typeof API_DEFAULTS>>;

/** API Gateway waits no longer. */
export const API_TIMEOUT = Duration.seconds(29);
/** Room for what a request may bring or name, decompressed. */
export const API_STORAGE = Size.gibibytes(1);
/** Part of the rate that costly requests may have. */
export const COSTLY_SHARE = 0.1;
/** Where `api` may write: configurations, labels, mutes, what is uploaded to be checked, and the reports of audits. */
export const API_WRITES = [
  'monitors/*/monitor.json',
  'labels/*',
  'reports/*',
  'metrics/*',
  'model-monitor/*',
  'uploads/*',
  'alerts/*/mutes/*',
] as const;
