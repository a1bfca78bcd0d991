import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addHash,
  type BottomK,
  createBottomK,
  decodeBottomK,
  encodeBottomK,
  folderOfBottomK,
  mergeBottomK,
} from '../../layers/quality/states/bottom-k.ts';
import { addIntegers, decodeIntegers, encodeIntegers } from '../../layers/quality/states/encoding.ts';
import { SEED } from './vectors.ts';

const integers = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 200 }), fc.maxSafeNat()), { maxLength: 2000, size: 'max' });

describe('encoded integers', () => {
  it('come back, and are added to others', () =>
    fc.assert(
      fc.property(integers, (values) => {
        expect(decodeIntegers(encodeIntegers(values))).toEqual(values);
        const target = new Float64Array(values.length).fill(1);
        addIntegers(encodeIntegers(values), target);
        expect([...target]).toEqual(values.map((value) => value + 1));
      }),
      { seed: SEED, numRuns: 60 },
    ));

  it('may be more than was made room for', () => {
    const values = Array.from({ length: 50_000 }, (_, i) => i);
    const target = new Float64Array(values.length);
    addIntegers(encodeIntegers(values), target);
    expect([...target]).toEqual(values);
  });

  it.each([
    ['within a number', [300]],
    ['within a long number', [2 ** 40]],
    ['within a run of zeros', [0]],
  ])('that end %s are refused', (_, values) => {
    addIntegers(encodeIntegers(Array(100).fill(5)), new Float64Array(100));
    const short = Buffer.from(encodeIntegers(values), 'base64').subarray(0, -1).toString('base64');
    expect(() => addIntegers(short, new Float64Array(9))).toThrow('end too early');
    expect(() => decodeIntegers(short)).toThrow('end too early');
  });

  it.each([[[1, 2, 3]], [[1, 0, 0]]])('%j are too many for two places', (values) => {
    expect(() => addIntegers(encodeIntegers(values), new Float64Array(2))).toThrow('more than the 2 integers');
  });
});

describe('a bottom-k sketch', () => {
  const sketchOf = (hashes: number[]): BottomK => {
    const sketch = createBottomK(4);
    for (const hash of hashes) addHash(sketch, hash, 1);
    return sketch;
  };

  it('keeps its limit where another with a lower one comes into a full table', () => {
    const sketches = [[90, 91, 92, 93], [94, 95, 96], Array.from({ length: 50 }, (_, i) => i + 10)].map(sketchOf);
    const folder = folderOfBottomK(() => createBottomK(4));
    for (const sketch of sketches) folder.add(encodeBottomK(sketch), 1);
    const merged = sketches.map((sketch) => decodeBottomK(encodeBottomK(sketch))).reduce(mergeBottomK);
    expect(encodeBottomK(folder.result())).toEqual(encodeBottomK(merged));
    expect(merged.limit).toBe(13);
  });
});
