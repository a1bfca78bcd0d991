import { formatNumber } from '../contract/format.ts';
import { proportionBelow } from '../math/two-proportions.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { settingFor, thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

export interface Coverage {
  name: string;
  labelled: number;
  rows: number;
}

/**
 * Whether labels are missing more often in some groups than in the others: what is measured on labelled rows then need not hold for all. The group with
 * the lowest share against all others; its p-value (two proportions, pooled) times the groups it was chosen among. Null with labels for all or for none.
 */
export function labelCoverage(
  { by, as }: { by: string; as: 'segment' | 'facet' },
  groups: Coverage[],
  { settings, minimumRows }: MeasureOptions,
): Measured | null {
  const threshold = thresholdFor(settings, `label_coverage/${by}`, { warn: 0.1, fail: null, direction: 'above', source: 'default' });
  const able = groups.filter(({ rows }) => rows >= minimumRows);
  const all = able.reduce((sum, { labelled, rows }) => ({ labelled: sum.labelled + labelled, rows: sum.rows + rows }), {
    labelled: 0,
    rows: 0,
  });
  if (threshold === null || able.length < 2 || all.labelled === 0 || all.labelled === all.rows) return null;
  const worst = able.reduce((least, next) => (next.labelled / next.rows < least.labelled / least.rows ? next : least));
  const rest = { labelled: all.labelled - worst.labelled, rows: all.rows - worst.rows };
  const [value, expected] = [worst.labelled / worst.rows, rest.labelled / rest.rows];
  const below = proportionBelow({ hits: worst.labelled, rows: worst.rows }, { hits: rest.labelled, rows: rest.rows });
  const pValue = Math.min(1, able.length * below);
  return {
    ...{ id: `label_coverage/${by}`, column: null, metric: 'labelled_share', factor: 'accuracy', threshold, bounds: 'effect' },
    ...{ [as]: worst.name, subject: `labels by ${by}`, measurement: { value, expected, effect: expected - value, pValue } },
  };
}

/** What became of labels of which no row got any, each counted once. */
export interface UnusedLabels {
  unmatched: number;
  mismatched: number;
  conflicts: number;
}

/** Labels were given for these rows, and none of them has one: a slip of ids or of days, for which nothing realised is judged. */
export function noneMatched({ unmatched, mismatched, conflicts }: UnusedLabels, { settings }: MeasureOptions): Measured | null {
  const id = 'label_coverage';
  if (settingFor(settings, id) === 'off') return null;
  const became = mismatched + conflicts === 0 ? 'belongs to a row' : 'could be used';
  return {
    ...{ id, column: null, metric: 'labelled_share', factor: 'accuracy', threshold: null, bounds: 'value', measurement: null },
    ...{
      subject: 'labels',
      settled: {
        verdict: 'warn',
        reason: `none of the labels that were given ${became} (${formatNumber(unmatched + mismatched + conflicts)})`,
      },
    },
  };
}
