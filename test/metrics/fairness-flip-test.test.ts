import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../../layers/quality/math/intervals/index.ts';
import { counterfactualFlipTest, FLIP_TEST_ROWS, type FlipRows, NearestPoints } from '../../layers/quality/metrics/fairness/index.ts';

interface Person {
  features: number[];
  inFacet: boolean;
  chosen: boolean;
}

const rowsOf = (people: Person[]): FlipRows => ({
  features: Float64Array.from(people.flatMap(({ features }) => features)),
  width: people[0]?.features.length ?? 1,
  inFacet: people.map(({ inFacet }) => inFacet),
  chosen: people.map(({ chosen }) => chosen),
});

const person = fc.record({
  features: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 9 })),
  inFacet: fc.boolean(),
  chosen: fc.boolean(),
});
const random = (seed: number) => () => (seed = (seed * 48271) % 2147483647) / 2147483647;

describe('nearest points', () => {
  const small = fc.integer({ min: 0, max: 4 });
  const cloud = fc.array(fc.tuple(small, small, small), { maxLength: 200 });
  it('are those a search of all finds, ties by row', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 7 }), (points, k) => {
        const tree = new NearestPoints(Float64Array.from(points.flat()), 3, points.length, 4);
        const query = Float64Array.of(1, 2, 3);
        const all = points.map((point, index) => ({ index, squared: point.reduce((sum, x, j) => sum + (query[j]! - x) ** 2, 0) }));
        all.sort((a, b) => a.squared - b.squared || a.index - b.index);
        expect(tree.nearest(query, k)).toEqual(all.slice(0, k));
        const within: number[] = [];
        tree.within(query, 5, (index) => within.push(index));
        expect(within.sort()).toEqual(all.flatMap(({ index, squared }) => (squared <= 5 ? [index] : [])).sort());
      }),
    );
  });
});

describe('the flip test', () => {
  it('depends neither on units nor on the order of rows', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 2, maxLength: 40 }), (people) => {
        const { value } = counterfactualFlipTest(rowsOf(people));
        expect(counterfactualFlipTest(rowsOf([...people].reverse())).value).toBe(value);
        const inOtherUnits = people.map((each) => ({ ...each, features: [each.features[0] * 1000 + 5, each.features[1] / 8] }));
        expect(counterfactualFlipTest(rowsOf(inOtherUnits)).value).toBe(value);
      }),
    );
  });
  it('is negative when the facet is refused what its like get', () => {
    const like = (count: number, inFacet: boolean, chosen: boolean): Person[] =>
      Array.from({ length: count }, (_, i) => ({ features: [i % 3, 1], inFacet, chosen }));
    expect(counterfactualFlipTest(rowsOf([...like(20, false, true), ...like(9, true, false)])).value).toBe(-1);
    expect(counterfactualFlipTest(rowsOf([...like(20, false, false), ...like(9, true, true)])).value).toBe(1);
    expect(counterfactualFlipTest(rowsOf([...like(20, false, true), ...like(9, true, true)])).value).toBe(0);
    const refused = counterfactualFlipTest(rowsOf([...like(20, false, true), ...like(9, true, false), ...like(11, true, true)]));
    expect(refused).toEqual({ value: -0.45, interval: pairedDifference(0, 9, 20) });
  });
  it('flips nothing on an even vote', () => {
    const at = (chosen: boolean, inFacet = false): Person => ({ features: [1, 2], inFacet, chosen });
    const others = [true, false].flatMap((chosen) => Array.from({ length: 6 }, () => at(chosen)));
    expect(counterfactualFlipTest(rowsOf([...others, at(false, true)])).value).toBe(0);
    expect(counterfactualFlipTest(rowsOf([...others, at(false, true)]), 'clarify').value).toBe(-1);
  });
  it('is not swamped by a feature of large numbers, as Clarify is', () => {
    const next = random(7);
    const people = Array.from({ length: 600 }, (): Person => {
      const [signal, inFacet] = [next() < 0.5 ? 0 : 1, next() < 0.4];
      return { features: [signal, 1e6 * next()], inFacet, chosen: signal === 1 };
    });
    expect(counterfactualFlipTest(rowsOf(people)).value).toBe(0);
    expect(counterfactualFlipTest(rowsOf(people), 'clarify').value).not.toBe(0);
  });
  it('has no value without sides, features, finite numbers, or with too many rows', () => {
    const one = (inFacet: boolean, features = [1]): Person => ({ features, inFacet, chosen: true });
    expect(counterfactualFlipTest(rowsOf([one(false)])).reason).toBe('no rows in the facet');
    expect(counterfactualFlipTest(rowsOf([one(true)])).reason).toBe('no rows outside the facet');
    expect(counterfactualFlipTest(rowsOf([one(true, []), one(false, [])])).reason).toBe('no features');
    expect(counterfactualFlipTest(rowsOf([one(true, [Number.NaN]), one(false)])).reason).toBe('features that are not finite numbers');
    const many = new Uint8Array(FLIP_TEST_ROWS + 1).fill(1, 1);
    expect(counterfactualFlipTest({ features: new Float64Array(many.length), width: 1, inFacet: many, chosen: many }).reason).toBe(
      'more than 100,000 rows',
    );
  });
  it('takes 100,000 rows', () => {
    const next = random(11);
    const people = Array.from({ length: FLIP_TEST_ROWS }, (): Person => {
      const [inFacet, score] = [next() < 0.3, next()];
      return { features: [score, Math.floor(50 * next()), Math.floor(8 * next())], inFacet, chosen: score > (inFacet ? 0.6 : 0.4) };
    });
    expect(counterfactualFlipTest(rowsOf(people)).value).toBeCloseTo(-0.2, 1);
  });
});
