import type { Report } from '../contract/report.ts';
import { CONSTRAINTS, STATISTICS, VIOLATIONS } from './files.ts';
import { renderWritten } from './json-text.ts';
import { qualityConstraints, qualityConstraintsOf } from './quality-constraints.ts';
import { qualityStatistics } from './quality-statistics.ts';
import { qualityViolationsOf } from './quality-violations.ts';

/** What a model-quality job of Model Monitor writes. Null where no row has a label. */
export function modelQualityFiles(report: Report): Record<string, string> | null {
  const { performance } = report;
  if (performance === undefined || performance.rows.judged === 0) return null;
  const constraints = qualityConstraints(report);
  return {
    [STATISTICS]: renderWritten(qualityStatistics(report, performance)),
    [CONSTRAINTS]: renderWritten(qualityConstraintsOf(constraints, performance.problem)),
    [VIOLATIONS]: renderWritten(qualityViolationsOf(constraints, report)),
  };
}
