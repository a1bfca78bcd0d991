import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinnedColumn, fitAdditiveModel, predictFromShares, predictRow } from '../../layers/quality/metrics/estimates/index.ts';
import { draws } from '../checks/draw.ts';

const countsOf = ({ codes, bins }: BinnedColumn): number[] => {
  const counts = new Array<number>(bins + 1).fill(0);
  for (let i = 0; i < codes.length; i++) counts[codes[i]! >= 0 && codes[i]! < bins ? codes[i]! : bins]!++;
  return counts;
};

/** The same ridge, solved without any shortcut: one unknown for the intercept and each bin, by Gauss's elimination with row exchanges. */
function plainRidge(columns: BinnedColumn[], targets: number[], weights: number[], penalty: number): number[] {
  const size = 1 + columns.reduce((sum, { bins }) => sum + bins + 1, 0);
  const system = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  targets.forEach((target, i) => {
    const active = [0];
    let offset = 1;
    for (const { codes, bins } of columns) {
      active.push(offset + (codes[i]! < bins ? codes[i]! : bins));
      offset += bins + 1;
    }
    for (const a of active) {
      for (const b of active) system[a]![b]! += weights[i]!;
      system[a]![size]! += weights[i]! * target;
    }
  });
  const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
  for (let j = 1; j < size; j++) system[j]![j]! += penalty * mean;
  for (let k = 0; k < size; k++) {
    const best = system.slice(k).reduce((at, row, i) => (Math.abs(row[k]!) > Math.abs(system[at]![k]!) ? i + k : at), k);
    [system[k], system[best]] = [system[best]!, system[k]!];
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const share = system[i]![k]! / system[k]![k]!;
      for (let j = k; j <= size; j++) system[i]![j]! -= share * system[k]![j]!;
    }
  }
  return system.map((row, i) => row[size]! / row[i]!);
}

const arbitraryTable = fc
  .record({ columns: fc.integer({ min: 1, max: 3 }), bins: fc.integer({ min: 1, max: 4 }) })
  .chain(({ columns, bins }) =>
    fc
      .array(
        fc.record({
          codes: fc.array(fc.integer({ min: 0, max: bins }), { minLength: columns, maxLength: columns }),
          target: fc.integer({ min: -50, max: 50 }),
          weight: fc.integer({ min: 1, max: 4 }),
        }),
        { minLength: 1, maxLength: 30 },
      )
      .map((rows) => ({
        columns: Array.from({ length: columns }, (_, c) => ({ codes: Uint16Array.from(rows, ({ codes }) => codes[c]!), bins })),
        targets: rows.map(({ target }) => target),
        weights: rows.map(({ weight }) => weight),
      })),
  );

describe('the additive model', () => {
  it('is the ridge of the plain normal equations', () => {
    fc.assert(
      fc.property(arbitraryTable, fc.constantFrom(0.1, 1, 10), ({ columns, targets, weights }, penalty) => {
        const { intercept, coefficients } = fitAdditiveModel(columns, targets, weights, { penalty });
        const plain = plainRidge(columns, targets, weights, penalty);
        [intercept, ...coefficients.flat()].forEach((got, i) => {
          expect(Math.abs(got - plain[i]!)).toBeLessThan(1e-8);
        });
      }),
    );
  });
  it('gives for shares the mean of what it gives for the rows, and on its own rows the mean of the target', () => {
    fc.assert(
      fc.property(arbitraryTable, ({ columns, targets }) => {
        const model = fitAdditiveModel(columns, targets);
        const mean =
          targets.reduce(
            (sum, _, i) =>
              sum +
              predictRow(
                model,
                columns.map(({ codes }) => codes[i]!),
              ),
            0,
          ) / targets.length;
        expect(predictFromShares(model, columns.map(countsOf))).toBeCloseTo(mean, 9);
        expect(mean).toBeCloseTo(targets.reduce((a, b) => a + b, 0) / targets.length, 9);
        for (const bins of model.coefficients) expect(bins.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9);
      }),
    );
  });
  it('does not depend on the order of rows, nor on the scale of weights', () => {
    fc.assert(
      fc.property(arbitraryTable, ({ columns, targets, weights }) => {
        const model = fitAdditiveModel(columns, targets, weights);
        const turned = columns.map(({ codes, bins }) => ({ codes: Array.from(codes).reverse(), bins }));
        const other = fitAdditiveModel(
          turned,
          targets.toReversed(),
          weights.toReversed().map((weight) => weight * 1000),
        );
        [model.intercept, ...model.coefficients.flat()].forEach((value, i) => {
          expect(value).toBeCloseTo([other.intercept, ...other.coefficients.flat()][i]!, 9);
        });
      }),
    );
  });
  it('finds the function the target is, of 4 columns, with a penalty of 0', () => {
    const { uniform } = draws(5);
    const columns = Array.from({ length: 4 }, () => ({
      codes: Uint16Array.from({ length: 2000 }, () => Math.floor(uniform() * 6)),
      bins: 5,
    }));
    const effect = (codes: number[]): number => 7 + codes[0]! ** 2 - 3 * codes[1]! + (codes[3] === 5 ? 40 : 0);
    const row = (i: number): number[] => columns.map(({ codes }) => codes[i]!);
    const targets = Array.from({ length: 2000 }, (_, i) => effect(row(i)));
    const model = fitAdditiveModel(columns, targets, undefined, { penalty: 0 });
    for (let i = 0; i < 50; i++) expect(predictRow(model, row(i))).toBeCloseTo(targets[i]!, 7);
  });
  it.each([0, 1])('collinear columns and a column all missing do no harm, with a penalty of %s', (penalty) => {
    const codes = Uint16Array.from({ length: 300 }, (_, i) => i % 3);
    const missing = { codes: new Int32Array(300).fill(-1), bins: 4 };
    const targets = Array.from(codes, (code) => 10 * code);
    const columns = [{ codes, bins: 3 }, { codes, bins: 3 }, missing];
    const model = fitAdditiveModel(columns, targets, undefined, { penalty });
    expect(model.coefficients[2]!.every((value) => value === 0)).toBe(true);
    expect(predictRow(model, [2, 2, -1])).toBeCloseTo(20, penalty === 0 ? 9 : 0);
  });
  it('leaves out rows without a finite target or with no weight, and without rows is 0', () => {
    const columns = [{ codes: [0, 1, 0, 1], bins: 2 }];
    const model = fitAdditiveModel(columns, [1, 3, Number.NaN, 9], [1, 1, 1, 0], { penalty: 0 });
    expect(model.rows).toBe(2);
    expect([predictRow(model, [0]), predictRow(model, [1])]).toEqual([expect.closeTo(1, 12), expect.closeTo(3, 12)]);
    expect(fitAdditiveModel(columns, [Number.NaN, Number.NaN, Number.NaN, Number.NaN])).toMatchObject({ rows: 0, intercept: 0 });
    expect(fitAdditiveModel([{ codes: [], bins: 2 }], [])).toEqual({
      intercept: 0,
      coefficients: [[0, 0, 0]],
      shares: [[0, 0, 0]],
      rows: 0,
    });
  });
  it('has no value for shares of other columns', () => {
    const model = fitAdditiveModel([{ codes: [0, 1], bins: 2 }], [1, 3]);
    for (const shares of [[], [[0.5, 0.5]], [[0, 0, 0]]]) expect(predictFromShares(model, shares)).toBeNaN();
  });
});

it('20 columns of 20 bins and 100,000 rows are fitted within 5 seconds', () => {
  const { uniform, normal } = draws(8);
  const columns = Array.from({ length: 20 }, () => ({
    codes: Uint16Array.from({ length: 100000 }, () => Math.floor(20 * uniform())),
    bins: 20,
  }));
  const targets = Float64Array.from({ length: 100000 }, () => normal());
  const began = performance.now();
  const model = fitAdditiveModel(columns, targets);
  const took = performance.now() - began;
  if (process.env.ASSAY_COVERAGE === 'full') console.log(`additive model of 100,000 × 20: ${Math.round(took)} ms`);
  expect(model.rows).toBe(100000);
  expect(took).toBeLessThan(5000);
});
