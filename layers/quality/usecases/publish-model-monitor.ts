import { keys } from '../contract/keys.ts';
import { modelMonitorFiles } from '../model-monitor/index.ts';
import { showsValues } from './assemble-report.ts';
import { parseWindow } from './audit-calendar.ts';
import type { Window } from './audit-parts.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { sidesOf } from './judge-profiles.ts';
import { type MetricRequest, metricRuns } from './metric-runs.ts';
import { overwrite } from './overwrite.ts';
import { putMetrics } from './put-metrics.ts';

const DEFAULT_WINDOW = '1h';

/** What runs of Model Monitor over the window would have left: files under its keys, metrics under its names. Nothing, unless the monitor asks for it. */
export async function publishModelMonitor(deps: ProcessDependencies, request: Omit<MetricRequest, 'sides'>): Promise<void> {
  const { monitor, window, profile, report } = request;
  const { modelMonitor } = monitor;
  if (modelMonitor === undefined || profile === null || !isOfLength(window, modelMonitor.window)) return;
  const sides = sidesOf(request).map((side) => ({ ...side, showValues: showsValues(side) }));
  if (modelMonitor.files && request.baseline !== null) {
    const place = { endpoint: monitor.endpoint ?? monitor.monitor, schedule: modelMonitor.schedule ?? monitor.monitor };
    const files = modelMonitorFiles({ columns: sides, checks: monitor.checks ?? {}, report });
    // A window that is audited again has its files written again, as a job that runs again writes them.
    for (const [name, text] of Object.entries(files)) await overwrite(deps, keys.modelMonitor(place, window.to, name), text);
  }
  for (const run of metricRuns({ ...request, sides }, modelMonitor)) await putMetrics(deps, run);
}

const isOfLength = ({ from, to }: Window, length = DEFAULT_WINDOW): boolean => {
  const { unit, count } = parseWindow(length);
  // Days are an hour longer or shorter where clocks change.
  return unit === 'h' ? to - from === count * HOUR : Math.round((to - from) / (24 * HOUR)) === count;
};
const HOUR = 3_600_000;
