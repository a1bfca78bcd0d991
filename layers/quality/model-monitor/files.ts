import type { Report } from '../contract/report.ts';
import { constraintsOf } from './constraints.ts';
import { renderWritten } from './json-text.ts';
import type { Checks } from './settings.ts';
import type { MonitoredColumn } from './side.ts';
import { statisticsOf } from './statistics.ts';
import { violationsOf } from './violations.ts';

export interface ModelMonitorRequest {
  /** The columns of the baseline, without those that are ignored. */
  columns: MonitoredColumn[];
  /** Thresholds as they were configured. */
  checks: Checks;
  report: Report;
}

export const STATISTICS = 'statistics.json';
export const CONSTRAINTS = 'constraints.json';
export const VIOLATIONS = 'constraint_violations.json';

/** What a data-quality job of Model Monitor writes: statistics of the data, the constraints it was held against, what it violates. */
export const modelMonitorFiles = ({ columns, checks, report }: ModelMonitorRequest): Record<string, string> => ({
  [STATISTICS]: renderWritten(statisticsOf(columns, report.subject.rows)),
  [CONSTRAINTS]: renderWritten(constraintsOf(columns, checks, report)),
  [VIOLATIONS]: renderWritten(violationsOf(report)),
});
