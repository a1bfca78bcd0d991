import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinnedColumn, codesOf, fitAdditiveModel, sharesOf } from '../../layers/quality/metrics/estimates/index.ts';
import { decomposeScoreGap, type ScoreGapDecomposition, type ScoreGapInput } from '../../layers/quality/metrics/fairness/index.ts';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const counts = (bins: number) =>
  fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: bins, maxLength: bins }).filter((all) => all.some((n) => n > 0));
const column = fc
  .integer({ min: 1, max: 6 })
  .chain((bins) => fc.record({ effects: fc.array(number, { minLength: bins, maxLength: bins }), group: counts(bins), rest: counts(bins) }));
const inputs = fc.tuple(fc.array(column, { maxLength: 6 }), number).map(
  ([columns, gap]): ScoreGapInput => ({
    columns: columns.map((_, c) => `column ${c}`),
    coefficients: columns.map(({ effects }) => Float64Array.from(effects)),
    group: columns.map(({ group }) => Float64Array.from(group)),
    rest: columns.map(({ rest }) => Float64Array.from(rest)),
    gap,
  }),
);
const byColumn = ({ parts }: ScoreGapDecomposition): Map<string, number> => new Map(parts.map((part) => [part.column, part.contribution]));

describe('the parts of a score gap', () => {
  it('add up to it with what is unexplained, the largest first, with their shares', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { gap, parts, unexplained } = decomposeScoreGap(input).value!;
        expect(gap).toBe(input.gap);
        expect(Math.abs(parts.reduce((sum, { contribution }) => sum + contribution, 0) + unexplained - gap)).toBeLessThan(1e-12);
        const sizes = parts.map(({ contribution }) => Math.abs(contribution));
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        for (const { contribution, share } of parts) expect(share).toBe(gap === 0 ? null : contribution / gap);
        expect(parts.map((part) => part.column).sort()).toEqual(input.columns);
      }),
    );
  });

  it('turn their signs when the sides are swapped, and keep their order', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const there = decomposeScoreGap(input).value!;
        const back = decomposeScoreGap({ ...input, group: input.rest, rest: input.group, gap: -input.gap }).value!;
        expect(back.parts.map((part) => part.column)).toEqual(there.parts.map((part) => part.column));
        back.parts.forEach(({ contribution }, i) => {
          expect(contribution === -there.parts[i]!.contribution).toBe(true);
        });
        expect(there.unexplained === -back.unexplained).toBe(true);
      }),
    );
  });

  it('are 0 for columns of equal distribution: the whole gap is unexplained', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const twice = input.rest.map((bins) => Array.from(bins, (n) => 2 * n));
        const { gap, parts, unexplained } = decomposeScoreGap({ ...input, group: twice }).value!;
        expect(parts.every(({ contribution }) => contribution === 0)).toBe(true);
        expect(unexplained).toBe(gap);
      }),
    );
  });

  it('do not depend on a constant added to the coefficients of a column', () => {
    fc.assert(
      fc.property(inputs, number, (input, constant) => {
        const before = byColumn(decomposeScoreGap(input).value!);
        const moved = input.coefficients.map((bins) => Array.from(bins, (effect) => effect + constant));
        for (const [name, contribution] of byColumn(decomposeScoreGap({ ...input, coefficients: moved }).value!))
          expect(Math.abs(contribution - before.get(name)!)).toBeLessThan(1e-12);
      }),
    );
  });

  it('are in order of columns where they are equal, and have no shares of a gap of 0', () => {
    const input = {
      columns: ['b', 'a', 'c'],
      coefficients: [
        [0, 1],
        [1, 0],
        [0, 4],
      ],
      group: [
        [1, 3],
        [1, 3],
        [1, 1],
      ],
      rest: [
        [1, 1],
        [1, 1],
        [3, 1],
      ],
      gap: 0,
    };
    expect(decomposeScoreGap(input).value).toEqual({
      gap: 0,
      parts: [
        { column: 'c', contribution: 1, share: null },
        { column: 'b', contribution: 0.25, share: null },
        { column: 'a', contribution: -0.25, share: null },
      ],
      unexplained: -1,
    });
  });

  it.each<[Partial<ScoreGapInput>, string]>([
    [{ group: [[0, 0]] }, 'no rows in the group'],
    [{ rest: [[0, 0]] }, 'no rows in the rest'],
    [{ rest: [] }, 'the model and the sides have other columns'],
    [{ rest: [[1, 2, 3]] }, 'the model and the sides have other bins of age'],
    [{ gap: Number.NaN }, 'no gap of mean scores'],
  ])('are null with the reason (%#)', (wrong, reason) => {
    const input = { columns: ['age'], coefficients: [[0, 1]], group: [[1, 1]], rest: [[1, 1]], gap: 0 };
    expect(decomposeScoreGap({ ...input, ...wrong })).toEqual({ value: null, reason });
  });
});

describe('in a simulation of 20,000 rows', () => {
  const ROWS = 20_000;
  const NAMES = ['income', 'age', 'postcode', 'tenure', 'facet'];

  /** Features and score of a row of the group or of the rest, from uniform draws; the last column is the facet itself. */
  type Row = (inGroup: boolean, draw: () => number) => { features: number[]; score: number };

  function simulate(seed: number, row: Row, withFacet = false): ScoreGapDecomposition {
    const draw = uniform(seed);
    const made = Array.from({ length: ROWS }, () => {
      const inGroup = draw() < 0.3;
      const { features, score } = row(inGroup, draw);
      return { inGroup, score, features: withFacet ? [...features, inGroup ? 0.99 : 0] : features };
    });
    const columns = NAMES.slice(0, withFacet ? 5 : 4);
    const binned = columns.map(
      (_, c): BinnedColumn => ({ codes: made.map(({ features }) => Math.min(9, Math.floor(features[c]! * 10))), bins: 10 }),
    );
    const model = fitAdditiveModel(
      binned,
      made.map(({ score }) => score),
    );
    const sharesIn = (side: boolean): number[][] =>
      binned.map((column) =>
        sharesOf(
          codesOf(column),
          column.bins,
          made.map(({ inGroup }) => (inGroup === side ? 1 : 0)),
        ),
      );
    const meanIn = (side: boolean): number => {
      const scores = made.flatMap(({ inGroup, score }) => (inGroup === side ? [score] : []));
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    return decomposeScoreGap({
      columns,
      coefficients: model.coefficients,
      group: sharesIn(true),
      rest: sharesIn(false),
      gap: meanIn(true) - meanIn(false),
    }).value!;
  }

  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  const SEEDS = [1, 2, 3, 4, 5];

  it.each(SEEDS)('the one feature that differs carries at least 95 % of the gap of a nonlinear score (seed %i)', (seed) => {
    const { parts, unexplained, gap } = simulate(seed, (inGroup, draw) => {
      const features = [inGroup ? draw() ** 3 : draw(), draw(), draw(), draw()];
      const [income, age, postcode, tenure] = features as [number, number, number, number];
      return { features, score: logistic(4 * income - age + postcode ** 2 + Math.sin(3 * tenure) - 2) + 0.05 * (draw() - 0.5) };
    });
    expect(gap).toBeLessThan(-0.1);
    expect(parts[0]!.column).toBe('income');
    expect(parts[0]!.share).toBeGreaterThan(0.95);
    expect(parts[0]!.share).toBeLessThan(1.05);
    for (const { share } of parts.slice(1)) expect(Math.abs(share!)).toBeLessThan(0.05);
    expect(Math.abs(unexplained / gap)).toBeLessThan(0.05);
  });

  it.each(SEEDS)('a feature that differs but that the score does not use carries nothing (seed %i)', (seed) => {
    const { parts } = simulate(seed, (inGroup, draw) => {
      const features = [inGroup ? draw() ** 2 : draw(), draw(), inGroup ? draw() ** 3 : draw(), draw()];
      return { features, score: 0.8 * features[0]! + 0.2 * features[1]! };
    });
    expect(parts[0]!.column).toBe('income');
    expect(Math.abs(parts.find(({ column }) => column === 'postcode')!.share!)).toBeLessThan(0.02);
  });

  it.each(SEEDS)('a score that treats the group itself otherwise is carried by the facet as a column (seed %i)', (seed) => {
    const row: Row = (inGroup, draw) => {
      const features = [draw(), draw(), draw(), draw()];
      return { features, score: 0.5 * features[0]! - (inGroup ? 0.2 : 0) };
    };
    const { parts } = simulate(seed, row, true);
    expect(parts[0]!.column).toBe('facet');
    expect(parts[0]!.share).toBeGreaterThan(0.95);
    const without = simulate(seed, row);
    expect(without.unexplained / without.gap).toBeGreaterThan(0.9);
  });

  it.each(SEEDS)('a proxy takes up part of what the group itself carries, unless the facet is a column too (seed %i)', (seed) => {
    const row: Row = (inGroup, draw) => {
      const features = [draw(), draw(), inGroup ? draw() ** 3 : draw(), draw()];
      return { features, score: 0.5 * features[0]! - (inGroup ? 0.2 : 0) };
    };
    const shareOf = (column: string, { parts }: ScoreGapDecomposition): number => parts.find((part) => part.column === column)!.share!;
    expect(shareOf('postcode', simulate(seed, row))).toBeGreaterThan(0.15);
    expect(Math.abs(shareOf('postcode', simulate(seed, row, true)))).toBeLessThan(0.02);
  });

  it.each(SEEDS)('an interaction whose columns do not differ one by one is unexplained (seed %i)', (seed) => {
    const { gap, unexplained } = simulate(seed, (inGroup, draw) => {
      const income = draw();
      const features = [income, inGroup ? 0.999 - income : income, draw(), draw()];
      return { features, score: 2 * (features[0]! - 0.5) * (features[1]! - 0.5) };
    });
    expect(gap).toBeLessThan(-0.2);
    expect(unexplained / gap).toBeGreaterThan(0.9);
  });
});

/** Mulberry32: the same draws for a seed everywhere. */
function uniform(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
