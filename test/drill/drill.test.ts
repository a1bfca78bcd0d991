import { expect, it } from 'vitest';
import { drill, killAtEveryWrite } from './drill.ts';
import { NO_FAULTS } from './faulty-store.ts';

const FAULTS = { refused: 0.05, partial: 0.1, killedBefore: 0.04, killedAfter: 0.04, slow: 0 };

it('duplicates, disorder, refusals, broken reads and kills lose nothing, count nothing twice and change no byte', {
  timeout: 120_000,
}, async () => {
  const result = await drill({ seed: 'drill 1', objects: 20, events: 80, faults: FAULTS });
  expect(result.met.refused + result.met.killed + result.met.partial).toBeGreaterThan(20);
  expect(result.retried).toBeGreaterThan(10);
  expect(result).toMatchObject({ lost: [], stray: [], unreadable: 0 });
});

it('events that come many times, in any order, are done once', { timeout: 60_000 }, async () => {
  const result = await drill({ seed: 'drill 2', objects: 10, events: 40, faults: NO_FAULTS });
  expect(result).toMatchObject({ delivered: 40, retried: 0, dead: [], lost: [], stray: [] });
});

it('work that is killed at any of its writes, before or after it, ends as if it had not been', { timeout: 60_000 }, async () => {
  const { writes, differing } = await killAtEveryWrite();
  expect(writes).toBeGreaterThan(4);
  expect(differing).toEqual([]);
});
