import type { Column } from '../contract/columns.ts';
import type { Threshold } from '../contract/report.ts';
import type { Verdict } from '../contract/verdict.ts';
import type { BottomK } from '../states/bottom-k.ts';
import { entriesOf } from '../states/bottom-k.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { NEGLIGIBLE } from './rates.ts';
import { compareRate } from './significance.ts';
import { settingFor, thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

/** Checks that look at which columns there are, at whole rows, or at a column's values as a whole. */
export const columnsPresent = (expected: Column[], found: string[], options: MeasureOptions): Measured[] =>
  [
    ...expected.filter(({ name }) => !found.includes(name)).map(({ name }) => presence('missing_column', name, options)),
    ...found.filter((name) => !expected.some((column) => column.name === name)).map((name) => presence('extra_column', name, options)),
  ].filter((check) => check !== null);

function presence(check: 'missing_column' | 'extra_column', column: string, { settings }: MeasureOptions): Measured | null {
  const id = `${check}/${column}`;
  if (settingFor(settings, id) === 'off') return null;
  const reason =
    check === 'missing_column' ? 'the baseline has this column, the data does not' : 'the data has this column, the baseline does not';
  return settled(id, column, check, { verdict: 'fail', reason });
}

const settled = (id: string, column: string | null, metric: string, verdict: { verdict: Verdict; reason: string }): Measured => ({
  id,
  column,
  metric,
  factor: 'data_quality',
  threshold: null,
  bounds: 'effect',
  measurement: null,
  settled: verdict,
});

/** Of the sampled distinct values: how many occurrences there are, and how many of them beyond the first. */
function repeatsOf(sketch: BottomK): { hits: number; rows: number } {
  const { counts } = entriesOf(sketch);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return { hits: rows - counts.length, rows };
}

/**
 * More repeats than the baseline has. The share of repeats grows with the number of rows, at most in proportion, so that the
 * baseline's share is scaled to a larger table.
 */
export function repeats(
  id: string,
  metric: string,
  column: string | null,
  sides: { current: BottomK; baseline: BottomK; growth: number },
  options: MeasureOptions,
): Measured | null {
  const threshold = thresholdFor(options.settings, id, {
    warn: null,
    fail: NEGLIGIBLE,
    direction: 'above',
    source: 'default',
  } satisfies Threshold);
  if (threshold === null) return null;
  const now = repeatsOf(sides.current);
  const before = repeatsOf(sides.baseline);
  const check: Measured = { id, column, metric, factor: 'data_quality', threshold, bounds: 'effect', measurement: null };
  if (now.rows < options.minimumRows || before.rows === 0)
    return {
      ...check,
      settled: { verdict: 'not_applicable', reason: `not enough rows to say (${now.rows}, needs ${options.minimumRows})` },
    };
  const scaled = { hits: Math.min(before.rows, before.hits * Math.max(1, sides.growth)), rows: before.rows };
  const value = now.hits / now.rows;
  const expected = scaled.hits / scaled.rows;
  const { pValue } = compareRate(now, [scaled], 'above');
  return { ...check, measurement: { value, expected, effect: value - expected, pValue } };
}

/** A column that varied no longer does. Chance is the share of its most frequent value, as often as there are rows. */
export function constant(
  column: Column,
  sides: { now: { distinct: number; present: number }; before: { distinct: number; topShare: number } },
  options: MeasureOptions,
): Measured | null {
  const id = `constant/${column.name}`;
  const { now, before } = sides;
  if (settingFor(options.settings, id) === 'off' || before.distinct <= 1 || now.present < options.minimumRows) return null;
  const stuck = now.distinct === 1;
  return {
    id,
    column: column.name,
    metric: 'distinct_count',
    factor: 'data_quality',
    threshold: { warn: null, fail: 1, direction: 'below', source: 'default' },
    bounds: 'effect',
    measurement: {
      value: now.distinct,
      expected: before.distinct,
      effect: 0,
      pValue: stuck ? before.topShare ** now.present : 1,
      severe: stuck,
    },
  };
}

/** A configured bound, or a default one, on a number that needs no statistics. */
export function bound(id: string, metric: string, value: number, fail: number | null, options: MeasureOptions): Measured | null {
  const threshold = thresholdFor(options.settings, id, {
    warn: null,
    fail,
    direction: id === 'row_count' ? 'below' : 'above',
    source: 'default',
  });
  if (threshold === null || (threshold.fail === null && threshold.warn === null)) return null;
  return {
    id,
    column: null,
    metric,
    factor: 'data_quality',
    threshold,
    bounds: 'value',
    measurement: { value, expected: 0, effect: value, pValue: null },
  };
}
