import type { Json } from './state.ts';

/** Numbers as JSON can carry them: NaN and the infinities (sums beyond a double) are strings. */
export const encodeFloats = (values: readonly number[]): Json[] => values.map((value) => (Number.isFinite(value) ? value : String(value)));
export const decodeFloats = (json: Json): number[] => (json as Json[]).map(Number);

/** Varints (7 bits a byte, low first) of whole numbers up to 2^53, as base64; a run of zeros is a zero and its length. */
export function encodeIntegers(values: ArrayLike<number>): string {
  const bytes: number[] = [];
  const push = (value: number): void => {
    while (value >= 128) {
      bytes.push((value % 128) | 128);
      value = Math.floor(value / 128);
    }
    bytes.push(value);
  };
  for (let i = 0; i < values.length; ) {
    if (values[i] !== 0) {
      push(values[i++]!);
      continue;
    }
    const start = i;
    while (i < values.length && values[i] === 0) i++;
    bytes.push(0);
    push(i - start);
  }
  return Buffer.from(bytes).toString('base64');
}

export function decodeIntegers(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  const values: number[] = [];
  let position = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[position++];
      if (byte === undefined) throw new Error('states: encoded integers end too early');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (position < bytes.length) {
    const value = next();
    if (value !== 0) values.push(value);
    else for (let run = next(); run > 0; run--) values.push(0);
  }
  return values;
}

/** Ascending whole numbers as the differences between them. */
export const encodeAscending = (values: ArrayLike<number>): string =>
  encodeIntegers(Array.from(values, (value, i) => value - (i === 0 ? 0 : values[i - 1]!)));

export function decodeAscending(text: string): number[] {
  const values = decodeIntegers(text);
  for (let i = 1; i < values.length; i++) values[i]! += values[i - 1]!;
  return values;
}
