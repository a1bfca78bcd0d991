import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { ModelMonitorJob } from '../contract/namespaces.ts';
import type { Report } from '../contract/report.ts';
import { biasViolationsJson, modelMonitorFiles, modelQualityFiles, VIOLATIONS } from '../model-monitor/index.ts';
import { showsValues } from './assemble-report.ts';
import { parseWindow } from './audit-calendar.ts';
import type { Window } from './audit-parts.ts';
import { biasAnalysis } from './bias-analysis.ts';
import { type BiasRequest, biasSubject } from './bias-subject.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { hasOwnFolder, jobRun } from './job-runs.ts';
import { type JudgeRequest, sidesOf } from './judge-profiles.ts';
import { type MetricRequest, metricRuns } from './metric-runs.ts';
import { judgeOptionsOf } from './monitors.ts';
import { overwrite } from './overwrite.ts';
import { putMetrics } from './put-metrics.ts';

export interface PublishRequest
  extends Pick<JudgeRequest, 'columns' | 'profile' | 'baseline'>,
    Omit<BiasRequest, 'sides' | 'before' | 'drift'> {
  monitor: Monitor;
  window: Window;
  report: Report;
}

const DEFAULT_WINDOW = '1h';

/** What runs of Model Monitor over the window would have left: files under its keys, metrics under its names. Nothing, unless the monitor asks for it. */
export async function publishModelMonitor(deps: ProcessDependencies, request: PublishRequest): Promise<void> {
  const { monitor, window, profile, report } = request;
  const { modelMonitor } = monitor;
  if (modelMonitor === undefined || profile === null || !isOfLength(window, modelMonitor.window)) return;
  const columns = sidesOf(request).map((side) => ({ ...side, showValues: showsValues(side) }));
  const labelled = (report.performance?.rows.judged ?? 0) > 0;
  const before = modelMonitor.files ? (request.baseline?.outcomes ?? null) : null;
  const bias = labelled ? biasSubject({ ...request, sides: columns, before, drift: judgeOptionsOf(monitor, deps.version) }) : null;
  if (modelMonitor.files) await writeRuns(deps, request, { columns, bias });
  for (const run of metricRuns({ monitor, window, report, columns, bias })) await putMetrics(deps, run);
}

/** The files of each job that would have run. */
async function writeRuns(
  deps: ProcessDependencies,
  request: PublishRequest,
  { columns, bias }: Pick<MetricRequest, 'columns' | 'bias'>,
): Promise<void> {
  const { monitor, report, baseline } = request;
  if (baseline !== null) await writeFiles(deps, request, 'data', modelMonitorFiles({ columns, checks: monitor.checks ?? {}, report }));
  const quality = hasOwnFolder(monitor, 'model') ? modelQualityFiles(report) : null;
  if (quality !== null) await writeFiles(deps, request, 'model', quality);
  if (bias === null) return;
  await writeFiles(deps, request, 'bias', {
    'analysis.json': biasAnalysis(bias),
    ...(hasOwnFolder(monitor, 'bias') && bias.violations !== null && { [VIOLATIONS]: biasViolationsJson(bias.violations) }),
  });
}

/** A window that is audited again has its files written again, as a job that runs again writes them. */
async function writeFiles(
  deps: ProcessDependencies,
  { monitor, window }: PublishRequest,
  job: ModelMonitorJob,
  files: Record<string, string>,
): Promise<void> {
  const run = jobRun(monitor, window, job);
  for (const [name, text] of Object.entries(files)) await overwrite(deps, keys.modelMonitor(run, run.at, name), text);
}

const isOfLength = ({ from, to }: Window, length = DEFAULT_WINDOW): boolean => {
  const { unit, count } = parseWindow(length);
  // Days are an hour longer or shorter where clocks change.
  return unit === 'h' ? to - from === count * HOUR : Math.round((to - from) / (24 * HOUR)) === count;
};
const HOUR = 3_600_000;
