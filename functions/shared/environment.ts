import { join } from 'node:path';
import type { ReportLock } from '@assay/quality';
import { z } from 'zod';

/** Lambda gives one vCPU for each 1,769 MB. */
const MB_PER_CPU = 1769;
/** The engine's part of the memory; the rest is for Node, buffers and the vectors in JavaScript. */
const ENGINE_SHARE = 0.6;

const whole = z.coerce.number().int().positive();

/** The function's environment. Lambda itself sets the memory size. */
export const environmentSchema = z.object({
  DATA_BUCKET: z.string().min(3),
  SCRATCH_BYTES: whole,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: whole,
  /** ARN of the state machine, for what asks it. */
  BACKFILL_MACHINE: z.string().min(1).optional(),
  /** Address of the queue of audits, for what sends to it. */
  AUDIT_QUEUE_URL: z.string().min(1).optional(),
  TMPDIR: z.string().min(1).default('/tmp'),
  ALERT_TOPIC_ARN: z.string().min(1).optional(),
  EVENT_BUS: z.string().min(1).optional(),
  METRICS_SERVICE: z.string().min(1).default('assay'),
  REPORT_LOCK_MODE: z.enum(['GOVERNANCE', 'COMPLIANCE']).default('GOVERNANCE'),
  REPORT_LOCK_DAYS: whole.optional(),
  /** OpenID Connect issuer, where the API asks for its tokens. */
  OIDC_ISSUER: z.string().min(1).optional(),
});

export interface IngestEnvironment {
  dataBucket: string;
  /** Memory for the engine. */
  memoryMB: number;
  /** 1: no worker threads. */
  workers: number;
  /** A folder of our own, emptied before each object. */
  scratch: string;
  scratchBytes: number;
  /** Topic that people listen to, bus that programs listen to; nobody is told without. */
  topicArn: string | undefined;
  eventBus: string | undefined;
  /** Dimension `service` of all metrics. */
  service: string;
  /** ARN of the state machine, where the function has one to ask. */
  machine?: string;
  /** Address of the queue of audits, where the function sends to it. */
  auditQueue: string | undefined;
  /** Reports are locked where it is set. */
  reportLock?: ReportLock;
  /** Issuer of the tokens the API asks for; signatures of AWS are asked for without. */
  oidcIssuer?: string;
}

/** The only reader of the function's environment; a missing or wrong variable names itself. */
export const readEnvironment = (variables: NodeJS.ProcessEnv, name = 'ingest'): IngestEnvironment => {
  const result = environmentSchema.safeParse(variables);
  if (!result.success) {
    const reasons = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${name} environment is wrong: ${reasons.join('; ')}`);
  }
  const { REPORT_LOCK_MODE: mode, REPORT_LOCK_DAYS: days } = result.data;
  const { DATA_BUCKET, SCRATCH_BYTES, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory, BACKFILL_MACHINE, TMPDIR } = result.data;
  return {
    dataBucket: DATA_BUCKET,
    memoryMB: Math.floor(memory * ENGINE_SHARE),
    workers: Math.max(1, Math.floor(memory / MB_PER_CPU)),
    scratch: join(TMPDIR, `assay-${name}`),
    scratchBytes: SCRATCH_BYTES,
    topicArn: result.data.ALERT_TOPIC_ARN,
    eventBus: result.data.EVENT_BUS,
    service: result.data.METRICS_SERVICE,
    auditQueue: result.data.AUDIT_QUEUE_URL,
    ...(BACKFILL_MACHINE !== undefined && { machine: BACKFILL_MACHINE }),
    ...(days !== undefined && { reportLock: { mode, days } }),
    ...(result.data.OIDC_ISSUER !== undefined && { oidcIssuer: result.data.OIDC_ISSUER }),
  };
};
