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

/** Reads what `encodeIntegers` wrote, one number after the other. */
export class IntegerReader {
  private readonly bytes: Buffer;
  private position = 0;
  /** Zeros of a run that are still to come. */
  private zeros = 0;

  constructor(text: string) {
    this.bytes = Buffer.from(text, 'base64');
  }

  get done(): boolean {
    return this.zeros === 0 && this.position >= this.bytes.length;
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

  /** Adds the numbers to those of `target`, place by place. */
  addTo(target: Uint32Array | Float64Array): void {
    for (let at = 0; this.position < this.bytes.length; ) {
      const value = this.varint();
      if (value === 0) at += this.varint();
      else target[at++]! += value;
      if (at > target.length) throw new Error(`states: more than the ${target.length} integers expected`);
    }
  }

  private varint(): number {
    const { bytes } = this;
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[this.position++];
      if (byte === undefined) throw new Error('states: encoded integers end too early');
      if (byte < 128) return value + byte * scale;
      value += (byte & 127) * scale;
    }
  }
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
