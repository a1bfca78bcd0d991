import { fromJsonNumber, type MetricRow, type Report } from '../contract/report.ts';

/** The row of a metric over all rows of the data, and of an average over classes where one is named. */
export const overallRow = ({ metrics }: Report, metric: string, average?: string): MetricRow | undefined =>
  metrics.find(
    (of) =>
      of.metric === metric &&
      of.column === null &&
      of.segment === null &&
      of.facet === null &&
      (average === undefined ? Object.keys(of.parameters).length === 0 : of.parameters.average === average),
  );

export function overallValue(report: Report, metric: string): number | null {
  const value = overallRow(report, metric)?.value ?? null;
  return value === null ? null : fromJsonNumber(value);
}
