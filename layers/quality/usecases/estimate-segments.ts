import { total } from '../math/total.ts';
import {
  ESTIMATED_OF_SEGMENTS,
  type Estimator,
  estimateSegment,
  probabilitiesOf,
  scoresBeyond,
  segmentPerformance,
} from '../metrics/estimates/index.ts';
import type { Cells, DecidedCells } from '../metrics/performance/decided-cells.ts';
import type { Slice } from '../metrics/performance/index.ts';
import { estimateSampled, type SegmentRequest } from './estimate-sampled-segments.ts';
import type { EstimatedSegment, SegmentEstimates, SegmentSides } from './estimated-segment.ts';
import { type Estimates, FEWEST_ROWS } from './make-estimates.ts';
import { shownGroups } from './measure-performance.ts';
import { groupLike, ODD } from './outcome-side.ts';

/**
 * Estimates of the segments with enough rows on both sides, of the same rows as those of the whole: all, or those with a label. Of two classes they are made of the score
 * bins, else of both sides' samples of rows; none where nothing is estimated of all rows.
 */
export function estimateSegments(estimates: Estimates, request: SegmentRequest): EstimatedSegment[] {
  if (Object.values(estimates.byMetric).every(({ value }) => value === null)) return [];
  const { now, before, learned } = request;
  const { unlabelled } = estimates;
  return now.plan.segments.flatMap((names) =>
    shownGroups(now, names).flatMap(({ name, values, slice }) => {
      const then = groupLike(before, names, values);
      if (then === undefined) return [];
      const sides = { name, names, values, now: slice, before: then.slice };
      const found =
        learned.problem === 'binary' ? estimateScored(sides, unlabelled, learned.of) : estimateSampled(sides, unlabelled, request);
      return found === null ? [] : [{ ...sides, ...found }];
    }),
  );
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
