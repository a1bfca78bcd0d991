import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everyHour } from '../../local/schedule.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 6, 1, 22, 20) }));
afterEach(() => void vi.useRealTimers());

it('calls a quarter past every hour with that time, until it is stopped', () => {
  const times: string[] = [];
  const schedule = everyHour(15, (time) => times.push(time.toISOString()));
  vi.advanceTimersByTime(2 * 3_600_000);
  schedule.stop();
  vi.advanceTimersByTime(5 * 3_600_000);
  expect(times).toEqual(['2026-07-01T23:15:00.000Z', '2026-07-02T00:15:00.000Z']);
});
