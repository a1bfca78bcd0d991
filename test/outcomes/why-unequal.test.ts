import { describe, expect, it } from 'vitest';
import { whyUnequal } from '../../layers/quality/checks/why-unequal.ts';
import { fromConfusion, type GroupCounts } from '../../layers/quality/metrics/fairness/index.ts';
import { FLAGS, judge, NOW } from './judge.ts';
import { changed, type LoanRow, loanRows } from './rows.ts';

/** A group of 1,000 rows by its base rate and the shares of positive and negative labels that are predicted positive. */
const group = (base: number, found: number, alarmed: number): GroupCounts =>
  fromConfusion(1000 * base * found, 1000 * (1 - base) * alarmed, 1000 * base * (1 - found), 1000 * (1 - base) * (1 - alarmed));

describe('why a group is predicted positive less often', () => {
  it('labels differ', () => {
    expect(whyUnequal([group(0.2, 0.8, 0.1), group(0.6, 0.8, 0.1)], null, 'there')).toBe('labels differ, 20 % are positive and 60 % there');
  });

  it('equal labels are treated differently', () => {
    expect(whyUnequal([group(0.4, 0.4, 0.05), group(0.4, 0.8, 0.2)], null, 'there')).toBe(
      'at equal labels 40 % of the positive and 5 % of the negative ones are predicted positive, 80 % and 20 % there',
    );
  });

  it('by half the one and half the other has no one reason, nor where labels are lacking', () => {
    expect(whyUnequal([group(0.4, 0.6, 0.1), group(0.6, 0.8, 0.15)], null, 'there')).toBeNull();
    expect(whyUnequal([group(0.4, 0.4, 0.05), { ...group(1, 0.5, 0), tp: 0, fn: 0 }], null, 'there')).toBeNull();
  });

  it('what it grew by, not what was there before', () => {
    const [before, now] = [group(0.2, 0.8, 0.1), group(0.2, 0.4, 0.05)];
    const others = group(0.6, 0.8, 0.1);
    expect(whyUnequal([now, others], [before, others], 'of the others')).toMatch(/^at equal labels 40 % of the positive and 5 % /);
    expect(whyUnequal([before, others], [before, others], 'of the others')).toBeNull();
  });

  it('labels that were unequal the other way before and are equal now do not differ, nor is treatment that evened them out', () => {
    const others = group(0.4, 0.8, 0.1);
    expect(whyUnequal([group(0.4, 0.5, 0.05), others], [group(0.7, 0.5, 0.05), others], 'of the others')).toBeNull();
    expect(whyUnequal([group(0.2, 0.8, 0.1), others], [group(0.2, 1, 0.4), others], 'of the others')).toBeNull();
  });

  it('nothing of fewer than 10 positive or negative labels on a side', () => {
    const few = fromConfusion(1, 6, 8, 85);
    expect(whyUnequal([few, group(0.4, 0.8, 0.2)], null, 'there')).toBeNull();
    expect(whyUnequal([group(0.2, 0.8, 0.1), fromConfusion(50, 2, 10, 7)], null, 'there')).toBeNull();
    expect(whyUnequal([fromConfusion(2, 6, 8, 85), group(0.4, 0.8, 0.2)], null, 'there')).not.toBeNull();
  });
});

it('a finding about a group says so', async () => {
  const refused = changed(NOW, ({ sex, score, prediction }) => (sex === 'F' ? { prediction: score >= 0.75 ? 1 : 0 } : { prediction }));
  const { findings } = await judge(refused, { ...FLAGS, segment: [] }, {}, null);
  const { title, why } = findings.find(({ cause }) => cause === 'disparity')!;
  expect(title).toMatch(/^sex=F: chosen /);
  expect(why).toMatch(
    /^at equal labels 4\d % of the positive and \d(\.\d+)? % of the negative ones are predicted positive, 7\d % and 2\d % there$/,
  );
});

describe('a finding about a group', () => {
  const title = async (rows: readonly LoanRow[], base: readonly LoanRow[]) => {
    const { findings } = await judge(rows, { ...FLAGS, segment: [] }, {}, base);
    return findings.filter(({ cause }) => cause === 'disparity').map(({ title, why, checks }) => ({ title, why, worst: checks[0]! }));
  };
  const refused = (rows: readonly LoanRow[], cut: number) =>
    changed(rows, ({ sex, score }) => ({ prediction: score >= (sex === 'F' ? cut : 0.5) ? 1 : 0 }));

  it('speaks of what failed, not of a ratio that was low before', async () => {
    const known = refused(loanRows(12_000, 3), 0.75);
    const now = changed(refused(loanRows(8000, 4), 0.75), ({ sex, label, prediction, score }) => ({
      prediction: sex === 'M' && label === 0 && score > 0.3 ? 1 : prediction,
    }));
    const [first] = await title(now, known);
    expect(first).toMatchObject({
      title: expect.stringMatching(/^sex=F: false positive rate −/),
      worst: 'fairness_gap/false_positive_rate/sex=F',
    });
    expect(first!.why).toMatch(
      /^\d+(\.\d+)? % \(was .* %\) of the negative ones are predicted positive, .* % \(was 2\d %\) of the others’$/,
    );
  });

  it('begins with who is worse off of two groups that lie apart', async () => {
    const now = changed(loanRows(8000, 4), ({ sex, label, score }) => ({
      prediction: score >= 0.5 && !(sex === 'F' && label === 1 && score < 0.7) ? 1 : sex === 'F' && label === 0 && score > 0.35 ? 1 : 0,
    }));
    const report = await judge(now, { ...FLAGS, segment: [] }, {}, loanRows(12_000, 3));
    const recall = report.findings.filter(({ checks }) => checks[0]?.startsWith('fairness_gap/true_positive_rate/'));
    expect(recall.map(({ title }) => title.slice(0, 5))).toEqual(['sex=F', 'sex=M']);
    const risk = await judge(now, { ...FLAGS, segment: [], favourable: 'negative' }, {}, loanRows(12_000, 3));
    const turned = risk.findings.filter(({ checks }) => checks[0]?.startsWith('fairness_gap/true_positive_rate/'));
    expect(turned.map(({ title }) => title.slice(0, 5))).toEqual(['sex=M', 'sex=F']);
  });

  it('names the four fifths first where they failed, and what made the ratio fall', async () => {
    const [first] = await title(refused(loanRows(8000, 4), 0.75), loanRows(12_000, 3));
    expect(first).toMatchObject({ title: expect.stringMatching(/^sex=F: chosen 0\.\d+ times/), worst: 'four_fifths/sex=F' });
    expect(first!.why).toMatch(/^at equal labels /);
  });
});
