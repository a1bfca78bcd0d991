import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BinnedColumn,
  distrust,
  estimatePerformance,
  estimateUnlabelled,
  estimateWeighted,
  fitEstimator,
  holdOut,
  holdOutWeighted,
  joinCells,
  labelCounts,
  rake,
  type ScoredRows,
  weightedEstimator,
} from '../../layers/quality/metrics/estimates/index.ts';
import { draws } from '../checks/draw.ts';

const sharesUnder = ({ codes, bins }: BinnedColumn, weights: ArrayLike<number>): number[] => {
  const sums = new Array<number>(bins + 1).fill(0);
  let all = 0;
  for (let i = 0; i < codes.length; i++) {
    sums[codes[i]! >= 0 && codes[i]! < bins ? codes[i]! : bins]! += weights[i]!;
    all += weights[i]!;
  }
  return sums.map((sum) => sum / all);
};
const sharesNow = (column: BinnedColumn): number[] => sharesUnder(column, new Float64Array(column.codes.length).fill(1));

interface Window {
  columns: BinnedColumn[];
  rows: ScoredRows;
}

/**
 * Two inputs, the score of a model that knows only the first (and takes it for more than it is), and labels that depend on both: the more of the
 * second, the more likely they are and the less the first tells.
 */
function windowOf({ uniform, normal }: ReturnType<typeof draws>, rows: number, shift: number): Window {
  const codes = [new Uint16Array(rows), new Uint16Array(rows)];
  const [scores, labels] = [new Float64Array(rows), new Uint8Array(rows)];
  const bin = (value: number): number => Math.min(9, Math.max(0, Math.floor(5 + 2 * value)));
  for (let i = 0; i < rows; i++) {
    const [known, hidden] = [normal() + shift / 2, normal() + shift];
    codes[0]![i] = bin(known);
    codes[1]![i] = bin(hidden);
    labels[i] = uniform() < 1 / (1 + Math.exp(-known * (1.5 - 0.8 * hidden) - hidden)) ? 1 : 0;
    scores[i] = Math.round(100 / (1 + Math.exp(-2 * known))) / 100;
  }
  const predictions = Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0));
  return { columns: codes.map((each) => ({ codes: each, bins: 10 })), rows: { scores, probabilities: labels, predictions } };
}

const METRICS = ['accuracy', 'roc_auc', 'precision', 'recall', 'specificity', 'f1'] as const;

describe('covariate shift with P(label | features) fixed, 60 seeds and 20', () => {
  const run = (shift: number, seeds: number) => {
    const found = {
      nearer: {} as Record<string, number>,
      plain: {} as Record<string, number>,
      weighted: {} as Record<string, number>,
      held: {} as Record<string, number>,
    };
    let [trusted, effective] = [0, 0];
    for (let seed = 1; seed <= seeds; seed++) {
      const draw = draws(1000 + seed);
      const [baseline, now] = [windowOf(draw, 6000, 0), windowOf(draw, 4000, shift)];
      const options = { seed: `${seed}` };
      const raking = rake(baseline.columns, now.columns.map(sharesNow));
      const made = weightedEstimator(baseline.rows, [], options, raking);
      if (made.estimator === null) continue;
      trusted++;
      effective += raking.effectiveRows / seeds;
      const truth = estimatePerformance(now.rows);
      const plain = estimateUnlabelled(fitEstimator(baseline.rows, [], options), now.rows);
      const weighted = estimateWeighted(made, now.rows);
      for (const id of METRICS) {
        const [off, less] = [plain, weighted].map((estimate) => Math.abs(estimate[id].value! - truth[id].value!)) as [number, number];
        found.nearer[id] = (found.nearer[id] ?? 0) + (less < off ? 1 : 0);
        found.plain[id] = (found.plain[id] ?? 0) + off / seeds;
        found.weighted[id] = (found.weighted[id] ?? 0) + less / seeds;
        found.held[id] = (found.held[id] ?? 0) + (less <= 3 * weighted[id].samplingError! ? 1 : 0);
      }
    }
    if (process.env.ASSAY_COVERAGE === 'full') console.log(`importance weights, shift ${shift}:`, trusted, Math.round(effective), found);
    return { ...found, trusted };
  };
  it('the weighted estimates of accuracy and ROC AUC are nearer the truth than the plain ones in at least 95 % of them, and within 3 errors of it in as many', () => {
    const { nearer, plain, weighted, held, trusted } = run(0.8, 60);
    expect(trusted).toBe(60);
    for (const id of ['accuracy', 'roc_auc'] as const) {
      expect(nearer[id]).toBeGreaterThanOrEqual(57);
      expect(weighted[id]).toBeLessThan(plain[id]! / 2);
      expect(held[id]).toBeGreaterThanOrEqual(57);
    }
  });
  it('the other way as well', () => {
    const { nearer, trusted } = run(-0.8, 20);
    expect(trusted).toBe(20);
    for (const id of ['accuracy', 'roc_auc'] as const) expect(nearer[id]).toBeGreaterThanOrEqual(19);
  });
});

describe('where nothing has shifted', () => {
  const { columns, rows } = windowOf(draws(3), 3000, 0);
  it('weights are 1 and the estimator is the plain one', () => {
    const raking = rake(columns, columns.map(sharesNow));
    expect(raking).toMatchObject({ converged: true, iterations: 0, uncovered: 0, effectiveRows: expect.closeTo(3000, 6) });
    for (const weight of raking.weights) expect(weight).toBeCloseTo(1, 12);
    const chunks = [0, 1, 2].map((c) => {
      const of = (values: ArrayLike<number>) => Array.from(values).slice(c * 1000, (c + 1) * 1000);
      return { scores: of(rows.scores), probabilities: of(rows.probabilities), predictions: of(rows.predictions) };
    });
    const plain = fitEstimator(rows, chunks, { seed: 'one' });
    const { estimator } = weightedEstimator(rows, chunks, { seed: 'one' }, raking);
    expect(estimator!.decision.needed).toBe(plain.decision.needed);
    expect(estimator!.bands).toEqual(plain.bands);
    const now = windowOf(draws(4), 500, 0.3).rows;
    const [a, b] = [estimateUnlabelled(plain, now), estimateUnlabelled(estimator!, now)];
    for (const id of METRICS) {
      expect(Math.abs(a[id].value! - b[id].value!)).toBeLessThan(1e-9);
      expect(Math.abs(a[id].samplingError! - b[id].samplingError!)).toBeLessThan(1e-9);
    }
  });
  it('with weights of 1 the parts held out are those of the plain decision', () => {
    const ones = new Float64Array(3000).fill(1);
    const plain = holdOut(labelCounts(joinCells(rows)), 'any');
    holdOutWeighted(rows, ones, 'any').forEach(({ train, test }, part) => {
      for (const [got, goal] of [
        [train, plain[part]!.train],
        [test, plain[part]!.test],
      ] as const)
        expect([Array.from(got.scores), Array.from(got.positives), Array.from(got.rows)]).toEqual([goal.scores, goal.positives, goal.rows]);
    });
  });
});

/** Rows in bins, and other rows of the same bins whose shares are the target: so there are weights that reach it. */
const arbitraryPair = fc.integer({ min: 1, max: 3 }).chain((columns) => {
  const codes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: columns, maxLength: columns });
  return fc.array(fc.tuple(codes, fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 40 });
});
const pairOf = (rows: (readonly [number[], number])[]) => {
  const columns = rows[0]![0].map((_, c) => ({ codes: rows.map(([codes]) => codes[c]!), bins: 3 }));
  return {
    columns,
    targets: columns.map((column) =>
      sharesUnder(
        column,
        rows.map(([, weight]) => weight),
      ),
    ),
  };
};

describe('raking', () => {
  it('reaches every share that some weights reach, with mean 1 and nothing below 0', () => {
    fc.assert(
      fc.property(arbitraryPair, (rows) => {
        const { columns, targets } = pairOf(rows);
        const { weights, converged, maximumGap, effectiveRows, uncovered } = rake(columns, targets, {
          maximumIterations: 2000,
          tolerance: 1e-7,
        });
        expect([converged, uncovered]).toEqual([true, 0]);
        expect(maximumGap).toBeLessThanOrEqual(1e-7);
        expect(weights.reduce((a, b) => a + b, 0) / weights.length).toBeCloseTo(1, 9);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(effectiveRows).toBeLessThanOrEqual(weights.length + 1e-9);
        columns.forEach((column, c) => {
          sharesUnder(column, weights).forEach((share, b) => {
            expect(Math.abs(share - targets[c]![b]!)).toBeLessThan(1e-6);
          });
        });
      }),
    );
  });
  it('gives weights of least entropy: a product of one factor for each bin, so rows of the same bins weigh the same', () => {
    const columns = [
      { codes: [0, 0, 1, 1, 0, 1], bins: 2 },
      { codes: [0, 1, 0, 1, 0, 1], bins: 2 },
    ];
    const { weights } = rake(columns, [
      [0.7, 0.3, 0],
      [0.4, 0.6, 0],
    ]);
    expect(weights[0]).toBe(weights[4]);
    expect(weights[3]).toBe(weights[5]);
    expect((weights[0]! * weights[3]!) / (weights[1]! * weights[2]!)).toBeCloseTo(1, 9);
  });
  it('one column: the ratio of the shares, at once', () => {
    const { weights, iterations, effectiveRows } = rake([{ codes: [0, 0, 0, 1], bins: 2 }], [[10, 30, 0]]);
    expect(Array.from(weights)).toEqual([1 / 3, 1 / 3, 1 / 3, 3].map((weight) => expect.closeTo(weight, 12)));
    expect(iterations).toBe(1);
    expect(effectiveRows).toBeCloseTo(16 / (3 / 9 + 9), 12);
  });
  it('no weight is above the cap, and what it keeps from being reached is told', () => {
    const codes = Array.from({ length: 1000 }, (_, i) => (i < 10 ? 1 : 0));
    const { weights, converged, maximumGap } = rake([{ codes, bins: 2 }], [[0.5, 0.5, 0]]);
    expect(Math.max(...weights)).toBeLessThanOrEqual(20 * (1 + 1e-9));
    expect(converged).toBe(false);
    expect(maximumGap).toBeCloseTo(0.3, 6);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1000, 6);
  });
  it('rows of a bin the target has none of weigh 0; a column all missing in both changes nothing', () => {
    const missing = { codes: new Int32Array(4).fill(-1), bins: 3 };
    const { weights, converged } = rake(
      [{ codes: [0, 1, 0, 1], bins: 2 }, missing],
      [
        [1, 0, 0],
        [0, 0, 0, 5],
      ],
    );
    expect(Array.from(weights)).toEqual([2, 0, 2, 0]);
    expect(converged).toBe(true);
  });
  it('collinear columns that ask for different shares do not converge, and say how far off they stay', () => {
    const codes = [0, 1, 0, 1];
    const { converged, maximumGap, weights } = rake(
      [
        { codes, bins: 2 },
        { codes, bins: 2 },
      ],
      [
        [0.5, 0.5, 0],
        [0.7, 0.3, 0],
      ],
    );
    expect(converged).toBe(false);
    expect(maximumGap).toBeCloseTo(0.2, 6);
    expect(weights.every(Number.isFinite)).toBe(true);
  });
  it('is the same whatever the order of rows', () => {
    fc.assert(
      fc.property(arbitraryPair, (rows) => {
        const [one, other] = [rows, rows.toReversed()].map(pairOf);
        const [a, b] = [rake(one!.columns, one!.targets), rake(other!.columns, one!.targets)];
        a.weights.forEach((weight, i) => {
          expect(Math.abs(weight - b.weights[rows.length - 1 - i]!)).toBeLessThan(1e-6);
        });
      }),
    );
  });
});

describe('weights that must not be trusted give no estimator', () => {
  const { columns, rows } = windowOf(draws(9), 2000, 0);
  const shares = columns.map(sharesNow);
  const reasonOf = (raking: Parameters<typeof distrust>[0], baseline = rows) => weightedEstimator(baseline, [], { seed: 'any' }, raking);
  it('too much of the window in bins without sample rows', () => {
    const apart = shares[0]!.with(10, 0.1);
    const raking = rake(columns, [apart, shares[1]!]);
    expect(raking.uncovered).toBeCloseTo(0.1 / 1.1, 12);
    expect(raking.maximumGap).toBeGreaterThanOrEqual(0.1 / 1.1 - 1e-9);
    expect(reasonOf(raking)).toMatchObject({ estimator: null, reason: 'too many rows lie in bins the sample has no rows of' });
  });
  it('too few effective rows', () => {
    const far = new Array<number>(11).fill(0).with(9, 1);
    const raking = rake(columns, [far, shares[1]!], { cap: 1000 });
    expect(raking.effectiveRows).toBeLessThan(200);
    for (const each of Object.values(estimateWeighted(reasonOf(raking), rows)))
      expect(each).toMatchObject({ value: null, reason: 'the weights leave too few effective rows', confidence: null, alarm: null });
    expect(reasonOf(raking)).toMatchObject({ estimator: null, reason: 'the weights leave too few effective rows' });
  });
  it('shares that stay apart', () => {
    const { maximumGap, ...raking } = rake(columns, shares);
    expect(distrust({ ...raking, maximumGap })).toBeNull();
    expect(distrust({ ...raking, maximumGap: 0.03 })).toBe('the weights do not bring the shares together');
  });
  it('no rows, other columns, other rows, a score that is not a number', () => {
    const none = rake([{ codes: [], bins: 2 }], [[1, 1, 0]]);
    expect(none).toMatchObject({ converged: false, iterations: 0, effectiveRows: 0 });
    expect(reasonOf(none, { scores: [], probabilities: [], predictions: [] }).reason).toBe('no rows');
    for (const targets of [[], [shares[0]!], [shares[0]!, [1, 2]], [shares[0]!, new Array(11).fill(0)]])
      expect(reasonOf(rake(columns, targets)).reason).toBe("the columns' bins are not those of the sample, or a column has no rows");
    const raking = rake(columns, shares);
    expect(reasonOf(raking, { scores: [1], probabilities: [1], predictions: [1] }).reason).toBe('other rows than the weights');
    const scores = Float64Array.from(rows.scores).with(3, Number.NaN);
    expect(reasonOf(raking, { ...rows, scores }).reason).toBe('a score is not a number');
  });
  it('one class only: an estimator without calibration, as the plain one', () => {
    const one = { ...rows, probabilities: new Uint8Array(2000).fill(1) };
    const { estimator } = reasonOf(rake(columns, shares), one);
    expect(estimator).toMatchObject({ calibration: null, decision: { needed: false, reason: 'one class only' } });
  });
});
