/** Hashes are 48 bits wide, so that they are exact as numbers and small in profiles. */
export const HASH_RANGE = 2 ** 48;

/** 48-bit hash of a string over its UTF-16 units: two multiplicative lanes with a final mix (after cyrb53, public domain). */
export function hashText(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (a >>> 0) * 65536 + (b & 0xffff);
}

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);

/** 48-bit hash of a number by its bits; -0 and 0 are one value, all NaN are one value. */
export function hashNumber(value: number): number {
  scratch[0] = value === 0 ? 0 : value;
  const a = upperHash(words[0]!, words[1]!);
  const b = Math.imul(words[1]! ^ (a >>> 7), 0x165667b1) ^ Math.imul(words[0]!, 0x2c1b3c6d);
  return (a >>> 0) * 65536 + ((b ^ (b >>> 15)) & 0xffff);
}

/** The upper 32 bits of the hash of a number, from both halves of its bits as they are. */
function upperHash(low: number, high: number): number {
  let a = Math.imul(low ^ 0x9e3779b9, 0x85ebca6b);
  a = Math.imul(a ^ (a >>> 15) ^ high, 0xc2b2ae35);
  a = Math.imul(a ^ (a >>> 13), 0x27d4eb2f);
  return a ^ (a >>> 16);
}

const NEGATIVE_ZERO = -0x80000000;
const EXPONENT = 0x7ff00000;

/** Places of the values whose hash can be at most `limit`, in order; half of a hash tells for nearly all others that theirs is not. */
export function placesWithin(values: Float64Array, limit: number, places: Uint32Array): number {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const upper = limit / 65536;
  let found = 0;
  for (let i = 0; i < values.length; i++) {
    const high = halves[2 * i + 1]!;
    places[found] = i;
    if (upperHash(halves[2 * i]!, high) >>> 0 <= upper || high === NEGATIVE_ZERO || (high & EXPONENT) === EXPONENT) found++;
  }
  return found;
}
