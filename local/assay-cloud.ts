import { join } from 'node:path';
import { startAudits } from './audits.ts';
import { builtFunction, DATA_BUCKET } from './built-function.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { type CloudModels, type ModelsOptions, startModels } from './cloud-models.ts';
import { ACCOUNT, REGION } from './events.ts';
import { LocalFunction } from './function.ts';
import { startHttpFront } from './http-front.ts';
import { Outbox, startOutbox } from './outbox/index.ts';
import type { DeadLetter, Delivery } from './queue.ts';
import { MACHINE_ARN, startScaleOut } from './scale-out.ts';
import { everyHour } from './schedule.ts';
import type { ListedObject } from './state-machine/index.ts';

export { DATA_BUCKET };

export interface AssayCloudOptions {
  /** Folder of the buckets. */
  directory: string;
  /** Folder of the built project: bundles in dist/, modules in node_modules/. */
  root: string;
  port?: number;
  /** Port of the HTTP API. A free one otherwise. */
  apiPort?: number;
  log?: (line: string) => void;
  deliver?: Delivery;
  /** Functions at work at once. Default 2. */
  concurrency?: number;
  /** Whether windows are audited by the clock, every hour, as on AWS. Default false. */
  schedule?: boolean;
  /** Variables of the functions, besides Lambda's and their own: where other services are. */
  environment?: Record<string, string>;
  /** SageMaker, over a folder of descriptions, with models in containers. Default none. */
  sagemaker?: ModelsOptions;
}

/** What the audit function takes from who waits for the answer: a window of a monitor, or what is due of it at a time. Times are ISO. */
export type AuditEvent = { monitor: string; from: string; to: string } | { time: string; monitor: string; window?: string };

/** What the audit function answers. */
export interface AuditAnswer {
  audited: { monitor: string; from: string; to: string; verdict: string; report: string }[];
}

export interface AssayCloud extends Cloud {
  /** Calls the audit function. */
  audit(event: AuditEvent): Promise<AuditAnswer>;
  /** Has audited what is due at a time, as the schedule does every hour, whatever the clock says; `idle` waits for it. */
  askAt(time: Date): void;
  /** What could not be audited. */
  auditDeadLetters(): readonly DeadLetter[];
  /** Where the HTTP API is, without a slash at its end. */
  readonly apiUrl: string;
  /** Folder of what people and programs were told: `messages/`, `events/` and `metrics.jsonl`. */
  readonly outbox: string;
  /** Where Step Functions is, and the state machine of backfills there. */
  readonly statesUrl: string;
  readonly machineArn: string;
  /** Null where the cloud has none. */
  readonly sagemaker: CloudModels | null;
}

/** As in lib/audit. */
const AUDIT_MINUTE = 15;

/** The embedded cloud with Assay's own functions: the bundles and layers that are deployed, each in a clean process. */
export async function startAssayCloud(options: AssayCloudOptions): Promise<AssayCloud> {
  const { directory, port, deliver, concurrency = 2 } = options;
  const outbox = new Outbox(join(directory, '.assay-outbox'));
  const log = (line: string): void => {
    outbox.keepMetrics(line);
    options.log?.(line);
  };
  const outgoing = await startOutbox(outbox, log);
  const telling = { ...options, environment: { ...options.environment, ...tellingOf(outgoing.url) } };
  const ingest = { ...builtFunction('ingest', telling), timeoutSeconds: 300, concurrency };
  const auditing = { ...builtFunction('audit', telling), concurrency };
  const answering = { ...builtFunction('api', options), timeoutSeconds: 29 };
  const cloud = await startCloud({
    directory,
    ...(port === undefined ? {} : { port }),
    buckets: [DATA_BUCKET],
    function: ingest,
    log,
    ...(deliver === undefined ? {} : { deliver }),
  });
  const audits = await startAudits({ function: { ...auditing, endpointS3: cloud.s3Url, log }, directory, log });
  const listed = (bucket: string, prefix: string): ListedObject[] => cloud.objects(bucket, prefix).map(toListed);
  const functions = { ingest: (event: unknown) => cloud.invoke(event), audit: (event: unknown) => audits.invoke(event) };
  const scaleOut = await startScaleOut({ dataBucket: DATA_BUCKET, s3Url: cloud.s3Url, list: listed, functions, log });
  const asking = { ...answering.environment, BACKFILL_MACHINE: MACHINE_ARN, AWS_ENDPOINT_URL_SFN: scaleOut.url };
  const api = new LocalFunction({ ...answering, environment: asking, endpointS3: cloud.s3Url, log });
  const front = await startHttpFront({ invoke: (event) => api.invoke(event), ...(options.apiPort && { port: options.apiPort }), log });
  const sagemaker = options.sagemaker && (await startModels(options, options.sagemaker, cloud.s3Url));
  const schedule = options.schedule ? everyHour(AUDIT_MINUTE, audits.askAt) : null;
  return {
    ...cloud,
    audit: async (event) => (await audits.invoke(event)) as AuditAnswer,
    askAt: audits.askAt,
    auditDeadLetters: audits.deadLetters,
    apiUrl: front.url,
    outbox: outbox.directory,
    statesUrl: scaleOut.url,
    machineArn: MACHINE_ARN,
    sagemaker: sagemaker ?? null,
    idle: async () => {
      await sagemaker?.flush();
      await scaleOut.idle();
      await cloud.idle();
      await audits.idle();
    },
    close: async () => {
      schedule?.stop();
      await sagemaker?.close();
      await front.close();
      await api.close();
      await scaleOut.close();
      await audits.close();
      await cloud.close();
      await outgoing.close();
    },
  };
}

/** As lib/observability sets it, with endpoints that keep what they are sent. */
const tellingOf = (url: string): Record<string, string> => ({
  ALERT_TOPIC_ARN: `arn:aws:sns:${REGION}:${ACCOUNT}:assay-alerts`,
  EVENT_BUS: 'default',
  AWS_ENDPOINT_URL_SNS: url,
  AWS_ENDPOINT_URL_EVENTBRIDGE: url,
});

/** An object as Step Functions lists it. */
const toListed = ({ key, etag, size, modified }: ReturnType<Cloud['objects']>[number]): ListedObject => ({
  ...{ Etag: `"${etag}"`, Key: key, LastModified: modified / 1000, Size: size, StorageClass: 'STANDARD' },
});
