import { keys } from '../contract/keys.ts';
import { type ModelMonitorJob, modelMonitorNamespace, ownNamespace } from '../contract/namespaces.ts';
import type { ModelMonitorMetric } from '../model-monitor/index.ts';
import type { ProcessDependencies } from './dependencies.ts';
import type { MetricRun } from './metric-runs.ts';
import type { MetricBatch, MetricSink } from './metric-sink.ts';
import { overwrite } from './overwrite.ts';

/** Jobs may share a schedule, and so a folder. */
const MARKERS: Record<ModelMonitorJob, string> = { data: 'metrics.json', model: 'model-metrics.json', bias: 'bias-metrics.json' };

/** Metrics of a run are put once: CloudWatch would add the second to the first. Whatever happens to them, the report stands. */
export async function putMetrics(deps: ProcessDependencies, { metrics, ...run }: MetricRun): Promise<void> {
  const { store, dataBucket: bucket, metrics: sink, log } = deps;
  const { job, endpoint, schedule, at } = run;
  const marker = keys.modelMonitor(run, at, MARKERS[job]);
  if (sink === undefined || sink.now() < at || (await store.head(bucket, marker)) !== null) return;
  const dimensions = { Endpoint: endpoint, MonitoringSchedule: schedule };
  try {
    const namespace = await putTo(sink, job, { dimensions, time: at, metrics }, log);
    await overwrite(deps, marker, `${JSON.stringify({ namespace, dimensions, metrics }, null, 2)}\n`);
  } catch (error) {
    log('metrics of Model Monitor were not put', { ...dimensions, error: (error as Error).message });
  }
}

/** The namespace that took them: Model Monitor's, or where that is refused ours, with what alarms need then. */
async function putTo(
  sink: MetricSink,
  job: ModelMonitorJob,
  batch: Omit<MetricBatch, 'namespace'>,
  log: ProcessDependencies['log'],
): Promise<string> {
  const refused = modelMonitorNamespace(job);
  if ((await sink.put({ ...batch, namespace: refused })) === 'done') return refused;
  const namespace = ownNamespace(job);
  log('CloudWatch refused the namespace of Model Monitor', {
    ...{ refused, namespace },
    mend: alarmChange(namespace, batch.metrics[0]!, batch.dimensions),
  });
  if ((await sink.put({ ...batch, namespace })) !== 'done') throw new Error(`CloudWatch refused the namespace ${namespace} too`);
  return namespace;
}

const alarmChange = (namespace: string, { name, dimensions: own }: ModelMonitorMetric, dimensions: MetricBatch['dimensions']): string =>
  `put each alarm again with the other namespace, as: aws cloudwatch put-metric-alarm --namespace ${namespace} --metric-name ${quoted(name)} --dimensions ${Object.entries(
    { ...dimensions, ...own },
  )
    .map(([key, value]) => quoted(`Name=${key},Value=${/[\s,"'=]/.test(value) ? JSON.stringify(value) : value}`))
    .join(' ')} …`;

/** As one word of a shell, whatever is in it. */
const quoted = (word: string): string => (/^[\w./,=:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
