import type { Monitor } from '../contract/monitor.ts';
import type { ModelMonitorJob } from '../contract/namespaces.ts';
import type { Report } from '../contract/report.ts';
import {
  type BiasSubject,
  biasMetrics,
  dataQualityMetrics,
  type ModelMonitorMetric,
  type MonitoredColumn,
  modelQualityMetrics,
} from '../model-monitor/index.ts';
import type { Window } from './audit-parts.ts';
import { type JobRun, jobRun, ownSchedule } from './job-runs.ts';

export interface MetricRequest {
  monitor: Monitor;
  window: Window;
  report: Report;
  columns: MonitoredColumn[];
  /** Null where there is nothing to say of bias. */
  bias: BiasSubject | null;
}

/** The metrics of a run. */
export interface MetricRun extends JobRun {
  metrics: ModelMonitorMetric[];
}

/** What the jobs of Model Monitor would emit of a window, as far as it is wanted: by name, or all of the jobs whose schedule is named, and of data quality. */
export function metricRuns({ monitor, window, report, columns, bias }: MetricRequest): MetricRun[] {
  const wanted = monitor.modelMonitor?.metrics ?? false;
  const run = (job: ModelMonitorJob, all: ModelMonitorMetric[]): MetricRun => {
    const every = wanted === true && ownSchedule(monitor, job) !== undefined;
    return {
      ...jobRun(monitor, window, job),
      metrics: Array.isArray(wanted) ? all.filter(({ name }) => wanted.includes(name)) : every ? all : [],
    };
  };
  return [
    run('data', dataQualityMetrics(columns, report)),
    run('model', modelQualityMetrics(report)),
    run('bias', bias === null ? [] : biasMetrics(bias)),
  ].filter(({ metrics }) => metrics.length > 0);
}
