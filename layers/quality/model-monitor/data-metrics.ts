import type { Report } from '../contract/report.ts';
import { sum } from '../metrics/data_quality/index.ts';
import { isTaken, type ModelMonitorMetric } from './metric.ts';
import { hasNumbers, type MonitoredColumn } from './side.ts';

/** What a data-quality job emits: each number's statistics, how much of each column is there, how far each drifted. Columns whose name CloudWatch does not take are left out. */
export function dataQualityMetrics(columns: readonly MonitoredColumn[], report: Report): ModelMonitorMetric[] {
  const drift = new Map(report.checks.map((check) => [check.id, check.effect]));
  return columns.flatMap(({ column: { name }, current }): ModelMonitorMetric[] => {
    if (current === null) return [];
    const { rows, missing } = current.counts;
    const distance = drift.get(`drift/${name}`);
    const metrics: ModelMonitorMetric[] = [
      ...(hasNumbers(current) ? [{ name: `feature_data_${name}`, value: statisticsOf(current.moments!, current.extremes!) }] : []),
      { name: `feature_non_null_${name}`, value: rows - missing },
      ...(distance === undefined || distance === null ? [] : [{ name: `feature_baseline_drift_${name}`, value: distance }]),
    ];
    return metrics.filter(isTaken);
  });
}

const statisticsOf = (
  moments: NonNullable<NonNullable<MonitoredColumn['current']>['moments']>,
  { minimum, maximum }: { minimum: number; maximum: number },
): ModelMonitorMetric['value'] => ({ count: moments.count, sum: sum(moments).value!, minimum, maximum });
