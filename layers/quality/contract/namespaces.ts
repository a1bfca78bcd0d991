/** The jobs of Model Monitor whose metrics are put, as its namespaces name them: data quality, model quality, bias. */
export const MODEL_MONITOR_JOBS = ['data', 'model', 'bias'] as const;
export type ModelMonitorJob = (typeof MODEL_MONITOR_JOBS)[number];

/** The CloudWatch namespace of the metrics that a job emits of an endpoint. */
export const modelMonitorNamespace = (job: ModelMonitorJob): string => `aws/sagemaker/Endpoints/${job}-metrics`;

/** Ours, where Model Monitor's is refused. */
export const ownNamespace = (job: ModelMonitorJob): string => `Assay/${modelMonitorNamespace(job)}`;

/** All that metrics may be put to. */
export const METRIC_NAMESPACES: readonly string[] = MODEL_MONITOR_JOBS.flatMap((job) => [modelMonitorNamespace(job), ownNamespace(job)]);
