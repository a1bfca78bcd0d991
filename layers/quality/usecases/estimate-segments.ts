import { total } from '../math/total.ts';
import {
  ESTIMATED_OF_SEGMENTS,
  type Estimator,
  estimateSegment,
  probabilitiesOf,
  type SegmentEstimate,
  scoresBeyond,
  segmentPerformance,
} from '../metrics/estimates/index.ts';
import type { Outcome } from '../metrics/outcome.ts';
import type { Cells, DecidedCells } from '../metrics/performance/decided-cells.ts';
import type { Slice } from '../metrics/performance/index.ts';
import { estimateSampled, type SampledSegments } from './estimate-sampled-segments.ts';
import { type Estimates, FEWEST_ROWS } from './make-estimates.ts';
import { mostOf } from './measure-performance.ts';
import { type Group, groupsBy, ODD } from './outcome-side.ts';

/** What is estimated of a segment that the baseline has too. */
export interface EstimatedSegment {
  name: string;
  /** Columns and values of the segment. */
  names: string[];
  values: Group['values'];
  before: Slice;
  rows: number;
  /** Labelled rows of the baseline they are corrected by. */
  learned: number;
  byMetric: Record<string, SegmentEstimate>;
  /** Where labels are known: what these rows came to. */
  truth: Record<string, Outcome> | null;
}

/** What estimates of segments are made of. */
export type SegmentRequest = Omit<SampledSegments, 'unlabelled'>;

/** What both sides have of a segment. */
export interface SegmentSides {
  names: string[];
  values: Group['values'];
  now: Slice;
  before: Slice;
}

/** Estimates of a segment's rows, and what they came to. */
export type SegmentEstimates = Pick<EstimatedSegment, 'rows' | 'learned' | 'byMetric' | 'truth'>;

/**
 * Estimates of the segments with enough rows on both sides, of the same rows as those of the whole: all, or those with a label. Of two classes they are made of the score
 * bins, else of both sides' samples of rows; none where nothing is estimated of all rows.
 */
export function estimateSegments(estimates: Estimates, { now, before, samples, learned }: SegmentRequest): EstimatedSegment[] {
  if (Object.values(estimates.byMetric).every(({ value }) => value === null)) return [];
  const of = (sides: SegmentSides): SegmentEstimates | null =>
    learned.problem === 'binary'
      ? estimateScored(sides, estimates.unlabelled, learned.of)
      : estimateSampled(sides, { unlabelled: estimates.unlabelled, now, before, samples, learned });
  return now.plan.segments.flatMap((names) => {
    const groups = (groupsBy(now, names) ?? []).filter(({ slice }) => (slice.allRows ?? slice.rows) >= FEWEST_ROWS);
    return mostOf(groups, (slice) => slice.allRows ?? slice.rows).flatMap(({ name, values, slice }) => {
      const was = groupsBy(before, names)?.find((group) => group.values.every((value, i) => value === values[i]))?.slice;
      const found = was === undefined ? null : of({ names, values, now: slice, before: was });
      return found === null ? [] : [{ name, names, values, before: was!, ...found }];
    });
  });
}

function estimateScored(sides: SegmentSides, unlabelled: boolean, estimator: Estimator): SegmentEstimates | null {
  const [cells, known] = [cellsOf(sides.now), cellsOf(sides.before)];
  if (cells === null || known === null) return null;
  const judged = unlabelled ? cells.all : cells.labelled;
  const [rows, learned] = [total(judged.rows), total(known.labelled.rows)];
  if (rows < FEWEST_ROWS || learned < FEWEST_ROWS) return null;
  return { rows, learned, byMetric: estimated(judged, known, estimator), truth: unlabelled ? null : segmentPerformance(cells.labelled) };
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
