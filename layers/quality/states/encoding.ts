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

/** Characters that are unpacked at a time, four for three bytes: whoever stops early has not unpacked the rest. */
const PIECE = 512;

/** Reads what `encodeIntegers` wrote, one number after the other. */
export class IntegerReader {
  private readonly bytes: Buffer;
  private position = 0;
  private end = 0;
  /** Characters that are unpacked. */
  private unpacked = 0;
  /** Zeros of a run that are still to come. */
  private zeros = 0;

  constructor(private readonly text: string) {
    this.bytes = Buffer.allocUnsafe((Math.min(text.length, PIECE) * 3) >> 2);
  }

  get done(): boolean {
    return this.zeros === 0 && this.position === this.end && !this.unpack();
  }

  next(): number {
    if (this.zeros > 0) {
      this.zeros--;
      return 0;
    }
    const value = this.varint();
    if (value === 0) this.zeros = this.varint() - 1;
    return value;
  }

  private unpack(): boolean {
    this.position = 0;
    this.end = this.bytes.write(this.text.slice(this.unpacked, (this.unpacked += PIECE)), 'base64');
    return this.end > 0;
  }

  private varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (this.position === this.end && !this.unpack()) throw new Error('states: encoded integers end too early');
      const byte = this.bytes[this.position++]!;
      if (byte < 128) return value + byte * scale;
      value += (byte & 127) * scale;
    }
  }
}

/** Used again by every call: nothing of it is left when one returns. */
let unpacked = Buffer.alloc(16_384);

/** Adds numbers as `encodeIntegers` wrote them to those of `target`, place by place. Most take one or two bytes. */
export function addIntegers(text: string, target: Float64Array): void {
  if (text.length > unpacked.length) unpacked = Buffer.alloc(2 * text.length);
  const bytes = unpacked;
  const end = bytes.write(text, 'base64');
  let position = 0;
  let at = 0;
  while (position < end) {
    const first = bytes[position++]!;
    if (first > 0 && first < 128) {
      target[at++]! += first;
      continue;
    }
    let byte = bytes[position++]!;
    let value = first === 0 ? byte & 127 : (first & 127) | ((byte & 127) << 7);
    for (let scale = first === 0 ? 128 : 16_384; byte > 127; scale *= 128) {
      byte = bytes[position++]!;
      value += (byte & 127) * scale;
    }
    if (first === 0) at += value;
    else target[at++]! += value;
  }
  if (position > end) throw new Error('states: encoded integers end too early');
  if (at > target.length) throw new Error(`states: more than the ${target.length} integers expected`);
}

export function decodeIntegers(text: string): number[] {
  const values: number[] = [];
  for (const reader = new IntegerReader(text); !reader.done; ) values.push(reader.next());
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
