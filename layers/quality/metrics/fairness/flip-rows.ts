import type { Reading } from './reading.ts';

/** Rows of the flip test: features without facet, label and prediction, row by row; which rows are of the facet and which are chosen. */
export interface FlipRows {
  features: Float64Array;
  width: number;
  inFacet: ArrayLike<boolean | number>;
  chosen: ArrayLike<boolean | number>;
}

/** Distinct points with the rows on each, in order of first appearance, and how many of them are chosen. */
export interface Points {
  points: Float64Array;
  size: number;
  rows: number[];
  chosen: number[];
}

/** Each feature divided by its standard deviation over all rows; constant ones become 0. */
export function standardised({ features, width, ...rest }: FlipRows): FlipRows {
  const count = features.length / width;
  const scaled = new Float64Array(features.length);
  for (let j = 0; j < width; j++) {
    let [mean, spread] = [0, 0];
    for (let i = j; i < features.length; i += width) mean += features[i]! / count;
    for (let i = j; i < features.length; i += width) spread += (features[i]! - mean) ** 2 / count;
    const deviation = Math.sqrt(spread);
    const varies = deviation > 1e-12 * Math.abs(mean);
    for (let i = j; i < features.length; i += width) scaled[i] = varies ? (features[i]! - mean) / deviation : 0;
  }
  return { features: scaled, width, ...rest };
}

/** One side's rows as points: equal rows together by default, each on its own as Clarify reads them. */
export function pointsOf({ features, width, inFacet, chosen }: FlipRows, facet: boolean, reading: Reading): Points {
  const seen = new Map<string, number>();
  const points: number[] = [];
  const side: Points = { points: new Float64Array(), size: 0, rows: [], chosen: [] };
  for (let i = 0; i < inFacet.length; i++) {
    if (Boolean(inFacet[i]) !== facet) continue;
    const row = features.subarray(i * width, (i + 1) * width);
    const key = reading === 'clarify' ? `${i}` : row.join();
    let at = seen.get(key);
    if (at === undefined) {
      seen.set(key, (at = side.size++));
      for (const value of row) points.push(value);
      side.rows.push(0);
      side.chosen.push(0);
    }
    side.rows[at]!++;
    if (chosen[i]) side.chosen[at]!++;
  }
  side.points = Float64Array.from(points);
  return side;
}
