import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Cloud, startCloud } from './cloud.ts';
import { endpointDeployed } from './events.ts';
import { LocalFunction, type LocalFunctionOptions } from './function.ts';
import { startHttpFront } from './http-front.ts';
import type { Delivery } from './queue.ts';
import { type RuntimeOptions, startSageMaker, startSageMakerRuntime } from './sagemaker/index.ts';
import { everyHour } from './schedule.ts';

/** The bucket that holds monitors, data and reports in the embedded cloud. */
export const DATA_BUCKET = 'assay';

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
  /** SageMaker, over a folder of descriptions, with models in containers. Default none. */
  sagemaker?: Omit<RuntimeOptions, 'put' | 'log'>;
}

/** SageMaker beside the cloud. */
export interface CloudModels {
  /** Where it is, as the SDK's variables take it. */
  controlPlane: string;
  runtime: string;
  /** Tells of an endpoint that serves anew, as EventBridge would; resolves when its monitors have followed. */
  deployed(endpoint: string): Promise<unknown>;
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

const MEMORY_MB = 1769;
const SCRATCH_BYTES = 10 * 1024 ** 3;
/** As in lib/audit. */
const AUDIT_MINUTE = 15;

/** The embedded cloud with Assay's own functions: the bundles and layers that are deployed, each in a clean process. */
export async function startAssayCloud(options: AssayCloudOptions): Promise<AssayCloud> {
  const { directory, root, port, log, deliver, concurrency = 2 } = options;
  const ingest = { ...functionOf('ingest', root), timeoutSeconds: 300, concurrency };
  const auditing = { ...functionOf('audit', root), timeoutSeconds: 900 };
  const answering = { ...functionOf('api', root), timeoutSeconds: 29 };
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
  const sagemaker = options.sagemaker && (await startModels({ ...options.sagemaker, root, s3Url: cloud.s3Url, log }));
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

/** Both halves of SageMaker over one folder. Captured requests land in the embedded S3 as any other object does. */
async function startModels({ root, s3Url, log, ...options }: Omit<RuntimeOptions, 'put'> & { root: string; s3Url: string }) {
  const { directory } = options;
  const put = async (bucket: string, key: string, body: string): Promise<void> => {
    const answer = await fetch(`${s3Url}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, { method: 'PUT', body });
    if (!answer.ok) throw new Error(`PUT s3://${bucket}/${key}: ${answer.status}`);
  };
  const controlPlane = await startSageMaker({ directory, ...(log === undefined ? {} : { log }) });
  const runtime = await startSageMakerRuntime({ ...options, put, log });
  const made = functionOf('endpoint', root);
  const environment = { ...made.environment, AWS_ENDPOINT_URL_SAGEMAKER: controlPlane.url };
  const following = new LocalFunction({
    ...made,
    environment,
    timeoutSeconds: 300,
    endpointS3: s3Url,
    ...(log === undefined ? {} : { log }),
  });
  return {
    controlPlane: controlPlane.url,
    runtime: runtime.url,
    deployed: (endpoint: string) => following.invoke(endpointDeployed(endpoint)),
    flush: () => runtime.flush(),
    close: async () => {
      await following.close();
      await Promise.all([runtime.close(), controlPlane.close()]);
    },
  };
}

function functionOf(name: string, root: string): Omit<LocalFunctionOptions, 'timeoutSeconds'> {
  const bundle = join(root, `dist/functions/${name}/index.cjs`);
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing; run "npm run build"`);
  return {
    name,
    bundle,
    handler: 'handler',
    layers: [join(root, 'dist/layer/nodejs/node_modules'), join(root, `layers/duckdb/dist/${process.arch}/nodejs/node_modules`)],
    fallbackModules: join(root, 'node_modules'),
    environment: { DATA_BUCKET, SCRATCH_BYTES: String(SCRATCH_BYTES) },
    memoryMB: MEMORY_MB,
  };
}
