/** What a numeric column hands to its states: the rows of one group in one block. */
export interface NumberVector {
  kind: 'number';
  rows: number;
  /** Values that are there and are no numbers. */
  misfits: number;
  /** Present values (NaN and infinities among them), in row order. */
  values: Float64Array;
  /** The finite ones among them; the same array where all are. */
  finite: Float64Array;
}

/** A numeric column of few values: each once, ascending, and how often it occurs. */
export interface WeightedVector extends Omit<NumberVector, 'kind'> {
  kind: 'weighted';
  /** Occurrences of each of `values`, and of each of `finite`. */
  counts: Float64Array;
  finiteCounts: Float64Array;
}

/** A time column: seconds since the epoch. */
export interface TimeVector extends Omit<NumberVector, 'kind'> {
  kind: 'time';
}

/** What a category or boolean column hands over: distinct values and how often each occurs. */
export interface CountedVector {
  kind: 'counted';
  rows: number;
  misfits: number;
  values: string[];
  counts: number[];
}

/** What a text or id column, and the table's rows as a whole, hand over: a 48-bit hash and a length in code points per present value. */
export interface HashedVector {
  kind: 'hashed';
  rows: number;
  /** Texts that are empty or nothing but white space. */
  blanks: number;
  hashes: Float64Array;
  lengths: Float64Array;
}

export type Vector = NumberVector | WeightedVector | TimeVector | CountedVector | HashedVector;
export type VectorKind = Vector['kind'];
export type VectorOf<K extends VectorKind> = Extract<Vector, { kind: K }>;

/** What a state has to know of its column beforehand; equal contexts are a condition for merging. */
export interface Context {
  /** Cuts of a numeric column, ascending; bin i holds edges[i-1] <= x < edges[i]. */
  edges?: Float64Array;
  /** Known categories, in the order their counts are kept. */
  categories?: string[];
  /** Entries a bottom-k sketch keeps. */
  sketchSize?: number;
}

/** JSON as states encode themselves. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Takes encoded states one after the other; the result is what decoding and merging them in that order comes to. */
export interface Folder<S = unknown> {
  add(json: Json, version: number): void;
  result(): S;
}

/**
 * A mergeable statistic: a commutative monoid with its own update from a vector and its own versioned encoding.
 * States are plain data (numbers, typed arrays), so that they pass between threads. `update` changes the state in place;
 * `merge` does not touch its arguments.
 */
export interface State<S = unknown> {
  name: string;
  /** Version of the encoding; `decode` reads every version up to it. */
  version: number;
  on: readonly VectorKind[];
  create(context: Context): S;
  update(state: S, vector: Vector, context: Context): void;
  merge(a: S, b: S): S;
  encode(state: S): Json;
  decode(json: Json, version: number, context: Context): S;
  /** A shorter way to fold many, where there is one. */
  folder?(context: Context): Folder<S>;
}

export interface StateDefinition<S, K extends VectorKind> extends Omit<State<S>, 'update' | 'on'> {
  on: readonly K[];
  update(state: S, vector: VectorOf<K>, context: Context): void;
}

export const defineState = <S, K extends VectorKind>(definition: StateDefinition<S, K>): State<S> => definition as unknown as State<S>;
