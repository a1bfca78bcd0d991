import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { MUCH } from './score-decisions.ts';

/**
 * The score from which on a baseline's rows were predicted positive, as its sample shows: of all thresholds that go with the most predictions ½ where
 * that is one, else the one of fewest digits. Null where more than a twentieth of the predictions go with none, and without both.
 */
export function impliedThreshold({ predictions, scores }: Pick<RowSample, 'predictions' | 'scores'>): number | null {
  const used = Array.from(predictions.keys()).filter((row) => predictions[row]! < 2 && Number.isFinite(scores[row]!));
  const order = used.sort((a, b) => scores[a]! - scores[b]!);
  const positives = order.filter((row) => predictions[row] === 1).length;
  if (positives === 0 || positives === order.length) return null;
  // Against the threshold: positives below it, negatives above.
  let [against, least, place] = [order.length - positives, Number.POSITIVE_INFINITY, 0];
  order.forEach((row, i) => {
    if (i > 0 && scores[order[i - 1]!] !== scores[row] && against < least) [least, place] = [against, i];
    against += predictions[row] === 1 ? 1 : -1;
  });
  return least <= MUCH * order.length ? simplest(scores[order[place - 1]!]!, scores[order[place]!]!) : null;
}

/** Of the numbers above `low` and up to `high`. */
function simplest(low: number, high: number): number {
  if (low < 0.5 && high >= 0.5) return 0.5;
  for (let digits = 0; digits < 15; digits++) {
    const value = Number((Math.ceil(low * 10 ** digits) / 10 ** digits).toFixed(digits));
    if (value > low && value <= high) return value;
  }
  return high;
}
