import type { Monitor } from '../contract/monitor.ts';
import { MODEL_MONITOR_JOBS, type ModelMonitorJob, modelMonitorNamespace } from '../contract/namespaces.ts';
import { biasStageOf } from './bias-metrics.ts';
import { plain } from './plain.ts';
import { MODEL_QUALITY_METRICS } from './quality-metrics.ts';

/** A metric that an alarm of the account looks at. */
export interface AlarmMetric {
  alarm: string;
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

const OF_MODEL_MONITOR = /^\/?aws\/sagemaker\/(?:Endpoints|ModelMonitoring)\/\w+-metrics?$/;

/** Whether an alarm looks at a metric of any job of Model Monitor, in any spelling of its namespaces. */
export const isOfModelMonitor = ({ namespace }: AlarmMetric): boolean => OF_MODEL_MONITOR.test(namespace);

/** The job whose metrics audits put under the namespace; null where they put none. */
export const jobOf = ({ namespace }: AlarmMetric): ModelMonitorJob | null =>
  MODEL_MONITOR_JOBS.find((job) => namespace === modelMonitorNamespace(job)) ?? null;

const OF_BIAS = ['Label', 'LabelValue', 'Facet', 'FacetValue'];
const PUT: Record<ModelMonitorJob, (metric: AlarmMetric) => boolean> = {
  data: ({ name }) => /^feature_(?:data|non_null|baseline_drift)_./.test(name),
  model: ({ name }) => MODEL_QUALITY_METRICS.has(name),
  bias: ({ name, dimensions }) =>
    dimensions.BiasStage !== undefined && dimensions.BiasStage === biasStageOf(name) && OF_BIAS.every((key) => key in dimensions),
};

/** Why an alarm would hear nothing from audits of the monitor; null where it would. */
export function noteOn(metric: AlarmMetric, monitor: Monitor, endpoint: string | undefined): string | null {
  const { Endpoint, MonitoringSchedule, Facet } = metric.dimensions;
  const job = jobOf(metric);
  if (job === null || Endpoint === undefined || MonitoringSchedule === undefined || !PUT[job](metric))
    return 'Assay puts no such metric; alarm on its reports instead';
  if (Endpoint !== endpoint) return `it is on endpoint "${plain(Endpoint)}", the monitor is of "${plain(endpoint ?? '')}"`;
  if (job === 'bias' && !Object.hasOwn(facetsOf(monitor), Facet!)) return `the monitor has no facet "${plain(Facet!)}"`;
  return null;
}

const facetsOf = ({ columns = {} }: Monitor): object =>
  Object.fromEntries(Object.entries(columns).filter(([, { facet }]) => facet !== undefined));
