import { decodeFloats, decodeIntegers, encodeFloats, encodeIntegers } from '../../states/encoding.ts';
import type { Json } from '../../states/state.ts';
import { type ColumnCounts, knownCounts } from '../column-counts.ts';

/** A column of the sample: the code of each row is its bin, `bins` where it is missing. */
export interface SampledColumn {
  name: string;
  /** Judged bins or known categories told apart, and one more for any other value. */
  bins: number;
  codes: Uint16Array;
}

/** Some rows by their bins, with their outcomes: what estimates and explanations are learned from. */
export interface RowSample {
  columns: SampledColumn[];
  /** As in outcomes: class numbers (the number of classes where there is none), or values; NaN where missing. */
  labels: Float64Array;
  predictions: Float64Array;
  /** Rows × scores. */
  scores: Float64Array;
  /** Where rows are weighted; not kept by a baseline, which learns nothing of weighted rows. */
  weights?: Float64Array;
  /** Numbers of the values of the plan's group columns; empty in older baselines, that did not keep them. */
  groups: Uint16Array[];
}

/** Categories told apart; the rest is one bin. */
export const MOST_SAMPLED = 30;

/** The bins of a sampled column from the counts of a whole one: known, any other, and missing. Misfits count as missing. */
export function sharesOfCounts(counts: ColumnCounts, bins: number): number[] {
  const { unseen, infinite, misfit, missing } = counts;
  const known = knownCounts(counts);
  const kept = known.slice(0, bins - 1);
  const rest = known.slice(bins - 1).reduce((sum, count) => sum + count, 0);
  while (kept.length < bins - 1) kept.push(0);
  return [...kept, rest + unseen + infinite, missing + misfit];
}

/** Rows of a sampled column in each bin, the last for missing. */
export function binCounts({ bins, codes }: SampledColumn): number[] {
  const counts = new Array<number>(bins + 1).fill(0);
  for (const code of codes) counts[Math.min(code, bins)]! += 1;
  return counts;
}

/** Those of the rows at some places. */
export function sampleAt(sample: RowSample, rows: readonly number[]): RowSample {
  const { columns, labels, predictions, scores, weights, groups } = sample;
  const each = labels.length > 0 ? scores.length / labels.length : 0;
  return {
    columns: columns.map((column) => ({ ...column, codes: Uint16Array.from(rows, (row) => column.codes[row]!) })),
    labels: Float64Array.from(rows, (row) => labels[row]!),
    predictions: Float64Array.from(rows, (row) => predictions[row]!),
    scores: Float64Array.from({ length: rows.length * each }, (_, i) => scores[rows[Math.floor(i / each)]! * each + (i % each)]!),
    ...(weights && { weights: Float64Array.from(rows, (row) => weights[row]!) }),
    groups: groups.map((codes) => Uint16Array.from(rows, (row) => codes[row]!)),
  };
}

export const encodeSample = ({ columns, labels, predictions, scores, groups }: RowSample): Json => ({
  columns: columns.map(({ name, bins, codes }): Json => [name, bins, encodeIntegers(codes)]),
  labels: encodeFloats(Array.from(labels)),
  predictions: encodeFloats(Array.from(predictions)),
  scores: encodeFloats(Array.from(scores)),
  groups: groups.map((codes) => encodeIntegers(codes)),
});

export function decodeSample(json: Json): RowSample {
  const raw = json as { columns: [string, number, string][]; labels: Json; predictions: Json; scores: Json; groups?: string[] };
  return {
    columns: raw.columns.map(([name, bins, codes]) => ({ name, bins, codes: Uint16Array.from(decodeIntegers(codes)) })),
    labels: Float64Array.from(decodeFloats(raw.labels)),
    predictions: Float64Array.from(decodeFloats(raw.predictions)),
    scores: Float64Array.from(decodeFloats(raw.scores)),
    groups: (raw.groups ?? []).map((codes) => Uint16Array.from(decodeIntegers(codes))),
  };
}
