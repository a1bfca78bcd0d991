import type { Column } from '../contract/columns.ts';
import type { Verdict } from '../contract/verdict.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { settingFor, thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

/** Checks that look at which columns there are, at whole rows, or at a column's values as a whole. */
export function columnsPresent(expected: Column[], found: string[], options: MeasureOptions): Measured[] {
  const names = expected.map(({ name }) => name);
  const [there, known] = [new Set(found), new Set(names)];
  return [
    ...names.filter((name) => !there.has(name)).map((name) => presence('missing_column', name, options)),
    ...found.filter((name) => !known.has(name)).map((name) => presence('extra_column', name, options)),
  ].filter((check) => check !== null);
}

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
