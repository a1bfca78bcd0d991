/** Sorts doubles in place, ascending, NaN last. Without negative ones their bits are whole numbers in the same order, which sort in half the time. */
export function sortDoubles(values: Float64Array): Float64Array {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let i = 1; i < halves.length; i += 2) if (halves[i]! < 0) return values.sort();
  new BigUint64Array(values.buffer, values.byteOffset, values.length).sort();
  return values;
}
