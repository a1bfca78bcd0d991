import type { Reading } from './reading.ts';

/** What Clarify's guess at a column's kind looks at. */
export interface ColumnFacts {
  type: 'float' | 'integer' | 'text' | 'boolean' | 'category';
  /** Text only: whether all of it reads as whole numbers. */
  integerLike?: boolean;
  distinct: number;
  count: number;
}

export type Scalar = string | number | boolean;

/** Clarify: whole numbers with at least this share of distinct values are continuous. */
const UNIQUE_SHARE = 0.05;

/** Clarify's guess: floats are continuous; whole numbers and text of them if 5 % or more are distinct; nothing is if several values are given. */
export function clarifyKind({ type, integerLike, distinct, count }: ColumnFacts, given: readonly Scalar[]): 'categorical' | 'continuous' {
  if (given.length > 1 || type === 'category' || type === 'boolean') return 'categorical';
  if (type === 'float') return 'continuous';
  const whole = type === 'integer' || integerLike === true;
  return whole && count > 0 && distinct / count >= UNIQUE_SHARE ? 'continuous' : 'categorical';
}

/** Which values of a facet or label are meant, and how analysis.json writes it. */
export interface Selection {
  label: string;
  includes(value: Scalar): boolean;
}

/** By value: those equal to one of the given, as values or, if the types differ, as text or number. */
export function byValue(given: readonly Scalar[]): Selection {
  const written = new Set(given.map(textOf));
  return { label: given.map(textOf).join(','), includes: (value) => written.has(textOf(value)) };
}

/**
 * By interval: (threshold, maximum], in the default reading without an upper end, so that a later, larger value is still meant. Clarify's intervals
 * run from each threshold to the next and end at the data's maximum; if the absolute maximum is itself a threshold it adds none, and if the
 * threshold lies above the maximum the interval is (maximum, threshold].
 */
export function byInterval(thresholds: readonly number[], maximum: number, reading: Reading = 'default', float = false): Selection {
  const text = (value: number): string => pythonNumber(value, float);
  const write = ([low, high]: readonly [number, number]): string => `(${text(low)}, ${text(high)}]`;
  if (reading === 'default') {
    const low = Math.min(...thresholds);
    return { label: `> ${low}`, includes: (value) => Number(value) > low };
  }
  const ends = thresholds.includes(Math.abs(maximum)) ? [...thresholds] : [...thresholds, maximum];
  ends.sort((a, b) => a - b);
  const intervals = ends.slice(1).map((high, i) => [ends[i]!, high] as const);
  const inside = (value: number): boolean => intervals.some(([low, high]) => value > low && value <= high);
  return { label: intervals.map(write).join(','), includes: (value) => inside(Number(value)) };
}

/** A number as Python writes it. */
export function pythonNumber(value: number, float: boolean): string {
  if (!Number.isFinite(value)) return `${value}`.replace('Infinity', 'inf').toLowerCase();
  return float && Number.isInteger(value) ? value.toFixed(1) : `${value}`;
}

const textOf = (value: Scalar): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
