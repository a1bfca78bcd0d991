import type { Monitor } from '../contract/monitor.ts';
import type { ModelMonitorJob } from '../contract/namespaces.ts';
import type { Report } from '../contract/report.ts';
import {
  biasMetrics,
  dataQualityMetrics,
  type ModelMonitorMetric,
  type MonitoredColumn,
  modelQualityMetrics,
} from '../model-monitor/index.ts';
import type { Window } from './audit-parts.ts';
import { type BiasRequest, biasSubject } from './bias-subject.ts';
import type { JudgeRequest } from './judge-profiles.ts';
import { labelDelayOf } from './monitors.ts';

export interface MetricRequest extends Pick<JudgeRequest, 'columns' | 'profile' | 'baseline'>, BiasRequest {
  monitor: Monitor;
  window: Window;
  report: Report;
  sides: MonitoredColumn[];
}

/** The metrics of one job over a window. */
export interface MetricRun {
  job: ModelMonitorJob;
  place: { endpoint: string; schedule: string };
  /** When the job would have run: what needs labels, when they should have come. */
  at: number;
  metrics: ModelMonitorMetric[];
}

/** What the jobs of Model Monitor would emit of a window, as far as it is wanted: by name, or all of the jobs whose schedule is named, and of data quality. */
export function metricRuns(request: MetricRequest, wanted: NonNullable<Monitor['modelMonitor']>): MetricRun[] {
  const { monitor, window, report, sides } = request;
  const { metrics = false, schedule = monitor.monitor, modelQualitySchedule, biasSchedule } = wanted;
  const labelled = (report.performance?.rows.judged ?? 0) > 0;
  const subject = labelled ? biasSubject(request) : null;
  const run = (job: ModelMonitorJob, own: string | undefined, at: number, all: ModelMonitorMetric[]): MetricRun => ({
    ...{ job, at, place: { endpoint: monitor.endpoint ?? monitor.monitor, schedule: own ?? schedule } },
    metrics: Array.isArray(metrics) ? all.filter(({ name }) => metrics.includes(name)) : metrics && own !== undefined ? all : [],
  });
  const delayed = window.to + labelDelayOf(monitor);
  return [
    run('data', schedule, window.to, dataQualityMetrics(sides, report)),
    run('model', modelQualitySchedule, delayed, labelled ? modelQualityMetrics(report) : []),
    run('bias', biasSchedule, delayed, subject === null ? [] : biasMetrics(subject)),
  ].filter((each) => each.metrics.length > 0);
}
