/** What the definition is filled in with: by CloudFormation on AWS, by the embedded cloud on one machine. */
export const MACHINE_PLACES = ['Partition', 'IngestFunction', 'AuditFunction', 'DataBucket'] as const;
export type MachinePlaces = Record<(typeof MACHINE_PLACES)[number], string>;

const place = (name: keyof MachinePlaces): string => `\${${name}}`;
/** An integration of Step Functions itself, in whatever partition. */
const integration = (name: string): string => `arn:${place('Partition')}:states:::${name}`;

export interface MachineSettings {
  /** Functions at work at once on objects. */
  maxConcurrency: number;
  /** Objects a function is handed at once, at most. */
  batchSize: number;
  /** Share of the objects, in percent, that may fail before the whole stops. */
  toleratedFailurePercentage: number;
}

export const MACHINE_DEFAULTS: MachineSettings = { maxConcurrency: 40, batchSize: 25, toleratedFailurePercentage: 5 };

/** Windows that are audited at once. */
const AUDITS_AT_ONCE = 4;
/** Of one call: a little more than a function may take. */
const TASK_SECONDS = 960;

/** Lambda could not take the call: it does not say that anything is wrong with it. */
const LAMBDA_BUSY = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];
/** The function did not end as it should: once more may do, many times will not. */
const FUNCTION_ENDED = ['Lambda.Unknown', 'Sandbox.Timedout', 'Runtime.ExitError', 'States.Timeout'];

const retries = (...own: string[]) => [
  { ErrorEquals: LAMBDA_BUSY, IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 8, MaxDelaySeconds: 120, JitterStrategy: 'FULL' },
  { ErrorEquals: [...own, ...FUNCTION_ENDED], IntervalSeconds: 30, BackoffRate: 2, MaxAttempts: 2, JitterStrategy: 'FULL' },
];

const calls = (name: 'IngestFunction' | 'AuditFunction', ...own: string[]) => ({
  Type: 'Task',
  Resource: integration('lambda:invoke'),
  Parameters: { FunctionName: place(name), 'Payload.$': '$' },
  OutputPath: '$.Payload',
  TimeoutSeconds: TASK_SECONDS,
  Retry: retries(...own),
});

/** Children that take batches of keys; each calls `ingest` until nothing of its batch is left. */
const eachBatch = {
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: 'Ingest',
  States: {
    Ingest: { ...calls('IngestFunction', 'ObjectsFailedError'), Next: 'Left' },
    Left: { Type: 'Choice', Choices: [{ Variable: '$.left', NumericGreaterThan: 0, Next: 'Ingest' }], Default: 'Ingested' },
    Ingested: { Type: 'Succeed' },
  },
};

/**
 * Objects under a prefix through `ingest`, where there is a `source`, then windows through `audit`: a state machine in Amazon States Language.
 * The one definition of it, for CloudFormation and for the embedded cloud; its input is `backfillInputSchema`.
 */
export const backfillMachine = ({ maxConcurrency, batchSize, toleratedFailurePercentage }: MachineSettings) => ({
  Comment: 'Assay: backfills and windows too large for one call',
  StartAt: 'Source',
  States: {
    Source: { Type: 'Choice', Choices: [{ Variable: '$.source', IsPresent: true, Next: 'Objects' }], Default: 'Windows' },
    Objects: {
      Type: 'Map',
      Label: 'Objects',
      MaxConcurrency: maxConcurrency,
      ToleratedFailurePercentage: toleratedFailurePercentage,
      ItemReader: {
        Resource: integration('s3:listObjectsV2'),
        Parameters: { 'Bucket.$': '$.source.bucket', 'Prefix.$': '$.source.prefix' },
      },
      ItemBatcher: { MaxItemsPerBatch: batchSize, BatchInput: { 'bucket.$': '$.source.bucket' } },
      ItemProcessor: eachBatch,
      ResultWriter: {
        Resource: integration('s3:putObject'),
        Parameters: { Bucket: place('DataBucket'), 'Prefix.$': '$.results' },
      },
      ResultPath: '$.objects',
      Next: 'Windows',
    },
    Windows: {
      Type: 'Map',
      ItemsPath: '$.windows',
      MaxConcurrency: AUDITS_AT_ONCE,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Audit',
        States: { Audit: { ...calls('AuditFunction'), End: true } },
      },
      ResultPath: '$.audits',
      End: true,
    },
  },
});
