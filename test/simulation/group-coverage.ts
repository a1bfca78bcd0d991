import { Random } from '../../examples/credit-risk/random.ts';
import { fairnessInterval } from '../../layers/quality/metrics/fairness/fairness-intervals.ts';
import { gapInterval } from '../../layers/quality/metrics/fairness/gap-interval.ts';
import { CLARIFY_METRICS, fromConfusion, type GroupCounts, type Split } from '../../layers/quality/metrics/fairness/index.ts';
import { multiclassMetrics } from '../../layers/quality/metrics/performance/multiclass-metrics.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { BETWEEN, fractionsOf } from '../../layers/quality/usecases/fairness-rows.ts';
import { type Coverage, type CoverageOptions, count, counter, finished } from './coverage.ts';

/** Of a group: the rate of positive labels, and of positive predictions among them and among the others. */
type Rates = readonly [base: number, found: number, alarmed: number];
const GROUPS: { name: string; facet: Rates; rest: Rates }[] = [
  { name: 'base rates 0.4 and 0.5', facet: [0.4, 0.7, 0.2], rest: [0.5, 0.75, 0.15] },
  { name: 'base rates 0.15 and 0.1', facet: [0.15, 0.7, 0.2], rest: [0.1, 0.75, 0.15] },
  { name: 'alike', facet: [0.3, 0.7, 0.2], rest: [0.3, 0.7, 0.2] },
];
const ENDLESS = 1e8;
const SIZES = [100, 1000];

const expected = (rows: number, [base, found, alarmed]: Rates): GroupCounts =>
  fromConfusion(rows * base * found, rows * (1 - base) * alarmed, rows * base * (1 - found), rows * (1 - base) * (1 - alarmed));

function drawGroup(random: Random, rows: number, [base, found, alarmed]: Rates): GroupCounts {
  const cells = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let row = 0; row < rows; row++) {
    if (random.chance(base)) cells[random.chance(found) ? 'tp' : 'fn']++;
    else cells[random.chance(alarmed) ? 'fp' : 'tn']++;
  }
  return fromConfusion(cells.tp, cells.fp, cells.fn, cells.tn);
}

/** Clarify's metrics of a group of a quarter of the rows against the rest, but for the imbalance, which is fixed here. */
export function groupCoverage({ tables, seed, sizes = SIZES }: CoverageOptions): Coverage[] {
  const metrics = CLARIFY_METRICS.filter(({ code, compute }) => compute !== null && !code.startsWith('CD') && code !== 'CI');
  return GROUPS.flatMap(({ name, facet, rest }, k) =>
    sizes.flatMap((rows, i) => {
      const random = new Random(seed, 93, i, k);
      const few = Math.round(rows / 4);
      const all = { facet: expected(ENDLESS / 4, facet), rest: expected((3 * ENDLESS) / 4, rest) };
      const counts = metrics.map(({ code, compute }) => counter(code, name, rows, compute!(all).value!));
      for (let table = 0; table < tables; table++) {
        const split: Split = { facet: drawGroup(random, few, facet), rest: drawGroup(random, rows - few, rest) };
        metrics.forEach(({ code, compute }, m) => {
          count(counts[m]!, fairnessInterval(code, split, compute!, `${seed} ${k} ${rows} ${table}`));
        });
      }
      return counts.map((each) => finished(each, tables));
    }),
  );
}

const SHARES = [
  [0.4, 0.35, 0.25],
  [0.8, 0.15, 0.05],
];
const RIGHT = 0.7;

/** Averages over three classes, 70 % of each predicted right. */
export function classCoverage({ tables, seed, sizes = SIZES }: CoverageOptions): Coverage[] {
  const metrics = multiclassMetrics(['a', 'b', 'c']).filter(({ parameters = {} }) => !('class' in parameters || 'predictor' in parameters));
  const sliceOf = (cells: Float64Array, rows: number): Slice => {
    return { rows, counts: fromConfusion(0, 0, 0, 0), scored: null, scale: 1, matrix: { classes: 3, cells }, sums: null };
  };
  return SHARES.flatMap((shares, k) => {
    const chances = Float64Array.from({ length: 9 }, (_, at) => shares[Math.floor(at / 3)]! * (at % 4 === 0 ? RIGHT : (1 - RIGHT) / 2));
    const all = sliceOf(chances, ENDLESS);
    const shown = metrics.filter((metric) => metric.compute(all).value !== null);
    return sizes.flatMap((rows, i) => {
      const random = new Random(seed, 94, i, k);
      const nameOf = ({ id, parameters }: (typeof shown)[number]): string => [id, ...Object.values(parameters ?? {})].join(', ');
      const counts = shown.map((metric) => counter(nameOf(metric), `classes of ${shares.join(', ')}`, rows, metric.compute(all).value!));
      for (let table = 0; table < tables; table++) {
        const cells = new Float64Array(9);
        for (let row = 0; row < rows; row++) {
          let [at, left] = [0, random.uniform() - chances[0]!];
          while (left > 0 && at < 8) left -= chances[++at]!;
          cells[at]!++;
        }
        const slice = sliceOf(cells, rows);
        shown.forEach((metric, m) => {
          count(counts[m]!, metric.interval(slice, `${seed} ${k} ${rows} ${table}`));
        });
      }
      return counts.map((each) => finished(each, tables));
    });
  });
}

const ONE: Rates = [0.3, 0.7, 0.2];
const APART: Rates = [0.4, 0.8, 0.3];
const times = <T>(count: number, of: T): T[] => Array.from({ length: count }, () => of);
const FOURTHS = [0.4, 0.3, 0.2, 0.1];
/** Groups of a facet, the share of the rows that each has, and how many times as many rows as of four groups there are. */
const GAPS: { name: string; groups: Rates[]; shares: number[]; more: number }[] = [
  { name: 'four groups alike', groups: times(4, ONE), shares: FOURTHS, more: 1 },
  { name: 'four groups, one apart', groups: [...times(3, ONE), APART], shares: FOURTHS, more: 1 },
  { name: 'four groups, two apart', groups: [ONE, ONE, APART, APART], shares: FOURTHS, more: 1 },
  { name: 'ten groups and ten apart', groups: [...times(10, ONE), ...times(10, APART)], shares: times(20, 0.05), more: 5 },
  { name: 'twenty small groups, one large apart', groups: [APART, ...times(20, ONE)], shares: [0.9, ...times(20, 0.005)], more: 10 },
];

/** Gaps between the groups of a facet; `rows` are those of four groups. */
export function gapCoverage({ tables, seed, sizes = [400, 4000] }: CoverageOptions): Coverage[] {
  const named = (groups: GroupCounts[]): Map<string, GroupCounts> => new Map(groups.map((group, i) => [`${i}`, group]));
  return GAPS.flatMap(({ name, groups, shares, more }, k) =>
    sizes.flatMap((size, i) => {
      const random = new Random(seed, 95, i, k);
      const rows = size * more;
      const all = named(groups.map((rates, g) => expected(ENDLESS * shares[g]!, rates)));
      const counts = BETWEEN.map(([metric, compute]) => counter(metric, name, rows, compute(all).value!));
      for (let table = 0; table < tables; table++) {
        const drawn = groups.map((rates, g) => drawGroup(random, Math.round(rows * shares[g]!), rates));
        BETWEEN.forEach(([, compute, kind, rates], m) => {
          const { value } = compute(named(drawn));
          count(counts[m]!, value === null ? null : gapInterval(fractionsOf(drawn, rates), kind, value));
        });
      }
      return counts.map((each) => finished(each, tables));
    }),
  );
}
