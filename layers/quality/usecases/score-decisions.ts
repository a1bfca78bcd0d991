import { formatNumber } from '../contract/format.ts';
import type { KeptRows } from '../profile/outcomes/kept-rows.ts';
import { binTable, findBins } from '../states/bin-table.ts';

/** Predictions of a few people may stand against the score; of more it is not the score they were made of. */
export const MUCH = 0.05;
const TOGETHER = 65_536;

/** Rows of either prediction by bin of the score. */
function countPredictions(rows: KeptRows, edges: Float64Array): [negative: Float64Array, positive: Float64Array] {
  const counts: [Float64Array, Float64Array] = [new Float64Array(edges.length + 1), new Float64Array(edges.length + 1)];
  const bins = new Uint16Array(TOGETHER);
  rows.scores.forEach((scores, cell) => {
    const of = counts[cell % 3];
    if (of === undefined) return;
    for (const part of scores.parts)
      for (let at = 0; at < part.length; at += TOGETHER) {
        const some = part.subarray(at, at + TOGETHER);
        findBins(some, binTable(edges), bins);
        for (let i = 0; i < some.length; i++) of[bins[i]!]! += 1;
      }
  });
  return counts;
}

/**
 * Of a binary problem with a score and a prediction: a note where no threshold of the score gives the predictions, of more than a twentieth of the rows. Rows
 * of the bin a threshold lies in are given the benefit of the doubt.
 */
export function decisionNotes(rows: KeptRows, edges: Float64Array): string[] {
  if (!rows.complete || rows.scores.length === 0) return [];
  const [negative, positive] = countPredictions(rows, edges);
  const sum = (of: Float64Array): number => of.reduce((all, each) => all + each, 0);
  const [negatives, positives] = [sum(negative), sum(positive)];
  const all = negatives + positives;
  let [below, above, least, pairs] = [0, negatives, Number.POSITIVE_INFINITY, 0];
  for (let bin = 0; bin <= edges.length; bin++) {
    above -= negative[bin]!;
    least = Math.min(least, below + above);
    pairs += positive[bin]! * (negatives - above - negative[bin]! / 2);
    below += positive[bin]!;
  }
  if (!(least > MUCH * all)) return [];
  const turned = pairs < 0.5 * negatives * positives ? ' The higher the score, the fewer are positive: is it that of the other class?' : '';
  return [`At least ${formatNumber(least)} of ${formatNumber(all)} rows have a prediction that no threshold of the score gives.${turned}`];
}
