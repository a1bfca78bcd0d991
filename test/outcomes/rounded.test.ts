import { expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { FLAGS, judge, NOW } from './judge.ts';
import { changed, type LoanRow } from './rows.ts';

const titleOf = ({ findings }: Report, column: string): string | undefined =>
  findings.find(({ columns }) => columns.includes(column))?.title;
const scored = (of: (score: number) => number): LoanRow[] => changed(NOW, ({ score }) => ({ score: of(score) }));

it('scores that were rounded are said to be, even where some then lie outside the baseline’s range', async () => {
  expect(
    titleOf(
      await judge(
        scored((score) => Math.round(5 * score) / 5),
        FLAGS,
      ),
      'score',
    ),
  ).toMatch(/^score drifted: 6 different values, about [\d,]{3,} in the baseline: rounded\?$/);
  expect(
    titleOf(
      await judge(
        scored((score) => Math.round(1010 * score ** 2) / 1000),
        FLAGS,
      ),
      'score',
    ),
  ).not.toMatch(/rounded/);
});
