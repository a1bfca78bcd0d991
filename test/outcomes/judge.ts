import { expect } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { type Flags, faultsOf, type More, outcomeChecks, outcomeLab } from './lab.ts';
import { loanRows, type Row } from './rows.ts';

export const lab = outcomeLab();
export const FLAGS: Flags = { label: 'label', prediction: 'prediction', score: ['score'], id: 'id', facet: ['sex'], segment: ['region'] };
export const BASE = loanRows(4000, 7);
export const NOW = loanRows(2000, 11);
export const COLUMNS = Object.keys(NOW[0]!);

export function write(rows: readonly Row[]): string {
  const names = rows.length === 0 ? COLUMNS : Object.keys(rows[0]!);
  return lab.csv(
    names,
    rows.map((row) => names.map((name) => row[name] ?? null)),
  );
}

/** The report of rows against a baseline (null for none), that can be written and read. */
export async function judge(
  rows: readonly Row[],
  flags: Flags = FLAGS,
  more: More = {},
  base: readonly Row[] | null = BASE,
): Promise<Report> {
  const before = base === null ? null : await lab.baseline(write(base), flags, more);
  const report = await lab.check(before, write(rows), flags, more);
  expect(faultsOf(report)).toEqual([]);
  return report;
}
export const notes = (report: Report): string => report.notes.join('\n');
export const fallen = (report: Report): string[] =>
  outcomeChecks(report).flatMap(({ id, verdict }) => (verdict === 'warn' || verdict === 'fail' ? [id] : []));
