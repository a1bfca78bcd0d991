import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { terminal } from './run.ts';

const { write, assay } = terminal();
write(
  'rows.csv',
  `at,x\n${Array.from({ length: 40 }, (_, i) => `2026-07-01T${String(i % 12).padStart(2, '0')}:30:00Z,${i}`).join('\n')}\n`,
);
const DAY = ['--set', 'freshness=86400', '--time', 'at'];

async function check(...flags: string[]) {
  const { stdout, status, stderr } = await assay('check', 'rows.csv', '--format', 'json', ...flags);
  const report = JSON.parse(stdout || '{}') as Report;
  const about = {
    check: report.checks?.find(({ id }) => id === 'freshness'),
    metric: report.metrics?.find(({ metric }) => metric === 'freshness_seconds'),
  };
  return { ...about, report, status, stderr };
}

describe('the age of the data', () => {
  it('passes within its bound, and fails beyond', async () => {
    const [young, old] = [await check(...DAY, '--now', '2026-07-02T11:30:00Z'), await check(...DAY, '--now', '2026-07-04T11:30:00Z')];
    expect(young.check).toMatchObject({ verdict: 'pass', threshold: { fail: 86_400, direction: 'above', source: 'configured' } });
    expect(young.metric).toMatchObject({ value: 86_400, factor: 'data_quality', column: null });
    expect(old.check).toMatchObject({ verdict: 'fail', message: 'the newest row is 3 days old' });
    expect([young.status, old.status]).toEqual([0, 1]);
    expect(young.report.id).not.toBe(old.report.id);
  });

  it('is a metric alone where --now is given without a bound, and nothing where neither is', async () => {
    const [now, none] = [await check('--time', 'at', '--now', '2026-07-01T12:30:00Z'), await check('--time', 'at')];
    expect([now.metric?.value, now.check]).toEqual([3600, undefined]);
    expect([none.metric, none.check]).toEqual([undefined, undefined]);
  });

  it('by the clock lies in the past', async () => {
    const { metric } = await check('--time', 'at', '--now');
    expect(metric!.value).toBeGreaterThan(0);
  });

  it('is not judged without a time to measure to, nor without event times', async () => {
    expect((await check(...DAY)).check).toMatchObject({
      verdict: 'not_applicable',
      message: 'freshness: nothing says to which time: --now does',
    });
    const { check: timeless, metric } = await check('--set', 'freshness=86400', '--ignore', 'at', '--now', '2026-07-02');
    expect(timeless).toMatchObject({ verdict: 'not_applicable', message: 'freshness: no event time of a row is known' });
    expect(metric).toMatchObject({ value: null, reason: 'no event time of a row is known' });
  });

  it('to a time that is none is refused', async () => {
    const { status, stderr } = await check('--now', 'tomorrow');
    expect([status, stderr]).toEqual([2, 'assay: --now: expected a time as 2026-07-01T12:00:00Z, got "tomorrow"\n']);
  });
});
