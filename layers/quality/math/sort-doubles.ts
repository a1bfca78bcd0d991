/** Fewer are sorted as fast by the language. */
const MANY = 1 << 18;
/** Values of a bucket: on average, and at most without sorting it by the language. */
const PER_BUCKET = 4;
const MOST_IN_BUCKET = 64;

/**
 * Sorts doubles in place, ascending, NaN last. Many finite ones are spread over buckets of equal width first, which takes half the time of comparing them
 * all, unless most of them lie close together.
 */
export function sortDoubles(values: Float64Array): Float64Array {
  const range = values.length < MANY ? null : rangeOf(values);
  return range === null ? values.sort() : sortBuckets(values, range);
}

interface Range {
  low: number;
  high: number;
}

/** Null where one is not finite, or a zero is negative and has to come before the others. */
function rangeOf(values: Float64Array): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0 || (value === 0 && 1 / value < 0)) return null;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function sortBuckets(values: Float64Array, { low, high }: Range): Float64Array {
  const buckets = Math.ceil(values.length / PER_BUCKET);
  const scale = (buckets - 1) / (high - low);
  // Where each bucket begins, and once it is filled where it ends.
  const places = new Uint32Array(buckets);
  for (let i = 0; i < values.length; i++) places[((values[i]! - low) * scale) | 0]!++;
  for (let bucket = 0, before = 0; bucket < buckets; bucket++) {
    const count = places[bucket]!;
    places[bucket] = before;
    before += count;
  }
  const spread = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) spread[places[((values[i]! - low) * scale) | 0]!++] = values[i]!;
  for (let bucket = 0, from = 0; bucket < buckets; from = places[bucket++]!) sortPart(spread, from, places[bucket]!);
  values.set(spread);
  return values;
}

function sortPart(values: Float64Array, from: number, to: number): void {
  if (to - from > MOST_IN_BUCKET) return void values.subarray(from, to).sort();
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    let at = i;
    for (; at > from && values[at - 1]! > value; at--) values[at] = values[at - 1]!;
    values[at] = value;
  }
}
