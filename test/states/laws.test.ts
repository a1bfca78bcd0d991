import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../../layers/quality/states/folder.ts';
import { STATES } from '../../layers/quality/states/index.ts';
import type { Context, Json, State, VectorKind } from '../../layers/quality/states/state.ts';
import { type Case, caseOf, type Row, SEED, vectorOf } from './vectors.ts';

const RUNS = { seed: SEED, numRuns: 60 };
const FROZEN = new URL('./frozen/', import.meta.url);

/** What a state is, as others see it: its encoding after a trip through JSON text. */
const seen = (state: State, of: unknown): Json => JSON.parse(JSON.stringify(state.encode(of))) as Json;

const filled = (state: State, { kind, context }: Pick<Case, 'kind' | 'context'>, blocks: Row[][]): unknown => {
  const made = state.create(context);
  for (const rows of blocks) state.update(made, vectorOf(kind, rows), context);
  return made;
};

/** Cuts rows at the given places. */
const blocksOf = (rows: Row[], places: number[]): Row[][] => {
  const ends = [...places.map((place) => place % (rows.length + 1)), rows.length].sort((a, b) => a - b);
  return ends.map((end, i) => rows.slice(ends[i - 1] ?? 0, end));
};

const isFloat = (json: Json): boolean => typeof json === 'number' || (typeof json === 'string' && /^(NaN|-?Infinity)$/.test(json));
const floats = (json: Json): number[] =>
  isFloat(json) ? [Number(json)] : json !== null && typeof json === 'object' ? Object.values(json).flatMap(floats) : [];
const words = (json: Json): Json =>
  isFloat(json)
    ? 0
    : Array.isArray(json)
      ? json.map(words)
      : json !== null && typeof json === 'object'
        ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, words(value)]))
        : json;

/** States with float sums agree to 1e-12 of the values' own size, as far as doubles reach; all others bit for bit. */
const SUMS: Record<string, (rows: Row[]) => number[]> = {
  moments: (rows) => {
    const size = largest(rows);
    return [0, size, rows.length * size ** 2, rows.length * size ** 3, rows.length * size ** 4];
  },
  cuts: (rows) => [rows.length * largest(rows)],
};
const largest = (rows: Row[]): number =>
  Math.max(0, ...rows.map((row) => (row !== null && row !== 'misfit' && Number.isFinite(row.value) ? Math.abs(row.value as number) : 0)));

function expectSame(state: State, rows: Row[], a: unknown, b: unknown): void {
  const [left, right] = [seen(state, a), seen(state, b)];
  const sizes = SUMS[state.name]?.(rows);
  if (sizes === undefined) {
    expect(left).toEqual(right);
    return;
  }
  expect(words(left)).toEqual(words(right));
  const [x, y] = [floats(left), floats(right)];
  x.forEach((value, i) => {
    const size = sizes[i] ?? sizes[0]!;
    if (size < Number.POSITIVE_INFINITY) expect(Math.abs(value - y[i]!)).toBeLessThanOrEqual(1e-12 * size + Number.MIN_VALUE);
  });
}

const pairs = STATES.flatMap((state) => state.on.map((kind): [string, State, VectorKind] => [`${state.name} of ${kind}`, state, kind]));
const places = fc.array(fc.nat(), { maxLength: 5 });

describe.each(pairs)('%s', (_, state, kind) => {
  const holds = (law: (of: Case, at: number[]) => void): void =>
    fc.assert(
      fc.property(caseOf(kind), places, (of, at) => {
        law(of, at);
      }),
      RUNS,
    );

  it('is the same over a whole as merged from its parts', () =>
    holds((of, at) => {
      const parts = blocksOf(of.rows, at).map((rows) => filled(state, of, [rows]));
      expectSame(
        state,
        of.rows,
        parts.reduce((a, b) => state.merge(a, b)),
        filled(state, of, [of.rows]),
      );
    }));

  it('does not depend on how rows come in blocks', () =>
    holds((of, at) => expectSame(state, of.rows, filled(state, of, blocksOf(of.rows, at)), filled(state, of, [of.rows]))));

  it('does not depend on the order of rows', () =>
    holds((of, at) => {
      const shuffled = [...blocksOf(of.rows, at)].reverse().flatMap((rows) => rows.toReversed());
      expectSame(state, of.rows, filled(state, of, [shuffled]), filled(state, of, [of.rows]));
    }));

  it('merges in any order', () =>
    holds((of, at) => {
      const [a, b] = blocksOf(of.rows, at.slice(0, 1)).map((rows) => filled(state, of, [rows]));
      expectSame(state, of.rows, state.merge(a, b ?? state.create(of.context)), state.merge(b ?? state.create(of.context), a));
    }));

  it('merges in any grouping', () =>
    holds((of, at) => {
      const [a, b, c] = blocksOf(of.rows, [at[0] ?? 0, at[1] ?? 0]).map((rows) => filled(state, of, [rows]));
      expectSame(state, of.rows, state.merge(state.merge(a, b), c), state.merge(a, state.merge(b, c)));
    }));

  it('is not changed by merging with nothing', () =>
    holds((of, at) => {
      const one = filled(state, of, blocksOf(of.rows, at));
      const before = seen(state, one);
      expect(seen(state, state.merge(one, state.create(of.context)))).toEqual(before);
      expect(seen(state, state.merge(state.create(of.context), one))).toEqual(before);
    }));

  it('folds encoded parts as it merges them', () =>
    holds((of, at) => {
      const parts = blocksOf(of.rows, at).map((rows) => filled(state, of, [rows]));
      const folder = folderOf(state, of.context);
      for (const part of parts) folder.add(seen(state, part), state.version);
      const merged = parts.map((part) => state.decode(seen(state, part), state.version, of.context)).reduce((a, b) => state.merge(a, b));
      expect(seen(state, folder.result())).toEqual(seen(state, merged));
    }));

  it('folds nothing to nothing', () =>
    holds(({ context }) => expect(seen(state, folderOf(state, context).result())).toEqual(seen(state, state.create(context)))));

  it('leaves what it merges as it was', () =>
    holds((of, at) => {
      const [a, b] = blocksOf(of.rows, [at[0] ?? 0]).map((rows) => filled(state, of, [rows]));
      const before = [seen(state, a), seen(state, b)];
      const merged = state.merge(a, b);
      state.update(merged, vectorOf(kind, of.rows), of.context);
      expect([seen(state, a), seen(state, b)]).toEqual(before);
    }));

  it('comes back from its encoding, and goes on as if it had not been away', () =>
    holds((of, at) => {
      const [first, second] = blocksOf(of.rows, [at[0] ?? 0]) as [Row[], Row[]];
      const made = filled(state, of, [first]);
      const back = state.decode(seen(state, made), state.version, of.context);
      expect(seen(state, back)).toEqual(seen(state, made));
      state.update(back, vectorOf(kind, second), of.context);
      expect(seen(state, back)).toEqual(seen(state, filled(state, of, [first, second])));
    }));
});

describe('numbers read one by one and counted by value', () => {
  it.each(STATES.filter(({ on }) => on.includes('weighted')))('$name is the same', (state) =>
    fc.assert(
      fc.property(caseOf('number'), (of) => {
        expectSame(state, of.rows, filled(state, of, [of.rows]), filled(state, { ...of, kind: 'weighted' }, [of.rows]));
      }),
      RUNS,
    ),
  );
});

/** An encoding as an earlier Assay wrote it, and as this one writes what it read. */
interface Frozen {
  version: number;
  context: Omit<Context, 'edges'> & { edges?: number[] };
  encoded: Json;
  expected: Json;
}

describe('frozen encodings', () => {
  const files = readdirSync(FROZEN).filter((name) => name.endsWith('.json'));

  it('there are some of every state and version', () => {
    for (const { name, version } of STATES)
      for (let v = 1; v <= version; v++) expect(files.filter((file) => file.startsWith(`${name}-v${v}`))).not.toEqual([]);
  });

  it.each(files)('%s still decodes', (file) => {
    const frozen = JSON.parse(readFileSync(new URL(file, FROZEN), 'utf8')) as Frozen;
    const state = STATES.find(({ name }) => name === file.split('-v')[0])!;
    const { edges, ...rest } = frozen.context;
    const context: Context = { ...rest, ...(edges && { edges: Float64Array.from(edges) }) };
    expect(seen(state, state.decode(frozen.encoded, frozen.version, context))).toEqual(frozen.expected);
  });
});
