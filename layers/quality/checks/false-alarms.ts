import type { Column } from '../contract/columns.ts';
import type { Report } from '../contract/report.ts';
import { worst } from '../contract/verdict.ts';
import { wilsonInterval } from '../math/index.ts';
import type { ColumnCounts } from '../profile/column-counts.ts';
import { FEWEST_CHUNKS, type Spread } from '../profile/spread.ts';
import { measureColumn } from './measure-columns.ts';
import { judge } from './verdict.ts';

/** More chunks than this are thinned to an even selection, and of these so many are judged: the cost grows with both. */
const MOST_CHUNKS = 200;
const MOST_WINDOWS = 100;
const MONTH = 30 * 86400;

/** How often a baseline would have alarmed about its own chunks, each judged against the others; null with too few of them. */
export function measureFalseAlarms(columns: Column[], all: Spread, falseAlarmRate: number, minimumRows: number): Report['falseAlarms'] {
  const spread = thin(all);
  const count = spread.places.length;
  if (count <= FEWEST_CHUNKS) return null;
  const totals = new Map([...spread.columns].map(([name, chunks]) => [name, sumOf(chunks)]));
  const windows = evenly(count, MOST_WINDOWS);
  let failed = 0;
  for (const at of windows) {
    const measured = columns.flatMap((column) => {
      const chunks = spread.columns.get(column.name);
      if (chunks === undefined) return [];
      const evidence = {
        column,
        current: chunks[at]!,
        baseline: minus(totals.get(column.name)!, chunks[at]!),
        chunks: chunks.filter((_, i) => i !== at),
        outside: null,
      };
      return measureColumn(evidence, { settings: {}, minimumRows });
    });
    if (worst(judge(measured, falseAlarmRate).map(({ verdict }) => verdict)) === 'fail') failed++;
  }
  return {
    nominal: falseAlarmRate,
    failed,
    windows: windows.length,
    upper95: wilsonInterval(failed, windows.length)[1],
    per30Days: spread.step === null ? null : (failed / windows.length) * (MONTH / spread.step),
  };
}

const evenly = (count: number, most: number): number[] =>
  Array.from({ length: Math.min(count, most) }, (_, i) => Math.floor((i * count) / Math.min(count, most)));

function thin({ step, places, columns }: Spread): Spread {
  const kept = evenly(places.length, MOST_CHUNKS);
  return {
    step,
    places: kept.map((at) => places[at]!),
    columns: new Map([...columns].map(([name, chunks]) => [name, kept.map((at) => chunks[at]!)])),
  };
}

const combine = (a: ColumnCounts, b: ColumnCounts, sign: number): ColumnCounts => ({
  rows: a.rows + sign * b.rows,
  missing: a.missing + sign * b.missing,
  misfit: a.misfit + sign * b.misfit,
  fractional: a.fractional + sign * b.fractional,
  blank: a.blank + sign * b.blank,
  infinite: a.infinite + sign * b.infinite,
  unseen: a.unseen + sign * b.unseen,
  distribution: a.distribution.map((count, i) => count + sign * b.distribution[i]!),
});
const minus = (a: ColumnCounts, b: ColumnCounts): ColumnCounts => combine(a, b, -1);
const sumOf = (chunks: ColumnCounts[]): ColumnCounts => chunks.slice(1).reduce((a, b) => combine(a, b, 1), chunks[0]!);
