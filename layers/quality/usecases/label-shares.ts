import { labelCoverage } from '../checks/label-coverage.ts';
import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { Measured } from '../checks/verdict.ts';
import type { MetricRow } from '../contract/report.ts';
import { weightOf } from '../metrics/fairness/index.ts';
import type { Slice } from '../metrics/performance/index.ts';
import { facetNames } from './facet-groups.ts';
import { rowsOf, shownGroups } from './measure-performance.ts';
import type { OutcomeSide } from './outcome-side.ts';
import { labelledByPrediction } from './uneven-labels.ts';

/** Rows of weight 1 that tell as much. */
const worthOf = (slice: Slice): number => slice.allRows ?? (slice.weight ?? weightOf(slice.counts)) * slice.scale;

/** What missing labels are looked at by: segmentations, and facets that are none of them. */
interface Apart {
  names: readonly string[];
  as: 'segment' | 'facet';
}

const apart = (now: OutcomeSide): Apart[] => {
  const { segments } = now.plan;
  const facets = facetNames(now).filter((name) => !segments.some((names) => names.length === 1 && names[0] === name));
  return [...segments.map((names): Apart => ({ names, as: 'segment' })), ...facets.map((name): Apart => ({ names: [name], as: 'facet' }))];
};

/** Share of rows with a label, over all, by prediction, by segment and by facet, where some have one and some have none. */
export function labelledShares(now: OutcomeSide): MetricRow[] {
  const { whole, plan } = now;
  if (rowsOf(whole) === 0 || plan.label === null) return [];
  const row = (slice: Slice, of: Pick<MetricRow, 'segment' | 'facet'>): MetricRow => ({
    ...{ metric: 'labelled_share', factor: 'accuracy', column: null, ...of, parameters: {} },
    ...{ value: labelledShare(slice), interval: null, rows: rowsOf(slice), error: null, reason: null },
  });
  const none = { segment: null, facet: null };
  const share = labelledShare(whole);
  const within = share === 0 || share === 1 ? [] : apart(now);
  return [
    row(whole, none),
    ...(share === 0 || share === 1 ? [] : labelledByPrediction(now)),
    ...within.flatMap(({ names, as }) => shownGroups(now, names).map(({ name, slice }) => row(slice, { ...none, [as]: name }))),
  ];
}

/** Whether labels are missing more often in one group of a segmentation or of a facet than in the others. */
export function labelCoverages(now: OutcomeSide, options: MeasureOptions): Measured[] {
  if (now.plan.label === null) return [];
  return apart(now).flatMap(({ names, as }) => {
    const coverage = shownGroups(now, names).map(({ name, slice }) => ({
      ...{ name, rows: worthOf(slice) },
      labelled: labelledShare(slice) * worthOf(slice),
    }));
    return labelCoverage({ by: names.join(','), as }, coverage, options) ?? [];
  });
}

function labelledShare({ counts, rows, labelled: of }: OutcomeSide['whole']): number {
  if (of !== undefined) return of;
  const { tp, fp, fn, tn, positiveLabel, negativeLabel, positivePrediction, negativePrediction, neither } = counts;
  const labelled = tp + fp + fn + tn + positiveLabel + negativeLabel;
  return rows === 0 || labelled === 0 ? 0 : labelled / (labelled + positivePrediction + negativePrediction + neither);
}
