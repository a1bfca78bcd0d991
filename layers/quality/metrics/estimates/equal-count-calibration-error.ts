import { total } from '../../math/total.ts';
import { noValue, type Outcome } from '../outcome.ts';
import type { LabelCounts } from './label-counts.ts';

/**
 * Expected calibration error over bins of equal numbers of rows: Σ |Σ score − Σ label| of the bins, over all rows. Sorted by score, ties in the
 * order given, each bin takes ⌊rows/bins⌋ rows and the last the rest; a cell of several rows that lies across an edge is divided in proportion.
 * Range [0, 1] for scores within it; null without rows. The variant by which NannyML 0.13 decides whether to calibrate.
 */
export function equalCountCalibrationError({ scores, positives, rows }: LabelCounts, bins = 10): Outcome {
  const all = total(rows);
  if (!(all > 0)) return noValue('no rows');
  const width = Math.floor(all / bins) || all;
  const order = Array.from(scores, (_, cell) => cell).sort((a, b) => scores[a]! - scores[b]! || a - b);
  let [bin, room, gap, sum] = [1, width, 0, 0];
  for (const cell of order) {
    const share = positives[cell]! / rows[cell]!;
    for (let left = rows[cell]!; left > 0; ) {
      if (room === 0 && bin < bins) {
        sum += Math.abs(gap);
        [bin, room, gap] = [bin + 1, width, 0];
      }
      const taken = bin < bins ? Math.min(left, room) : left;
      gap += taken * (scores[cell]! - share);
      room -= Math.min(room, taken);
      left -= taken;
    }
  }
  return { value: (sum + Math.abs(gap)) / all };
}
