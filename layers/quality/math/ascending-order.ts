/** Fewer are sorted as fast by comparing them. */
const MANY = 1 << 12;
const DIGIT = 16;
const DIGITS = 1 << DIGIT;

/**
 * Places of doubles in ascending order of these, equal ones (0 and −0 among them) in the order they stand in; NaN last. Many are sorted by the four digits
 * of their bits, the last digit first (radix sort), which takes a fifth of the time of comparing millions.
 */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(values.length).map((_, i) => i);
  if (values.length < MANY) return order.sort((a, b) => compare(values[a]!, values[b]!) || a - b);
  const { lower, upper } = orderedBits(values);
  let [from, into] = [order, new Uint32Array(values.length)];
  for (const [half, shift] of [
    [lower, 0],
    [lower, DIGIT],
    [upper, 0],
    [upper, DIGIT],
  ] as const) {
    if (sortByDigit(half, shift, from, into)) [from, into] = [into, from];
  }
  return from;
}

const compare = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : a - b;

/** Halves of whole numbers that ascend with the values: of negative ones all bits are turned, of others the sign alone. */
function orderedBits(values: ArrayLike<number>): { lower: Uint32Array; upper: Uint32Array } {
  const [lower, upper] = [new Uint32Array(values.length), new Uint32Array(values.length)];
  const word = new Float64Array(1);
  const halves = new Uint32Array(word.buffer);
  for (let i = 0; i < values.length; i++) {
    word[0] = Number.isNaN(values[i]!) ? Number.NaN : values[i]! + 0;
    const turned = halves[1]! >>> 31 === 1 ? 0xffffffff : 0;
    lower[i] = halves[0]! ^ turned;
    upper[i] = halves[1]! ^ (turned | 0x80000000);
  }
  return { lower, upper };
}

/** Whether there was anything to sort by. */
function sortByDigit(half: Uint32Array, shift: number, from: Uint32Array, into: Uint32Array): boolean {
  const ends = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < half.length; i++) ends[((half[i]! >>> shift) & (DIGITS - 1)) + 1]! += 1;
  if (ends.includes(half.length)) return false;
  for (let digit = 0; digit < DIGITS; digit++) ends[digit + 1]! += ends[digit]!;
  for (let i = 0; i < from.length; i++) into[ends[(half[from[i]!]! >>> shift) & (DIGITS - 1)]!++] = from[i]!;
  return true;
}
