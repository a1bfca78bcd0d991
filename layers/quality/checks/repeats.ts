import type { Threshold } from '../contract/report.ts';
import { normalSf } from '../math/normal.ts';
import { type BottomK, entriesOf, estimateDistinct } from '../states/bottom-k.ts';
import type { Measurement } from './check.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { NEGLIGIBLE } from './rates.ts';
import { compareRate } from './significance.ts';
import { thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

/** Occurrences of a column, or rows of a table, and a sketch of their hashes. */
export interface Occurrences {
  rows: number;
  sketch: BottomK;
}

export interface RepeatSides {
  current: Occurrences;
  baseline: Occurrences;
  /** How many times as many rows there are now. */
  growth: number;
}

/**
 * More repeats than the baseline has. The share of repeats grows with the number of rows, at most in proportion, so that the
 * baseline's share is scaled to a larger table.
 */
export function repeats(id: string, metric: string, column: string | null, sides: RepeatSides, options: MeasureOptions): Measured | null {
  const threshold = thresholdFor(options.settings, id, {
    warn: null,
    fail: NEGLIGIBLE,
    direction: 'above',
    source: 'default',
  } satisfies Threshold);
  if (threshold === null) return null;
  const check: Measured = { id, column, metric, factor: 'data_quality', threshold, bounds: 'effect', measurement: null };
  const now = sampled(sides.current);
  if (now.rows < options.minimumRows || sampled(sides.baseline).rows === 0)
    return {
      ...check,
      settled: { verdict: 'not_applicable', reason: `not enough rows to say (${now.rows}, needs ${options.minimumRows})` },
    };
  return { ...check, measurement: ofAll(sides) ?? ofSampled(sides) };
}

/** Of the sampled distinct values: how many occurrences there are, and how many of them beyond the first. */
function sampled({ sketch }: Occurrences): { hits: number; rows: number } {
  const { counts } = entriesOf(sketch);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return { hits: rows - counts.length, rows };
}

function ofSampled({ current, baseline, growth }: RepeatSides): Measurement {
  return compared(sampled(current), baseline, growth);
}

function compared(now: { hits: number; rows: number }, baseline: Occurrences, growth: number): Measurement {
  const before = sampled(baseline);
  const scaled = { hits: Math.min(before.rows, before.hits * Math.max(1, growth)), rows: before.rows };
  const value = now.hits / now.rows;
  const expected = scaled.hits / scaled.rows;
  const { pValue } = compareRate(now, [scaled], 'above');
  return { value, expected, effect: value - expected, pValue };
}

/** Standard errors between the two ways to tell a share of repeats from which they differ. */
const FAR = 4;

/**
 * One value that makes up a good part of the rows is in the sample, and then counts for too much, or mostly it is not, and its repeats show in how many
 * distinct values there are, less finely. In the sample it is counted exactly, and makes up so much of all rows. Null where both ways agree: the sample
 * is finer.
 */
function ofAll({ current, baseline, growth }: RepeatSides): Measurement | null {
  const [now, before] = [shareOf(current), shareOf(baseline)];
  const { hits, rows } = sampled(current);
  // Of all values together both are the same count.
  if (now.error === 0 || Math.abs(now.share - hits / rows) <= FAR * now.error) return null;
  if (now.share < hits / rows) {
    const most = entriesOf(current.sketch).counts.reduce((largest, count) => Math.max(largest, count), 0);
    return compared({ hits: most - 1, rows: current.rows }, baseline, growth);
  }
  const scale = Math.max(1, growth);
  const expected = Math.min(1, Math.max(0, before.share) * scale);
  const effect = now.share - expected;
  return { value: now.share, expected, effect, pValue: normalSf(effect / Math.hypot(now.error, before.error * scale)) };
}

function shareOf({ rows, sketch }: Occurrences): { share: number; error: number } {
  const { distinct, error } = estimateDistinct(sketch);
  return rows > 0 ? { share: (rows - distinct) / rows, error: error / rows } : { share: 0, error: 0 };
}
