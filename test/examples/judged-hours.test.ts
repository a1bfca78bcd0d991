import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HourBatch, makeHours } from '../../examples/credit-risk/data.ts';
import { makeLabels } from '../../examples/credit-risk/labels.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { Judge } from './judge.ts';

const verdictOf = ({ checks }: Report, id: string): string | undefined => checks.find((check) => check.id === id)?.verdict;
const alarms = ({ checks }: Report): string[] =>
  checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').map(({ id }) => id);

const seed = 1;

describe('the judged day', () => {
  const hours = makeHours(seed);
  const reports: Report[] = [];
  let judge: Judge;

  beforeAll(async () => {
    judge = await Judge.of(seed);
    for (const hour of hours) reports.push((await judge.check([hour])).report);
  }, 300_000);
  afterAll(() => judge.close());

  it('does not fail where nothing was planted', () => {
    hours.forEach(({ trouble }, hour) => {
      if (trouble === null) expect(alarms(reports[hour]!), `hour ${hour}`).toEqual([]);
    });
  });

  it('names every planted trouble first, with its cause', () => {
    hours.forEach(({ trouble }, hour) => {
      if (trouble === null) return;
      const { verdict, findings } = reports[hour]!;
      expect(verdict, `hour ${hour}`).toBe('fail');
      expect(findings[0]!.cause, `hour ${hour}`).toBe(trouble.cause);
      if (trouble.columns.length > 0) expect(trouble.columns).toContain(findings[0]!.columns[0]);
    });
  });

  it('fails on fairness, and on nothing else, where the cut-off depends on sex', () => {
    expect(alarms(reports[15]!).sort()).toEqual(['fairness_gap/selection_rate/sex=F', 'four_fifths/sex=F']);
    expect(reports[15]!.findings[0]!.title).toContain('sex=F');
  });

  it('shows by the labels alone what changed in the capital', async () => {
    const labels = makeLabels(seed);
    const calm = (test: (batch: HourBatch) => boolean) => hours.filter((batch) => batch.trouble === null && test(batch));
    const before = await judge.check(
      calm(({ hour }) => hour < 16),
      labels,
    );
    const after = await judge.check(
      calm(({ hour }) => hour >= 16),
      labels,
    );
    expect(before.facts).toMatchObject({ conflicts: 0, mismatched: 0, rejected: 0, problems: [] });
    expect(before.facts!.duplicates).toBeGreaterThan(0);
    expect(alarms(before.report).filter((id) => id.startsWith('performance/'))).toEqual([]);
    expect(verdictOf(before.report, 'label_coverage/region')).toBe('warn');
    expect(alarms(after.report)).toEqual(
      expect.arrayContaining(['performance/accuracy', 'performance/accuracy@region=capital', 'performance/recall@region=capital']),
    );
    const elsewhere = alarms(after.report).filter((id) => id.includes('@region=') && !id.endsWith('@region=capital'));
    expect(elsewhere).toEqual([]);
  }, 60_000);
});
