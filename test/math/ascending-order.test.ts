import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ascendingOrder } from '../../layers/quality/math/ascending-order.ts';

const rank = (value: number): number => (Number.isNaN(value) ? 1 : 0);
const compared = (values: number[]): number[] =>
  [...values.keys()].sort((a, b) => {
    const [x, y] = [values[a]!, values[b]!];
    return rank(x) - rank(y) || (x < y ? -1 : x > y ? 1 : 0) || a - b;
  });

const value = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 1 }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, Number.NaN, Number.MIN_VALUE, -Number.MIN_VALUE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);

it.each([
  ['few', 0, 40, 100],
  ['many, by their bits', 4096, 4200, 20],
])('%s: ascending, equal ones in their order, zeros of both signs equal, NaN last', (_, minLength, maxLength, numRuns) => {
  fc.assert(
    fc.property(fc.array(value, { minLength, maxLength, size: 'max' }), (values) => {
      expect([...ascendingOrder(Float64Array.from(values))]).toEqual(compared(values));
    }),
    { numRuns },
  );
});

it('of many of one value, none moves', () => {
  expect([...ascendingOrder(new Float64Array(5000).fill(0.3))]).toEqual([...Array(5000).keys()]);
});
