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

it('sorts many: spread out, close together, equal, and some beyond all others', () => {
  const many = 300_000;
  const noise = (i: number): number => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1;
  const made: Record<string, (i: number) => number> = {
    even: noise,
    skewed: (i) => noise(i) ** 40,
    signed: (i) => noise(i) - 0.5,
    rounded: (i) => Math.round(noise(i) * 50) / 50,
    equal: () => 0.25,
    far: (i) => (i === 7 ? 1e308 : i === 9 ? -1e308 : noise(i)),
    tiny: (i) => Math.round(noise(i) * 9) * Number.MIN_VALUE,
    'with negative zeros': (i) => (i % 3 === 0 ? -0 : Math.round(noise(i) * 3)),
    'with NaN': (i) => (i % 1000 === 0 ? Number.NaN : noise(i)),
    'with infinities': (i) => (i % 1000 === 0 ? Number.POSITIVE_INFINITY : noise(i)),
  };
  for (const [name, of] of Object.entries(made)) {
    const values = Float64Array.from({ length: many }, (_, i) => of(i));
    const [sorted, expected] = [sortDoubles(values.slice()), values.slice().sort()];
    expect(
      sorted.every((value, i) => Object.is(value, expected[i])),
      name,
    ).toBe(true);
  }
});
