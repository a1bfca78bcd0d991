import { defineState } from './state.ts';

const FIELDS = ['rows', 'present', 'nan', 'infinite', 'blank', 'zero', 'negative', 'integral', 'fractional', 'textual', 'misfit'] as const;
export type Tally = Record<(typeof FIELDS)[number], number>;

const INTEGRAL = /^[-+]? ?\d+$/;
const FRACTIONAL = /^[-+]? ?\d*\.?\d+([eE][-+]?\d+)?$/;

/**
 * Counts of rows and of what their values are: present (not null, and read as the column's type), misfit (there, but not of the type), NaN, infinite, blank (empty or white space), zero, negative,
 * and how a reader would type them: integral, fractional, or textual (Deequ's data types; NaN and infinities are fractional).
 */
export const tally = defineState<Tally, 'number' | 'weighted' | 'time' | 'counted' | 'hashed'>({
  name: 'tally',
  version: 1,
  on: ['number', 'weighted', 'time', 'counted', 'hashed'],
  create: () => Object.fromEntries(FIELDS.map((field) => [field, 0])) as Tally,
  update(state, vector) {
    state.rows += vector.rows;
    if (vector.kind === 'hashed') {
      state.present += vector.lengths.length;
      state.textual += vector.lengths.length;
      state.blank += vector.blanks;
      return;
    }
    state.misfit += vector.misfits;
    if (vector.kind === 'counted') tallyTexts(state, vector.values, vector.counts);
    else if (vector.kind === 'weighted') tallyWeighted(state, vector.values, vector.counts);
    else tallyNumbers(state, vector.values, vector.finite);
  },
  merge: (a, b) => Object.fromEntries(FIELDS.map((field) => [field, a[field] + b[field]])) as Tally,
  encode: (state) => FIELDS.map((field) => state[field]),
  decode: (json) => Object.fromEntries(FIELDS.map((field, i) => [field, (json as number[])[i] ?? 0])) as Tally,
  folder() {
    const sums = new Float64Array(FIELDS.length);
    return {
      add(json) {
        for (let i = 0; i < sums.length; i++) sums[i]! += (json as number[])[i] ?? 0;
      },
      result: () => Object.fromEntries(FIELDS.map((field, i) => [field, sums[i]!])) as Tally,
    };
  },
});

function tallyNumbers(state: Tally, values: Float64Array, finite: Float64Array): void {
  let zero = 0;
  let negative = 0;
  let integral = 0;
  for (let i = 0; i < finite.length; i++) {
    const value = finite[i]!;
    if (value === 0) zero++;
    else if (value < 0) negative++;
    if (value === Math.floor(value)) integral++;
  }
  let nan = 0;
  if (values.length !== finite.length) for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) nan++;
  state.present += values.length;
  state.nan += nan;
  state.infinite += values.length - finite.length - nan;
  state.zero += zero;
  state.negative += negative;
  state.integral += integral;
  state.fractional += values.length - integral;
}

function tallyWeighted(state: Tally, values: Float64Array, counts: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const count = counts[i]!;
    state.present += count;
    if (Number.isNaN(value)) state.nan += count;
    else if (!Number.isFinite(value)) state.infinite += count;
    else if (value === 0) state.zero += count;
    else if (value < 0) state.negative += count;
    state[Number.isInteger(value) ? 'integral' : 'fractional'] += count;
  }
}

function tallyTexts(state: Tally, values: string[], counts: number[]): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const count = counts[i]!;
    state.present += count;
    if (value.trim() === '') state.blank += count;
    if (INTEGRAL.test(value)) state.integral += count;
    else if (FRACTIONAL.test(value)) state.fractional += count;
    else state.textual += count;
  }
}
