import fc from 'fast-check';
import { nextUp } from '../../layers/quality/engine/make-cuts.ts';
import type { Context, Vector, VectorKind } from '../../layers/quality/states/state.ts';

/** Values of one column, row by row: a number, a text, a hash with its length, null, or one that is not of the type. */
export type Row = { value: number | string | [number, number] } | null | 'misfit';
export interface Case {
  kind: VectorKind;
  context: Context;
  rows: Row[];
}

export const SEED = 20261123;

const usual = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 0.5, Number.MIN_VALUE, -Number.MIN_VALUE, 1e-300),
  fc.integer({ min: -20, max: 20 }),
  fc.double({ min: -100, max: 100, noNaN: true }),
);
/** Numbers around an offset that eats their digits. */
const offset = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => 1e9 + x);
/** Numbers whose powers are too large for a double. */
const wild = fc.oneof(
  usual,
  offset,
  fc.constantFrom(2 ** 53, 1e70, -1e70, 1e200, -1e200, Number.MAX_VALUE, -Number.MAX_VALUE),
  fc.double(),
);
const finite = fc.oneof(usual, offset, wild).filter(Number.isFinite);
const special = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
const withSpecial = (of: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 8, arbitrary: of }, { weight: 1, arbitrary: special });
const second = fc.oneof(
  fc.integer({ min: 0, max: 5_000_000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(Number.POSITIVE_INFINITY),
);
const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '__proto__',
    'constructor',
    'a',
    'b',
    'é',
    '👩‍🚀',
    '\ud800',
    '12',
    '-1.5e3',
    '007',
    'true',
    "'; DROP TABLE x; --",
    '<b>',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.integer({ min: 0, max: 3000 }).map((n) => `c${n}`),
);
const hash = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 48 - 1 })), fc.integer({ min: 0, max: 30 }));

const rowsOf = (value: fc.Arbitrary<number | string | [number, number]>, misfits: boolean): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: value.map((of) => ({ value: of })) },
      { weight: 1, arbitrary: fc.constant<Row>(null) },
      ...(misfits ? [{ weight: 1, arbitrary: fc.constant<Row>('misfit') }] : []),
    ),
    { maxLength: 120 },
  );

/** Edges with bins of one value each: v and the next double above it. */
const edges = fc
  .array(fc.tuple(finite, fc.boolean()), { maxLength: 12 })
  .map((list) => Float64Array.from(new Set(list.flatMap(([v, atom]) => (atom ? [v + 0, nextUp(v)] : [v + 0])))).sort());

const numbers = (kind: 'number' | 'weighted'): fc.Arbitrary<Case> =>
  fc
    .record({
      rows: fc.oneof(...[usual, offset, wild].map((of) => rowsOf(withSpecial(of), true))),
      edges,
      sketchSize: fc.constantFrom(4, 16, 256),
    })
    .map(({ rows, ...context }) => ({ kind, context, rows }));

const cases: Record<VectorKind, fc.Arbitrary<Case>> = {
  number: numbers('number'),
  weighted: numbers('weighted'),
  time: rowsOf(second, true).map((rows) => ({ kind: 'time', context: {}, rows })),
  counted: fc
    .record({ rows: rowsOf(text, true), categories: fc.uniqueArray(text, { maxLength: 8 }), sketchSize: fc.constantFrom(4, 16, 256) })
    .map(({ rows, ...context }) => ({ kind: 'counted', context, rows })),
  hashed: fc
    .record({ rows: rowsOf(hash, false), sketchSize: fc.constantFrom(4, 16, 256) })
    .map(({ rows, ...context }) => ({ kind: 'hashed', context, rows })),
};

export const caseOf = (kind: VectorKind): fc.Arbitrary<Case> => cases[kind];

/** The rows as the engine would hand them over in one block. */
export function vectorOf(kind: VectorKind, rows: Row[]): Vector {
  const misfits = rows.filter((row) => row === 'misfit').length;
  const values = rows.flatMap((row) => (row === null || row === 'misfit' ? [] : [row.value]));
  if (kind === 'hashed') {
    const pairs = values as [number, number][];
    const blanks = pairs.filter(([, length]) => length === 0).length;
    return {
      kind,
      rows: rows.length,
      blanks,
      hashes: Float64Array.from(pairs, ([h]) => h),
      lengths: Float64Array.from(pairs, ([, l]) => l),
    };
  }
  if (kind === 'counted') {
    const counts = new Map<string, number>();
    for (const value of values as string[]) counts.set(value, (counts.get(value) ?? 0) + 1);
    return { kind, rows: rows.length, misfits, values: [...counts.keys()], counts: [...counts.values()] };
  }
  if (kind === 'weighted') {
    const counts = new Map<number, number>();
    for (const value of (values as number[]).toSorted((a, b) => a - b)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const of = (entries: [number, number][], at: 0 | 1): Float64Array => Float64Array.from(entries, (entry) => entry[at]);
    const entries = [...counts];
    const finite = entries.filter(([value]) => Number.isFinite(value));
    return {
      kind,
      rows: rows.length,
      misfits,
      values: of(entries, 0),
      counts: of(entries, 1),
      finite: of(finite, 0),
      finiteCounts: of(finite, 1),
    };
  }
  const all = Float64Array.from(values as number[]);
  const finiteOnes = all.filter(Number.isFinite);
  return { kind, rows: rows.length, misfits, values: all, finite: finiteOnes.length === all.length ? all : finiteOnes };
}
