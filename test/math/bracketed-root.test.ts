import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketedRoot } from '../../layers/quality/math/intervals/index.ts';

/** The same by halving alone, until no double lies between. */
function halved(increasing: (x: number) => number, goal: number, low: number, high: number): number {
  for (let [from, to] = [low, high]; ; ) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to) return middle;
    if (increasing(middle) < goal) from = middle;
    else to = middle;
  }
}

const SHAPES: Record<string, (x: number) => number> = {
  line: (x) => 3 * x - 1,
  cube: (x) => x ** 3,
  'steep at one place': (x) => Math.atan(1e6 * (x - 0.3)),
  'flat but at one place': (x) => (x - 0.3) ** 9,
  exponential: (x) => Math.exp(20 * x),
  logarithm: (x) => Math.log(x),
  'without a value at the ends': (x) => (x <= 0 || x >= 1 ? Number.NaN : Math.log(x / (1 - x))),
  step: (x) => (x < 0.7 ? -1 : 1),
};

describe('a bracketed root', () => {
  it.each(Object.entries(SHAPES))('is where halving finds it: %s', (_, shape) => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1 - 1e-3, noNaN: true }), (place) => {
        const goal = shape(place);
        const found = bracketedRoot(shape, goal, 0, 1);
        // What rounding leaves of the function is as far as either can see.
        expect(Math.abs(shape(found) - goal)).toBeLessThanOrEqual(
          Math.abs(shape(halved(shape, goal, 0, 1)) - goal) + 4 * Number.EPSILON * Math.abs(goal) + 2 * sensitivity(shape, found),
        );
      }),
    );
  });

  it('takes some ten calls of a smooth function, no more than three times those of halving of any', () => {
    const calls = (shape: (x: number) => number, goal: number): number => {
      let count = 0;
      bracketedRoot((x) => shape(x + 0 * count++), goal, 0, 1);
      return count;
    };
    expect(calls(SHAPES.exponential!, Math.exp(7))).toBeLessThan(16);
    expect(calls(SHAPES.cube!, 0.1)).toBeLessThan(14);
    for (const shape of Object.values(SHAPES)) expect(calls(shape, shape(0.62))).toBeLessThan(180);
  });

  it('is the nearest end where the goal is outside, and finds what is tiny', () => {
    expect(bracketedRoot((x) => x, -1, 0, 1)).toBeLessThan(1e-300);
    expect(bracketedRoot((x) => x, 2, 0, 1)).toBeCloseTo(1, 15);
    expect(bracketedRoot((x) => x, 1e-200, 0, 1)).toBeCloseTo(1e-200, 213);
    expect(bracketedRoot((x) => (x > 0.5 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY), 0, 0, 1)).toBeCloseTo(0.5, 15);
  });
});

/** How much the function moves to a neighbouring double. */
const sensitivity = (shape: (x: number) => number, x: number): number =>
  Math.abs(shape(x * (1 + 2 * Number.EPSILON)) - shape(x * (1 - 2 * Number.EPSILON)));
