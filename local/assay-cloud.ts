import { builtFunction, DATA_BUCKET } from './built-function.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { type CloudModels, type ModelsOptions, startModels } from './cloud-models.ts';
import { LocalFunction } from './function.ts';
import { startHttpFront } from './http-front.ts';
import type { Delivery } from './queue.ts';
import { everyHour } from './schedule.ts';

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

/** What the audit function takes: a window of a monitor, or what is due at a time. Times are ISO. */
export type AuditEvent = { monitor: string; from: string; to: string } | { time: string; monitor?: string; window?: string };

/** What the audit function answers. */
export interface AuditAnswer {
  audited: { monitor: string; from: string; to: string; verdict: string; report: string }[];
}

export interface AssayCloud extends Cloud {
  /** Calls the audit function. */
  audit(event: AuditEvent): Promise<AuditAnswer>;
  /** Where the HTTP API is, without a slash at its end. */
  readonly apiUrl: string;
  /** Null where the cloud has none. */
  readonly sagemaker: CloudModels | null;
}

/** As in lib/audit. */
const AUDIT_MINUTE = 15;

/** The embedded cloud with Assay's own functions: the bundles and layers that are deployed, each in a clean process. */
export async function startAssayCloud(options: AssayCloudOptions): Promise<AssayCloud> {
  const { directory, port, log, deliver, concurrency = 2 } = options;
  const ingest = { ...builtFunction('ingest', options), timeoutSeconds: 300, concurrency };
  const auditing = { ...builtFunction('audit', options), timeoutSeconds: 900 };
  const answering = { ...builtFunction('api', options), timeoutSeconds: 29 };
  const cloud = await startCloud({
    directory,
    ...(port === undefined ? {} : { port }),
    buckets: [DATA_BUCKET],
    function: ingest,
    ...(log === undefined ? {} : { log }),
    ...(deliver === undefined ? {} : { deliver }),
  });
  const audits = new LocalFunction({ ...auditing, endpointS3: cloud.s3Url, ...(log === undefined ? {} : { log }) });
  const api = new LocalFunction({ ...answering, endpointS3: cloud.s3Url, ...(log === undefined ? {} : { log }) });
  const front = await startHttpFront({ invoke: (event) => api.invoke(event), ...(options.apiPort && { port: options.apiPort }), log });
  const sagemaker = options.sagemaker && (await startModels(options, options.sagemaker, cloud.s3Url));
  const audit = async (event: AuditEvent): Promise<AuditAnswer> => (await audits.invoke(event)) as AuditAnswer;
  const failed = (error: Error): void => log?.(`audit failed: ${error.message}`);
  const schedule = options.schedule ? everyHour(AUDIT_MINUTE, (time) => void audit({ time: time.toISOString() }).catch(failed)) : null;
  return {
    ...cloud,
    audit,
    apiUrl: front.url,
    sagemaker: sagemaker ?? null,
    idle: async () => {
      await sagemaker?.flush();
      await cloud.idle();
    },
    close: async () => {
      schedule?.stop();
      await sagemaker?.close();
      await front.close();
      await api.close();
      await audits.close();
      await cloud.close();
    },
  };
}
