import { describe, expect, it } from 'vitest';
import { compareMeans, type Sampled } from '../../layers/quality/checks/compare-means.ts';
import { fairnessChecks, type Sides } from '../../layers/quality/checks/fairness.ts';
import { holm } from '../../layers/quality/math/holm.ts';
import { emptyCounts, type GroupCounts } from '../../layers/quality/metrics/fairness/index.ts';
import { draws } from './draw.ts';
import { alarms, MOST, TRIALS, trialOf, type World } from './windows-of-means.ts';

describe('means of windows, where nothing changed', () => {
  const worlds: [string, World][] = [
    ['no spread between 20 chunks of 40 rows', { rows: 40, chunks: 20, between: 0 }],
    ['spread as large as sampling, 20 chunks', { rows: 40, chunks: 20, between: 0.16 }],
    ['spread four times sampling, 20 chunks', { rows: 40, chunks: 20, between: 0.64 }],
    ['spread as large as sampling, 10 chunks', { rows: 40, chunks: 10, between: 0.16 }],
    ['spread four times sampling, 10 chunks', { rows: 40, chunks: 10, between: 0.64 }],
    ['spread as large as sampling, 60 chunks', { rows: 40, chunks: 60, between: 0.16 }],
    ['no spread, a window of ten chunks', { rows: 40, chunks: 20, between: 0, times: 10 }],
    ['spread as large as sampling, a window of ten chunks', { rows: 40, chunks: 20, between: 0.16, times: 10 }],
    ['spread half of sampling, 12 chunks of 30 rows', { rows: 30, chunks: 12, between: 0.09 }],
  ];
  it.each(worlds)('%s: p < .01 in at most 1.5 % of trials, each way', (name, world) => {
    for (const direction of ['above', 'below'] as const) {
      const rate = alarms(TRIALS, (trial) => compareMeans(...trialOf(world, trial * 7919 + 1), direction).pValue);
      console.log(`compare-means, ${name}, ${direction}: ${(100 * rate).toFixed(2)} %`);
      expect([direction, rate <= MOST, rate]).toEqual([direction, true, rate]);
    }
  });
  it('a window of four chunks finds six of its standard errors, where chunks differ by chance alone', () => {
    const world = { rows: 40, chunks: 20, between: 0, times: 4, change: 6 * Math.sqrt(1 / 160 + 1 / 800) };
    const found = alarms(1000, (trial) => compareMeans(...trialOf(world, trial * 7919 + 1), 'above').pValue! * 10);
    expect(found).toBeGreaterThan(0.75);
  });
  it('finds a change of four of its standard errors, beyond the spread', () => {
    for (const between of [0, 0.16, 0.64]) {
      const change = -4 * Math.sqrt(1 / 40 + between ** 2);
      const rate = alarms(
        500,
        (trial) => compareMeans(...trialOf({ rows: 40, chunks: 20, between, change }, trial * 7919 + 1), 'below').pValue,
      );
      expect(rate).toBeGreaterThan(0.75);
      expect(alarms(500, (trial) => compareMeans(...trialOf({ rows: 40, chunks: 20, between, change }, trial), 'above').pValue)).toBe(0);
    }
  });
  it('has no p-value of one row, is certain of equal constants, and weighs unequal ones by how likely they fall apart by side', () => {
    const one: Sampled = { value: 1, variance: 0, freedom: 0 };
    const constant: Sampled = { value: 1, variance: 0, freedom: 99 };
    expect(compareMeans(one, constant, [], 'above').pValue).toBeNull();
    expect(compareMeans(constant, constant, [], 'above').pValue).toBe(1);
    expect(compareMeans({ ...constant, value: 1 + 2e-16 }, constant, [], 'above').pValue).toBe(1);
    expect(compareMeans({ ...constant, value: 2 }, constant, [], 'above').pValue).toBeLessThan(1e-50);
    expect(compareMeans({ ...constant, value: 2 }, constant, [], 'below').pValue).toBe(1);
    const few: Sampled = { value: 2, variance: 0, freedom: 2 };
    expect(compareMeans(few, { ...few, value: 1, freedom: 3 }, [], 'above').pValue).toBeCloseTo(1 / 35, 12);
  });
  it('gives p and 1 − p in the two directions', () => {
    for (let trial = 0; trial < 50; trial++) {
      const given = trialOf({ rows: 40, chunks: 12, between: 0.2 }, trial);
      const [above, below] = [compareMeans(...given, 'above').pValue!, compareMeans(...given, 'below').pValue!];
      expect(above + below).toBeCloseTo(1, 10);
    }
  });
});

interface Group {
  rows: number;
  chosen: number;
  base: number;
  recall: number;
  fallOut: number;
}

/** Counts of a group by label and prediction: chance decides both. */
function countsOf({ binomial }: ReturnType<typeof draws>, { rows, base, recall, fallOut }: Group): GroupCounts {
  const positive = binomial(rows, base);
  const [tp, fp] = [binomial(positive, recall), binomial(rows - positive, fallOut)];
  return { ...emptyCounts(), rows, tp, fp, fn: positive - tp, tn: rows - positive - fp };
}
const add = (a: GroupCounts, b: GroupCounts): GroupCounts => {
  const sum = { ...a };
  for (const key of Object.keys(sum) as (keyof GroupCounts)[]) sum[key] += b[key];
  return sum;
};
const OPTIONS = { settings: {}, minimumRows: 30 };
const group = (rows: number, of: Partial<Group> = {}): Group => ({ rows, chosen: 0.5, base: 0.5, recall: 0.75, fallOut: 0.25, ...of });

describe('groups of 30 to 60 rows, where nothing changed', () => {
  const sizes = [30, 45, 60];

  /** Share of p-values below .01 of a group chosen at exactly four fifths of the best one's rate: the edge of what the rule allows. */
  function atTheBound(rows: number, rate: number): number {
    const measured = alarms(TRIALS, (trial) => {
      const random = draws(trial * 7919 + 1);
      const of = (count: number, share: number): GroupCounts => countsOf(random, group(count, { recall: share, fallOut: share }));
      const [mine, best] = [of(rows, 0.8 * rate), of(400, rate)];
      const checks = fairnessChecks(
        {
          facet: 'g=a',
          favourable: 'positive',
          groups: 2,
          now: { group: mine, rest: best },
          before: null,
          chunks: [],
          best,
          bestBefore: null,
        },
        OPTIONS,
      );
      return checks.find(({ id }) => id.startsWith('four_fifths'))!.measurement?.pValue ?? null;
    });
    console.log(`four fifths at the bound, ${rows} rows, best ${rate}: ${(100 * measured).toFixed(2)} %`);
    return measured;
  }
  it.each(sizes)('four fifths at the bound, %i rows, best group chosen .8: at most 1.5 % of p-values below .01', (rows) => {
    expect(atTheBound(rows, 0.8)).toBeLessThanOrEqual(MOST);
  });
  // The variance is of smoothed rates that need not obey the bound: at rates of .1 it is too small. With that of Farrington & Manning (1990), rates
  // restricted to p = ⁴⁄₅·q, the same trials give 0.00 to 0.82 % for .1, .3, .5 and 1.1 % for .8.
  it.each(sizes.flatMap((rows) => [0.1, 0.3].map((rate): [number, number] => [rows, rate])))(
    'four fifths at the bound, %i rows, best group chosen %f: at most 1.5 % of p-values below .01',
    (rows, rate) => {
      expect(atTheBound(rows, rate)).toBeLessThanOrEqual(MOST);
    },
  );

  it.each([2, 4, 8])('four fifths among %i groups of 30 to 60 rows chosen alike: at most 1.5 % of reports', (groups) => {
    for (const share of [0.1, 0.3, 0.5]) {
      const measured = alarms(TRIALS, (trial) => {
        const random = draws(trial * 7919 + 1);
        const all = Array.from({ length: groups }, (_, i) =>
          countsOf(random, group(30 + ((i * 13) % 31), { recall: share, fallOut: share })),
        );
        const rate = (counts: GroupCounts): number => (counts.tp + counts.fp) / counts.rows;
        const best = all.reduce((a, b) => (rate(b) > rate(a) ? b : a));
        const worst = all
          .filter((each) => each !== best)
          .map((mine) => {
            const checks = fairnessChecks(
              {
                facet: 'g',
                favourable: 'positive',
                groups,
                now: { group: mine, rest: best },
                before: null,
                chunks: [],
                best,
                bestBefore: null,
              },
              OPTIONS,
            );
            return checks.find(({ id }) => id.startsWith('four_fifths'))!.measurement?.pValue ?? 1;
          });
        return Math.min(...holm(worst).map((p) => p ?? 1));
      });
      console.log(`four fifths, ${groups} equal groups of 30–60, chosen ${share}: ${(100 * measured).toFixed(2)} % of reports`);
      expect([share, measured <= MOST, measured]).toEqual([share, true, measured]);
    }
  });

  it('four fifths finds a group of 60 rows chosen a third as often', () => {
    const found = alarms(500, (trial) => {
      const random = draws(trial);
      const [mine, best] = [
        countsOf(random, group(60, { recall: 0.2, fallOut: 0.2 })),
        countsOf(random, group(400, { recall: 0.6, fallOut: 0.6 })),
      ];
      return fairnessChecks(
        {
          facet: 'g=a',
          favourable: 'positive',
          groups: 2,
          now: { group: mine, rest: best },
          before: null,
          chunks: [],
          best,
          bestBefore: null,
        },
        OPTIONS,
      )[0]!.measurement!.pValue;
    });
    expect(found).toBeGreaterThan(0.9);
  });

  /** Gaps of a small group now, and in a baseline of 20 chunks, whose rates vary by chunk where `between` says so. */
  function gaps(rows: number, rest: Group, own: Group, between: number, seed: number, changed: Partial<Group> = {}) {
    const random = draws(seed);
    const wobble = (share: number, by: number): number => Math.min(0.999, Math.max(0.001, share + by));
    const sides = (mine: Group, others: Group): Sides => {
      const by = between * random.normal();
      const moved = (each: Group, sign: number): Group => ({
        ...each,
        recall: wobble(each.recall, sign * by),
        fallOut: wobble(each.fallOut, sign * by),
      });
      return { group: countsOf(random, moved(mine, 1)), rest: countsOf(random, moved(others, -1)) };
    };
    const chunks = Array.from({ length: 20 }, () => sides({ ...own, rows }, rest));
    const before = chunks.reduce((a, b) => ({ group: add(a.group, b.group), rest: add(a.rest, b.rest) }));
    const now = sides({ ...own, rows, ...changed }, rest);
    return fairnessChecks({ facet: 'g=a', favourable: 'positive', groups: 2, now, before, chunks, best: null, bestBefore: null }, OPTIONS);
  }
  const rates = ['selection_rate', 'true_positive_rate', 'false_positive_rate'];
  const worlds: [string, Partial<Group>, Partial<Group>, number][] = [
    ['alike', {}, {}, 0],
    ['alike, rarely chosen', { recall: 0.3, fallOut: 0.03 }, { recall: 0.3, fallOut: 0.03 }, 0],
    ['a known gap', { recall: 0.6, fallOut: 0.1 }, { recall: 0.8, fallOut: 0.3 }, 0],
    ['alike, with a spread between chunks', {}, {}, 0.05],
    ['a known gap, with a spread between chunks', { recall: 0.6, fallOut: 0.1 }, { recall: 0.8, fallOut: 0.3 }, 0.05],
    ['alike, nearly all found', { recall: 0.97, fallOut: 0.02 }, { recall: 0.97, fallOut: 0.02 }, 0],
  ];
  it.each(sizes.flatMap((rows) => worlds.map((world): [number, ...typeof world] => [rows, ...world])))(
    'gaps of %i rows, %s: at most 1.5 % of p-values below .01',
    (rows, name, own, rest, between) => {
      const counts = Object.fromEntries(rates.map((rate) => [rate, 0]));
      const tested = Object.fromEntries(rates.map((rate) => [rate, 0]));
      for (let trial = 0; trial < TRIALS; trial++)
        for (const { id, measurement } of gaps(rows, group(300, rest), group(rows, own), between, trial * 7919 + 1)) {
          const rate = rates.find((each) => id.includes(`/${each}/`));
          if (rate === undefined || measurement?.pValue == null) continue;
          tested[rate]!++;
          if (measurement.pValue < 0.01) counts[rate]!++;
        }
      const measured = rates.map((rate) => [rate, tested[rate]! < 200 ? null : counts[rate]! / tested[rate]!] as const);
      console.log(
        `gaps, ${rows} rows, ${name}: ${measured.map(([rate, share]) => `${rate} ${share === null ? 'not tested' : `${(100 * share).toFixed(2)} %`}`).join(', ')}`,
      );
      expect(measured.filter(([, share]) => share !== null && share > MOST)).toEqual([]);
    },
  );

  it('finds a gap of 40 points that was not there, in 60 rows', () => {
    const found = alarms(500, (trial) => {
      const checks = gaps(60, group(300), group(60), 0.02, trial, { recall: 0.3, fallOut: 0.02 });
      return checks.find(({ id }) => id.includes('/selection_rate/'))!.measurement!.pValue;
    });
    expect(found).toBeGreaterThan(0.8);
  });
});

it('a window of ten chunks is as sure of a large change as one of a chunk, in whatever baseline', () => {
  const world = { rows: 300, chunks: 20, between: 0, change: 0.4, times: 10 };
  for (let trial = 0; trial < 200; trial++) expect(compareMeans(...trialOf(world, trial + 1), 'above').pValue).toBeLessThan(1e-3);
});
