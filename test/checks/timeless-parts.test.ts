import { describe, expect, it } from 'vitest';
import { compareMeans, type Sampled } from '../../layers/quality/checks/compare-means.ts';
import { compareRate } from '../../layers/quality/checks/significance.ts';
import { draws } from './draw.ts';
import { alarms, MOST, TRIALS, trialOf, type World } from './windows-of-means.ts';

describe('parts of data without time', () => {
  /** A window of as many parts as said, each with its own place, as a sample of clusters is. */
  function clustered(world: World & { times: number }, seed: number): [now: Sampled, before: Sampled, chunks: Sampled[]] {
    const [, before, chunks] = trialOf({ ...world, times: 1 }, seed);
    const [, now] = trialOf({ ...world, chunks: world.times }, seed + 1e6);
    return [{ ...now, value: now.value + (world.change ?? 0) }, before, chunks];
  }
  it.each([
    ['no spread', 0],
    ['spread half of sampling', 0.11],
    ['spread as large as sampling', 0.16],
    ['spread four times sampling', 0.32],
  ])('%s, windows of 4 and 12 parts: p < .01 in at most 1.5 % of trials', (_, between) => {
    for (const times of [4, 12]) {
      const world = { rows: 40, chunks: 20, between, times };
      const rate = alarms(TRIALS, (trial) => compareMeans(...clustered(world, trial * 7919 + 1), 'above', true).pValue);
      expect([times, rate <= MOST, rate]).toEqual([times, true, rate]);
    }
  });
  it('find in a larger window what they hardly find if a part of it were as far off', () => {
    const world = { rows: 40, chunks: 20, between: 0, times: 12, change: 6 * Math.sqrt(1 / 480 + 1 / 800) };
    const found = (timeless: boolean): number =>
      alarms(500, (trial) => compareMeans(...clustered(world, trial * 7919 + 1), 'above', timeless).pValue! * 100);
    expect(found(true)).toBeGreaterThan(0.9);
    expect(found(false)).toBeLessThan(0.75);
  });
  it('of rates are parts of a larger window too', () => {
    const random = draws(5);
    let [found, alarmed, hidden] = [0, 0, 0];
    for (let trial = 0; trial < 400; trial++) {
      const parts = Array.from({ length: 20 }, () => ({ hits: random.binomial(300, 0.75), rows: 300 }));
      const p = (rate: number, timeless: boolean): number =>
        compareRate({ hits: random.binomial(3000, rate), rows: 3000 }, parts, 'below', { timeless }).pValue!;
      if (p(0.69, true) < 1e-4) found++;
      if (p(0.69, false) < 1e-4) hidden++;
      if (p(0.75, true) < 0.01) alarmed++;
    }
    expect(found).toBeGreaterThan(320);
    expect(hidden).toBeLessThan(found - 80);
    expect(alarmed).toBeLessThanOrEqual(MOST * 400);
  });
});
