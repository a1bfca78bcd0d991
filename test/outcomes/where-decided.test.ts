import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { BASE, FLAGS, judge } from './judge.ts';
import { changed, type LoanRow, loanRows, without } from './rows.ts';

const ROWS = loanRows(4000, 23);
const higher = (rows: readonly LoanRow[], which: (row: LoanRow) => boolean): LoanRow[] =>
  changed(rows, (row) => {
    const score = which(row) ? Math.round(1000 * Math.sqrt(row.score)) / 1000 : row.score;
    return { score, prediction: score >= 0.5 ? 1 : 0 };
  });
const whyOf = ({ findings }: Report, column: string): string | undefined =>
  findings.find(({ cause, columns }) => cause === 'shift' && columns.includes(column))?.why;

describe('of answers that moved it is said where', () => {
  const flags = { ...FLAGS, segment: ['region'], facet: ['sex'] };
  it('if most of it is in one group, labels or not', async () => {
    const west = higher(ROWS, ({ region }) => region === 'W');
    for (const rows of [west, without(west, 'label')]) {
      const report = await judge(rows, { ...flags, problem: 'binary' }, { settings: { 'drift/score': { warn: 0.02 } } });
      expect(whyOf(report, 'score')).toMatch(
        /^most of it in region=W: 7\d % \(was (49|5\d) %\) are predicted positive, (49|5\d) % \(was (49|5\d) %\) elsewhere$/,
      );
    }
  });

  it('and nothing where all groups moved', async () => {
    const all = await judge(
      higher(ROWS, () => true),
      flags,
    );
    expect(all.findings.some(({ columns }) => columns.includes('score'))).toBe(true);
    expect(whyOf(all, 'score')).toBeUndefined();
    const both = higher(ROWS, ({ sex, id }) => sex === 'M' || id.endsWith('7') || id.endsWith('3') || id.endsWith('1') || id.endsWith('5'));
    expect(whyOf(await judge(both, flags, {}, BASE), 'score')).toBeUndefined();
    const men = higher(ROWS, ({ sex }) => sex === 'M');
    expect(whyOf(await judge(men, flags, {}, BASE), 'score')).toMatch(/^most of it in sex=M: /);
  });
});
