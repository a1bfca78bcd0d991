/** CloudWatch namespaces of metrics that Model Monitor emits of an endpoint's data: its own, and ours where that is refused. */
export const MODEL_MONITOR_NAMESPACE = 'aws/sagemaker/Endpoints/data-metrics';
export const OWN_NAMESPACE = `Assay/${MODEL_MONITOR_NAMESPACE}`;
