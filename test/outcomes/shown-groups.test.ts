import { describe, expect, it } from 'vitest';
import { fairnessLines } from '../../layers/quality/report/fairness-lines.ts';
import { FLAGS, judge, NOW } from './judge.ts';
import { loanRows } from './rows.ts';

const ofBranches = { ...FLAGS, facet: ['branch'], segment: [] };

describe('the groups a report shows', () => {
  it('leave out of the gaps those of too few rows to say', async () => {
    const rows = NOW.map((row, i) => ({ ...row, branch: i < 18 ? 'small' : i % 2 === 0 ? 'north' : 'south' }));
    const { fairness } = await judge(rows, ofBranches, {}, null);
    expect(fairness!.facets[0]!.tooSmall).toBe(1);
    expect(fairness!.gaps.map(({ facet }) => facet).sort()).toEqual(['branch=north', 'branch=south']);
  });

  it('have the most and the least favoured one among them, however many are larger', async () => {
    const rows = loanRows(55 * 40, 3).map((row, i) => {
      const branch = i % 55;
      return {
        ...row,
        branch: branch >= 53 && i >= 40 * 53 ? 'other' : `branch ${branch}`,
        prediction: branch === 54 ? 1 : branch === 53 ? Number(i % 4 === 0) : row.prediction,
      };
    });
    const report = await judge(rows, ofBranches, {}, null);
    const [facet] = report.fairness!.facets;
    expect(facet!.best).toBe('branch=branch 54');
    expect(facet!.groups.map(({ facet: name }) => name)).toContain('branch=branch 54');
    expect(facet!.groups).toHaveLength(52);
    expect(fairnessLines(report).groups[0]).toMatch(
      /^branch: branch 53 least favoured, .* times as often as branch 54 \(.* as the smallest of all pairs\)$/,
    );
  });
});
