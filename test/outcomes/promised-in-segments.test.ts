import { expect, it } from 'vitest';
import { judge, NOW } from './judge.ts';
import { metricOf } from './lab.ts';
import { changed, type LoanRow } from './rows.ts';

const ratioOf = (rows: readonly LoanRow[]): number =>
  rows.filter(({ label }) => label === 1).length / rows.reduce((sum, { score }) => sum + score, 0);
const inSegment = async (rows: readonly LoanRow[], region: string) =>
  metricOf(await judge(rows), 'observed_over_expected', { segment: `region=${region}` });

it('positives over those promised in a segment whose rows all have a label are exact', async () => {
  const { value, error } = await inSegment(NOW, 'N');
  expect(value).toBeCloseTo(ratioOf(NOW.filter(({ region }) => region === 'N')), 12);
  expect(error).toBeNull();
});
it('where some have none the error holds what is exact', async () => {
  // Labels of the higher scores come less often.
  const rows = changed(NOW, ({ label, score }, i) => ({ label: i % 10 < 8 * score ? null : label }));
  for (const region of ['N', 'S', 'W']) {
    const { value, error } = await inSegment(rows, region);
    const exact = ratioOf(rows.filter((row) => row.region === region && row.label !== null));
    expect(Math.abs(Number(value) - exact)).toBeGreaterThan(0);
    expect(Math.abs(Number(value) - exact)).toBeLessThanOrEqual(error!);
    expect(error!).toBeLessThan(0.1);
  }
});
