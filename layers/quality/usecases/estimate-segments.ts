import { total } from '../math/total.ts';
import {
  ESTIMATED_OF_SEGMENTS,
  type Estimator,
  estimatePerformance,
  estimateSegment,
  probabilitiesOf,
  type SegmentEstimate,
  type SegmentEstimateId,
  scoresBeyond,
} from '../metrics/estimates/index.ts';
import type { Outcome } from '../metrics/outcome.ts';
import type { Cells, DecidedCells } from '../metrics/performance/decided-cells.ts';
import type { Slice } from '../metrics/performance/index.ts';
import type { LearnedEstimator } from '../profile/outcomes/baseline-outcomes.ts';
import { type Estimates, FEWEST_ROWS } from './make-estimates.ts';
import { mostOf } from './measure-performance.ts';
import { type Group, groupsBy, ODD, type OutcomeSide } from './outcome-side.ts';

/** What is estimated of a segment that the baseline has too. */
export interface EstimatedSegment {
  name: string;
  /** Columns and values of the segment. */
  names: string[];
  values: Group['values'];
  before: Slice;
  rows: number;
  byMetric: Record<SegmentEstimateId, SegmentEstimate>;
  /** Where labels are known: what these rows came to. */
  truth: Record<SegmentEstimateId, Outcome> | null;
}

/**
 * Estimates of the segments with enough rows on both sides, of the same rows as those of the whole: all, or those with a label. Of two classes with a score;
 * none where nothing is estimated of all rows.
 */
export function estimateSegments(
  { unlabelled, byMetric }: Estimates,
  learned: LearnedEstimator,
  now: OutcomeSide,
  before: OutcomeSide,
): EstimatedSegment[] {
  if (learned.problem !== 'binary' || byMetric.accuracy?.value == null) return [];
  return now.plan.segments.flatMap((names) => {
    const groups = (groupsBy(now, names) ?? []).filter(({ slice }) => slice.rows >= FEWEST_ROWS);
    return mostOf(groups, ({ rows }) => rows).flatMap(({ name, values, slice }) => {
      const was = groupsBy(before, names)?.find((group) => group.values.every((value, i) => value === values[i]))?.slice;
      const [cells, known] = [cellsOf(slice), was === undefined ? null : cellsOf(was)];
      if (cells === null || known === null) return [];
      const judged = unlabelled ? cells.all : cells.labelled;
      if (total(judged.rows) < FEWEST_ROWS || total(known.labelled.rows) < FEWEST_ROWS) return [];
      const of = { name, names, values, before: was!, rows: total(judged.rows) };
      return [
        {
          ...of,
          byMetric: estimated(judged, known, learned.of),
          truth: unlabelled ? null : estimatePerformance(cells.labelled),
        },
      ];
    });
  });
}

/** Null where a table does not tell how rows with a label were predicted, or some of them have no prediction. */
const cellsOf = ({ decided, counts, rows }: Slice): DecidedCells | null =>
  counts.positiveLabel + counts.negativeLabel > ODD * rows ? null : (decided?.() ?? null);

/** By the calibration as it is: weighted to the inputs of all rows it is that of their mix, which a segment is no part of. */
function estimated(judged: Cells, { all, labelled }: DecidedCells, estimator: Estimator): EstimatedSegment['byMetric'] {
  const by = (cells: Cells) => ({ ...cells, probabilities: probabilitiesOf(estimator, cells) });
  const beyond = scoresBeyond(estimator.range, judged);
  const found = estimateSegment({
    ...{ now: by(judged), before: by(all), expected: by(labelled), realised: labelled },
  });
  if (beyond === null) return found;
  const none = { value: null, reason: beyond, samplingError: null, confidence: null };
  return Object.fromEntries(ESTIMATED_OF_SEGMENTS.map((id) => [id, { ...found[id], ...none }])) as EstimatedSegment['byMetric'];
}
