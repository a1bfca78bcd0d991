/** What comes from Amazon SageMaker Model Monitor, and what goes to its users. */

export type { AlarmMetric } from './alarm-metric.ts';
export { type BiasGroup, type BiasSubject, biasMetrics, biasValues } from './bias-metrics.ts';
export { type BiasViolation, biasViolationsJson } from './bias-violations.ts';
export { type CarriedAlarms, carryAlarms } from './carry-alarms.ts';
export { compareRun, type RunComparison } from './compare-run.ts';
export { renderComparison } from './compare-text.ts';
export { dataQualityMetrics } from './data-metrics.ts';
export { type ModelMonitorRequest, modelMonitorFiles, VIOLATIONS } from './files.ts';
export { BASELINE_FILES, type Imported, importBaseline } from './import-baseline.ts';
export type { ModelMonitorMetric } from './metric.ts';
export { plain } from './plain.ts';
export { modelQualityFiles } from './quality-files.ts';
export { modelQualityMetrics } from './quality-metrics.ts';
export type { FoundFile } from './read-json.ts';
export { RUN_FILES, readRun } from './read-run.ts';
export type { MonitoredColumn } from './side.ts';
