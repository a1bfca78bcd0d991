import { labelCoverage } from '../checks/label-coverage.ts';
import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { Measured } from '../checks/verdict.ts';
import type { MetricRow } from '../contract/report.ts';
import type { Slice } from '../metrics/performance/index.ts';
import { labelledShare } from './estimate-outcomes.ts';
import { FEWEST_SHOWN, mostOf } from './measure-performance.ts';
import { type Group, groupsBy, type OutcomeSide } from './outcome-side.ts';

const rowsOf = ({ allRows, rows }: Slice): number => allRows ?? rows;

/** Groups of a segmentation, those without any label too. */
const groupsOf = (now: OutcomeSide, names: readonly string[]): Group[] =>
  mostOf(
    (groupsBy(now, names) ?? []).filter(({ slice }) => rowsOf(slice) >= FEWEST_SHOWN),
    rowsOf,
  );

/** Share of rows with a label, over all and by segment, where some have one and some have none. */
export function labelledShares(now: OutcomeSide): MetricRow[] {
  const { whole, plan } = now;
  if (rowsOf(whole) === 0 || plan.label === null) return [];
  const row = (segment: string | null, slice: Slice): MetricRow => ({
    ...{ metric: 'labelled_share', factor: 'accuracy', column: null, segment, facet: null, parameters: {} },
    ...{ value: labelledShare(slice), interval: null, rows: rowsOf(slice), error: null, reason: null },
  });
  const share = labelledShare(whole);
  const within = share === 0 || share === 1 ? [] : plan.segments.flatMap((names) => groupsOf(now, names));
  return [row(null, whole), ...within.map(({ name, slice }) => row(name, slice))];
}

/** Whether labels are missing more often in one group of a segmentation than in the others. */
export function labelCoverages(now: OutcomeSide, options: MeasureOptions): Measured[] {
  if (now.plan.label === null) return [];
  return now.plan.segments.flatMap((names) => {
    const coverage = groupsOf(now, names).map(({ name, slice }) => ({
      ...{ name, rows: rowsOf(slice) },
      labelled: Math.round(labelledShare(slice) * rowsOf(slice)),
    }));
    return labelCoverage(names.join(','), coverage, options) ?? [];
  });
}
