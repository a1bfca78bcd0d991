import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { MODEL_MONITOR_NAMESPACE, OWN_NAMESPACE } from '../contract/namespaces.ts';
import type { Report } from '../contract/report.ts';
import { type ModelMonitorMetric, modelMonitorFiles, modelMonitorMetrics } from '../model-monitor/index.ts';
import { showsValues } from './assemble-report.ts';
import { parseWindow } from './audit-calendar.ts';
import type { Window } from './audit-parts.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { type JudgeRequest, sidesOf } from './judge-profiles.ts';

export interface PublishRequest extends Pick<JudgeRequest, 'columns' | 'cuts' | 'profile' | 'baseline'> {
  monitor: Monitor;
  window: Window;
  report: Report;
}

const DEFAULT_WINDOW = '1h';

/** What a run of Model Monitor over the window would have left: its files under its keys, its metrics under its names. Nothing, unless the monitor asks for it. */
export async function publishModelMonitor(deps: ProcessDependencies, request: PublishRequest): Promise<void> {
  const { monitor, window, profile, report } = request;
  const { modelMonitor } = monitor;
  if (modelMonitor === undefined || profile === null || !isOfLength(window, modelMonitor.window)) return;
  const columns = sidesOf(request).map((side) => ({ ...side, showValues: showsValues(side) }));
  const place = {
    endpoint: monitor.endpoint ?? monitor.monitor,
    schedule: modelMonitor.schedule ?? monitor.monitor,
  };
  if (modelMonitor.files && request.baseline !== null) {
    const files = modelMonitorFiles({ columns, checks: monitor.checks ?? {}, report });
    for (const [name, text] of Object.entries(files)) await write(deps, keys.modelMonitor(place, window.to, name), text);
  }
  const wanted = wantedOf(modelMonitor.metrics, modelMonitorMetrics(columns, report));
  if (wanted.length > 0) await emit(deps, place, window, wanted);
}

const isOfLength = ({ from, to }: Window, length = DEFAULT_WINDOW): boolean => {
  const { unit, count } = parseWindow(length);
  // Days are an hour longer or shorter where clocks change.
  return unit === 'h' ? to - from === count * HOUR : Math.round((to - from) / (24 * HOUR)) === count;
};
const HOUR = 3_600_000;

const wantedOf = (names: boolean | string[] | undefined, all: ModelMonitorMetric[]): ModelMonitorMetric[] =>
  Array.isArray(names) ? all.filter(({ name }) => names.includes(name)) : names === true ? all : [];

/** A window that is audited again has its files written again, as a job that runs again writes them. */
async function write({ store, dataBucket: bucket }: ProcessDependencies, key: string, text: string): Promise<void> {
  const body = Buffer.from(text);
  for (let attempt = 0; attempt < 5; attempt++) {
    const there = await store.head(bucket, key);
    if (await store.replace(bucket, key, body, 'application/json', there?.etag ?? null)) return;
  }
  throw new Error(`s3://${bucket}/${key} was written by others 5 times meanwhile`);
}

/** Metrics of a window are put once: CloudWatch would add the second to the first. Whatever happens to them, the report stands. */
async function emit(
  deps: ProcessDependencies,
  place: { endpoint: string; schedule: string },
  window: Window,
  metrics: ModelMonitorMetric[],
): Promise<void> {
  const { store, dataBucket: bucket, metrics: sink, log } = deps;
  const marker = keys.modelMonitor(place, window.to, 'metrics.json');
  if (sink === undefined || (await store.head(bucket, marker)) !== null) return;
  const dimensions = { Endpoint: place.endpoint, MonitoringSchedule: place.schedule };
  const batch = { dimensions, time: window.to, metrics };
  try {
    let namespace = MODEL_MONITOR_NAMESPACE;
    if ((await sink.put({ ...batch, namespace })) !== 'done') {
      namespace = OWN_NAMESPACE;
      log('CloudWatch refused the namespace of Model Monitor', {
        refused: MODEL_MONITOR_NAMESPACE,
        namespace,
        mend: alarmChange(metrics[0]!.name, dimensions),
      });
      if ((await sink.put({ ...batch, namespace })) !== 'done') throw new Error(`CloudWatch refused the namespace ${namespace} too`);
    }
    await write(deps, marker, `${JSON.stringify({ namespace, dimensions, metrics }, null, 2)}\n`);
  } catch (error) {
    log('metrics of Model Monitor were not put', { ...dimensions, error: (error as Error).message });
  }
}

const alarmChange = (metric: string, dimensions: Record<string, string>): string =>
  `put each alarm again with the other namespace, as: aws cloudwatch put-metric-alarm --namespace ${OWN_NAMESPACE} --metric-name ${metric} --dimensions ${Object.entries(
    dimensions,
  )
    .map(([name, value]) => `Name=${name},Value=${value}`)
    .join(' ')} …`;
