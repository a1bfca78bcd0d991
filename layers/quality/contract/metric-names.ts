/** Namespace of the CloudWatch metrics of reports. Their dimensions are `service` and `monitor`, or `service` alone for all monitors together. */
export const METRIC_NAMESPACE = 'Assay';

/**
 * `Verdict` counts from 0, not applicable, to 4, error; `FailedChecks` failed or could not be run. Of reports on objects alone: `Objects` and `Rows`, `Lag`, the
 * seconds from an object's arrival to its report, and `DataAge`, the seconds since its newest event time.
 */
export const METRIC_NAMES = ['Verdict', 'FailedChecks', 'Objects', 'Rows', 'Lag', 'DataAge'] as const;
export type MetricName = (typeof METRIC_NAMES)[number];
