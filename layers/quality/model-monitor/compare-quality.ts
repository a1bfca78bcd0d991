import { type Report, toJsonNumber } from '../contract/report.ts';
import { measuredOf } from './carry-quality.ts';
import { differs, type NumberDifference } from './compare-numbers.ts';
import { modelQualityMetrics } from './quality-metrics.ts';
import { problemKeyOf, type QualityStatistics } from './schemas.ts';

/** Scalars of model quality that both sides have, and found otherwise; rows are those with a label. */
export function compareQuality(statistics: QualityStatistics, report: Report): NumberDifference[] {
  const { performance } = report;
  if (performance === undefined) return [];
  const theirs = statistics[`${problemKeyOf(performance.problem)}_metrics`] ?? {};
  return [
    ...differs(null, 'rows', statistics.dataset.item_count, performance.rows.judged),
    ...modelQualityMetrics(report).flatMap(({ name, value }) => {
      const measured = measuredOf(Object.hasOwn(theirs, name) ? theirs[name] : null);
      return measured === null ? [] : differs(name, 'value', toJsonNumber(measured), value);
    }),
  ];
}
