import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Notifier, ReportMeasures } from '../../layers/quality/alerts/notifier.ts';
import { METRIC_NAMESPACE, type MetricName } from '../../layers/quality/contract/metric-names.ts';
import { VERDICTS } from '../../layers/quality/contract/verdict.ts';

/** Writes the measures of reports to the log, where CloudWatch makes metrics of them: one set for each monitor, and one for all together. */
export function measureReports(serviceName: string, now: () => number = Date.now): Notifier['measure'] {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName });
  return (measures) => {
    for (const monitor of [measures.monitor, null]) {
      if (monitor !== null) metrics.addDimension('monitor', monitor);
      for (const [name, unit, value] of valuesOf(measures, now())) metrics.addMetric(name, MetricUnit[unit], value);
      metrics.publishStoredMetrics();
    }
  };
}

type Value = [name: MetricName, unit: keyof typeof MetricUnit, value: number];

function valuesOf({ kind, verdict, failedChecks, objects, rows, arrived, newest }: ReportMeasures, now: number): Value[] {
  const seconds = (name: MetricName, since: Date | null): Value[] =>
    since === null ? [] : [[name, 'Seconds', Math.max(0, (now - since.getTime()) / 1000)]];
  const counts: Value[] = [
    ['Objects', 'Count', objects],
    ['Rows', 'Count', rows],
  ];
  return [
    ['Verdict', 'NoUnit', VERDICTS.indexOf(verdict)],
    ['FailedChecks', 'Count', failedChecks],
    // The rows of a window are those of its objects.
    ...(kind === 'window' ? [] : counts),
    ...seconds('Lag', arrived),
    ...seconds('DataAge', newest),
  ];
}
