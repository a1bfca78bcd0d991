import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomePlan } from '../../layers/quality/contract/outcomes.ts';
import type { OutcomeLayout } from '../../layers/quality/engine/outcome-sql.ts';
import { decodeBaselineOutcomes, encodeBaselineOutcomes } from '../../layers/quality/profile/outcomes/baseline-outcomes.ts';
import { BlockReader } from '../../layers/quality/profile/outcomes/block-reader.ts';
import { type ChunkOutcomes, decodeChunks, encodeChunks, mergeChunks, noChunks } from '../../layers/quality/profile/outcomes/chunks.ts';
import { countBlock, finishCells } from '../../layers/quality/profile/outcomes/count-block.ts';
import type { GroupTable } from '../../layers/quality/profile/outcomes/group-table.ts';
import { KeptRows } from '../../layers/quality/profile/outcomes/kept-rows.ts';
import {
  decodeOutcomes,
  encodeOutcomes,
  mergeOutcomes,
  noOutcomes,
  type Outcomes,
} from '../../layers/quality/profile/outcomes/outcomes.ts';
import { learnEstimator } from '../../layers/quality/usecases/learn-estimator.ts';
import { outcomeSide } from '../../layers/quality/usecases/outcome-side.ts';

const CHUNKS = 4;
const LAYOUT: OutcomeLayout = { label: 0, prediction: 1, scores: [2], weight: 3, groups: [4, 5, 6], chunk: 7 };
/** Of several classes the scores of the second and third are behind. */
const CLASS_SCORES = [2, 8, 9];
const CLASSES = ['a', 'b', 'c'];

function planOf(problem: OutcomePlan['problem'], weighted: boolean): OutcomePlan {
  const group = (name: string, values: string[], interval: OutcomePlan['groups'][number]['interval'] = null) => ({
    name,
    column: name,
    values,
    interval,
  });
  const facet = { column: 'g', values: null, above: null, upTo: null };
  return {
    problem,
    ...{ label: 'label', prediction: 'prediction', scores: [{ column: 'score', class: null }], weight: weighted ? 'weight' : null },
    ...(problem === 'multiclass'
      ? { classes: CLASSES, positive: [], scores: CLASSES.map((name) => ({ column: `score of ${name}`, class: name })) }
      : { classes: ['0'], positive: ['1'] }),
    ...{ threshold: 0.5, favourable: 'positive' },
    groups: [group('g', ['f', 'm']), group('h', ['x', 'y', 'z']), group('x ≤ 3', ['x ≤ 3', 'others'], { above: null, upTo: 3 })],
    facets: [facet, { column: 'x ≤ 3', values: null, above: null, upTo: 3 }],
    segments: [['h'], ['g', 'h']],
    groupVariable: 'h',
  };
}

interface Counted {
  outcomes: Outcomes;
  chunks: ChunkOutcomes;
  rows: KeptRows;
}

/** As `countOutcomes` counts, in blocks of any size, without an engine. */
function count(plan: OutcomePlan, edges: Float64Array, rows: number[][], block = 2048): Counted {
  const outcomes = noOutcomes('id', plan, edges);
  const chunks = noChunks(plan, edges, CHUNKS);
  const kept = new KeptRows(plan);
  const layout = {
    ...LAYOUT,
    ...(plan.weight === null && { weight: null }),
    ...(plan.problem === 'multiclass' && { scores: CLASS_SCORES }),
  };
  const reader = new BlockReader(plan, layout, edges, [0, 1, 2, 3], outcomes, 2048);
  const way = plan.problem === 'regression' ? 'regression' : plan.weight === null ? 'classes' : 'weighted classes';
  for (let at = 0; at < rows.length; at += block) {
    const part = rows.slice(at, at + block);
    const codes = [...LAYOUT.groups, ...(plan.problem === 'regression' ? [] : [LAYOUT.label, LAYOUT.prediction])];
    const values = Array.from({ length: 10 }, (_, k) =>
      codes.includes(k) ? Uint16Array.from(part, (row) => row[k]!) : Float64Array.from(part, (row) => row[k]!),
    );
    const { fine, coarse } = reader.read(values, part.length);
    countBlock(outcomes.all, fine, way);
    for (const table of [...outcomes.tables, ...chunks.tables]) countBlock(table, coarse, way);
    kept.add(fine);
  }
  if (way === 'classes') for (const table of [outcomes.all, ...outcomes.tables, ...chunks.tables]) finishCells(table);
  return { outcomes, chunks, rows: kept };
}

const PROBLEMS = ['binary', 'multiclass', 'regression'] as const;
/** Class numbers: one more for none, one more for unknown. */
const classCode = (classes: number) => fc.integer({ min: 0, max: classes + 1 });
const anyNumber = fc
  .oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0))
  .map((value) => value + 0);
function rowOf(problem: OutcomePlan['problem']): fc.Arbitrary<number[]> {
  const outcome = problem === 'regression' ? anyNumber : classCode(problem === 'binary' ? 2 : 3);
  const score = fc.oneof(
    fc.integer({ min: 0, max: 20 }).map((i) => i / 20),
    fc.double({ min: 0, max: 1, noNaN: true }),
    anyNumber,
  );
  const weight = fc.oneof(
    fc.integer({ min: 0, max: 5 }),
    fc.double({ min: 0, max: 10, noNaN: true }),
    fc.constantFrom(-1, Number.NaN, Number.POSITIVE_INFINITY),
  );
  return fc
    .tuple(
      outcome,
      outcome,
      score,
      weight,
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: -1, max: 4 }),
      score,
      score,
    )
    .map((row) => [...row]);
}
const edgesOf = fc
  .uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 0, maxLength: 12 })
  .map((values) => Float64Array.from(values, (v) => v / 20).sort());
const world = (problem: OutcomePlan['problem']) =>
  fc.record({ rows: fc.array(rowOf(problem), { maxLength: 60 }), edges: edgesOf, cut: fc.nat(60), weighted: fc.boolean() });

const tablesOf = ({ all, tables }: Outcomes): GroupTable[] => [all, ...tables];
/** Numbers of two lists of tables that differ by more than `relative`. */
function differing(a: GroupTable[], b: GroupTable[], relative: number): string[] {
  expect(a.length).toBe(b.length);
  return a.flatMap((table, i) =>
    (['cells', 'scored', 'losses'] as const).flatMap((name) => {
      const [x, y] = [table[name], b[i]![name]];
      if (x.length !== y.length) return [`table ${i} ${name}: ${x.length} ≠ ${y.length}`];
      // Sums of numbers of either sign may cancel: they are compared by the sums of their sizes, at most 60 rows of 10 · 50².
      return Array.from(x).flatMap((value, k) =>
        Object.is(value, y[k]) || Math.abs(value - y[k]!) <= relative * 60 * 25_000 ? [] : [`table ${i} ${name} ${k}: ${value} ≠ ${y[k]}`],
      );
    }),
  );
}

describe.each(PROBLEMS)('outcomes of a %s problem', (problem) => {
  it('of parts merge to those of the whole: exactly for counts, to 1e-12 of the sums otherwise', () => {
    fc.assert(
      fc.property(world(problem), ({ rows, edges, cut, weighted }) => {
        const plan = planOf(problem, weighted);
        const whole = count(plan, edges, rows).outcomes;
        const merged = mergeOutcomes(count(plan, edges, rows.slice(0, cut)).outcomes, count(plan, edges, rows.slice(cut)).outcomes);
        expect(differing(tablesOf(merged), tablesOf(whole), 1e-12)).toEqual([]);
        if (!weighted && problem !== 'regression')
          for (const [i, table] of tablesOf(merged).entries()) expect(table.cells).toEqual(tablesOf(whole)[i]!.cells);
        expect([merged.lows, merged.highs, merged.facts]).toEqual([whole.lows, whole.highs, whole.facts]);
      }),
      { numRuns: 150, seed: 1 },
    );
  });
  it('merge in any order, leave their arguments alone, and have a neutral one', () => {
    fc.assert(
      fc.property(world(problem), ({ rows, edges, cut, weighted }) => {
        const plan = planOf(problem, weighted);
        const [a, b] = [count(plan, edges, rows.slice(0, cut)).outcomes, count(plan, edges, rows.slice(cut)).outcomes];
        const before = JSON.stringify([encodeOutcomes(a), encodeOutcomes(b)]);
        const [ab, ba] = [mergeOutcomes(a, b), mergeOutcomes(b, a)];
        expect(encodeOutcomes(ab)).toEqual(encodeOutcomes(ba));
        expect(JSON.stringify([encodeOutcomes(a), encodeOutcomes(b)])).toBe(before);
        expect(encodeOutcomes(mergeOutcomes(a, noOutcomes('id', plan, edges)))).toEqual(encodeOutcomes(a));
      }),
      { numRuns: 60, seed: 2 },
    );
  });
  it('do not depend on the size of blocks, nor (counts) on the order of rows', () => {
    fc.assert(
      fc.property(world(problem), fc.integer({ min: 1, max: 9 }), ({ rows, edges, weighted }, block) => {
        const plan = planOf(problem, weighted);
        const whole = count(plan, edges, rows);
        const small = count(plan, edges, rows, block);
        expect(encodeOutcomes(small.outcomes)).toEqual(encodeOutcomes(whole.outcomes));
        expect(encodeChunks(small.chunks)).toEqual(encodeChunks(whole.chunks));
        const turned = count(plan, edges, [...rows].reverse()).outcomes;
        expect(differing(tablesOf(turned), tablesOf(whole.outcomes), 1e-12)).toEqual([]);
        expect(turned.facts).toEqual(whole.outcomes.facts);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
  it('come back from their encoding through JSON, and chunks do', () => {
    fc.assert(
      fc.property(world(problem), ({ rows, edges, weighted }) => {
        const plan = planOf(problem, weighted);
        const { outcomes, chunks } = count(plan, edges, rows);
        const again = decodeOutcomes(JSON.parse(JSON.stringify(encodeOutcomes(outcomes))), plan, edges);
        expect(again).toEqual(outcomes);
        expect(decodeChunks(JSON.parse(JSON.stringify(encodeChunks(chunks))), plan, edges)).toEqual(chunks);
      }),
      { numRuns: 100, seed: 4 },
    );
  });
  it('of chunks add up to those of all rows that have one, merged or not', () => {
    fc.assert(
      fc.property(world(problem), ({ rows, edges, weighted }) => {
        const plan = planOf(problem, weighted);
        const inChunks = rows.filter((row) => row[7]! >= 0 && row[7]! < CHUNKS);
        const { chunks } = count(plan, edges, rows);
        const merged = mergeChunks(chunks, [0, 0, 1, 1]);
        const one = mergeChunks(chunks, [0, 0, 0, 0]);
        const { outcomes } = count(plan, edges, inChunks);
        const width = outcomes.all.width;
        for (const each of [chunks, merged, one]) {
          const [table] = each.tables;
          const sums = Array.from({ length: width }, (_, k) => {
            let sum = 0;
            for (let chunk = 0; chunk < each.chunks; chunk++) sum += table!.cells[chunk * width + k]!;
            return sum;
          });
          for (const [k, sum] of sums.entries()) expect(Math.abs(sum - outcomes.all.cells[k]!)).toBeLessThan(1e-6);
        }
        expect(merged.chunks).toBe(2);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
  it('agree with counting rows one by one', () => {
    fc.assert(
      fc.property(world(problem), ({ rows, edges, weighted }) => {
        if (problem === 'regression') return;
        const plan = planOf(problem, weighted);
        const { outcomes } = count(plan, edges, rows);
        const classes = problem === 'binary' ? 2 : 3;
        const facet = outcomes.tables.find(({ columns }) => String(columns) === '0')!;
        const cells = new Float64Array(facet.cells.length);
        for (const [label, prediction, , weight, g] of rows as [number, number, number, number, number][]) {
          const usable = !weighted || (weight >= 0 && weight < Number.POSITIVE_INFINITY);
          const w = usable ? (weighted ? weight : 1) : 0;
          const [y, p] = [Math.min(label, classes), Math.min(prediction, classes)];
          cells[g * facet.width + y * (classes + 1) + p]! += w;
          cells[g * facet.width + facet.width - 2]! += usable ? 1 : 0;
          cells[g * facet.width + facet.width - 1]! += w * w;
        }
        expect(facet.cells).toEqual(cells);
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});

it('outcomes of another plan do not merge', () => {
  const plan = planOf('binary', false);
  const edges = Float64Array.of(0.5);
  expect(() => mergeOutcomes(noOutcomes('a', plan, edges), noOutcomes('b', plan, edges))).toThrow('do not merge');
});

it('outcomes of a baseline, with what was learned, come back from their encoding', () => {
  const plan = planOf('binary', false);
  const edges = Float64Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
  const rows = Array.from({ length: 3000 }, (_, i) => {
    const score = ((i * 389) % 997) / 997;
    return [((i * 211) % 991) / 991 < score ? 1 : 0, score >= 0.5 ? 1 : 0, score, 1, i % 2, i % 3, i % 2, i % CHUNKS];
  });
  const { outcomes, chunks, rows: kept } = count(plan, edges, rows);
  const estimator = learnEstimator(kept, outcomeSide(plan, outcomes, edges, kept), null, 'seed');
  expect(estimator).not.toBeNull();
  const sample = {
    columns: [{ name: 'x', bins: 3, codes: Uint16Array.from([0, 3, 2, 0, 1]) }],
    labels: Float64Array.from([0, 1, Number.NaN, 2, 1]),
    predictions: Float64Array.from([0, 1, 1, 2, Number.POSITIVE_INFINITY]),
    scores: Float64Array.from([0.1, 0.2, Number.NaN, 0, 1e-300]),
    groups: [],
  };
  const values = [{ metric: 'recall', parameters: { average: 'macro' }, value: 1 / 3 }];
  const baseline = { plan, edges, outcomes, chunks, estimator, sample, values };
  const again = decodeBaselineOutcomes(JSON.parse(JSON.stringify(encodeBaselineOutcomes(baseline))));
  // What was learned is plain JSON: arrays of numbers may come back as lists.
  expect(JSON.parse(JSON.stringify(again.estimator))).toEqual(JSON.parse(JSON.stringify(estimator)));
  expect({ ...again, estimator: null }).toEqual({ ...baseline, estimator: null });
  const { values: _, ...older } = encodeBaselineOutcomes(baseline) as Record<string, unknown>;
  expect(decodeBaselineOutcomes(older as Parameters<typeof decodeBaselineOutcomes>[0]).values).toBeNull();
});
