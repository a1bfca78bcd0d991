/**
 * Weight of the rows in each pair of places of two columns, cell first · width + second, for places below `height` and `width`. Rows go to four
 * tables in turn, added up at the end: an addition need not wait for the one before it, and a million rows take half as long.
 */
export function pairWeights(first: Uint16Array, height: number, second: Uint16Array, width: number, weights: Float64Array): Float64Array {
  const size = height * width;
  const tables = new Float64Array(4 * size);
  const whole = weights.length - (weights.length % 4);
  for (let i = 0; i < whole; i += 4) {
    tables[first[i]! * width + second[i]!]! += weights[i]!;
    tables[size + first[i + 1]! * width + second[i + 1]!]! += weights[i + 1]!;
    tables[2 * size + first[i + 2]! * width + second[i + 2]!]! += weights[i + 2]!;
    tables[3 * size + first[i + 3]! * width + second[i + 3]!]! += weights[i + 3]!;
  }
  for (let i = whole; i < weights.length; i++) tables[first[i]! * width + second[i]!]! += weights[i]!;
  const sums = tables.slice(0, size);
  for (let cell = size; cell < tables.length; cell++) sums[cell % size]! += tables[cell]!;
  return sums;
}
