import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortDoubles } from '../../layers/quality/math/sort-doubles.ts';

it('sorts as the language does, negative zero, infinities and NaN among them', () => {
  const anywhere = fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)));
  const positive = fc.array(fc.oneof(fc.double({ min: 0 }), fc.constantFrom(0, Number.NaN, Number.MIN_VALUE, Number.POSITIVE_INFINITY)));
  fc.assert(
    fc.property(fc.oneof(anywhere, positive), (values) => {
      const [sorted, expected] = [sortDoubles(Float64Array.from(values)), Float64Array.from(values).sort()];
      expect(sorted.every((value, i) => Object.is(value, expected[i]))).toBe(true);
    }),
  );
});

it('sorts a part of a buffer, and leaves the rest', () => {
  const buffer = Float64Array.of(9, 3, 1, 2, 0);
  sortDoubles(buffer.subarray(1, 4));
  expect([...buffer]).toEqual([9, 1, 2, 3, 0]);
});
