import { expect, it } from 'vitest';
import { drill } from './drill.ts';
import { killAtEveryStep } from './kill-at-every-step.ts';
import { NO_FAULTS } from './trouble.ts';

const FAULTS = { refused: 0.03, partial: 0.1, killedBefore: 0.02, killedAfter: 0.03, slow: 0 };
const AS_UNDISTURBED = { lost: [], stray: [], unreadable: 0 };
const HEARD = { lost: [], astray: [] };

it('duplicates, disorder, refusals, broken reads and kills lose nothing, count nothing twice, change no byte and leave nobody untold', {
  timeout: 120_000,
}, async () => {
  const { objects, audits } = await drill({ seed: 'drill 1', objects: 16, windows: 9, events: 60, faults: FAULTS });
  expect(objects.met.refused + objects.met.killed + objects.met.partial).toBeGreaterThan(20);
  expect(objects.retried).toBeGreaterThan(10);
  expect(objects).toMatchObject({ ...AS_UNDISTURBED, people: { ...HEARD, due: 4 }, programs: { ...HEARD, due: 25 } });
  expect(audits.met.refused + audits.met.killed).toBeGreaterThan(5);
  expect(audits).toMatchObject({ ...AS_UNDISTURBED, people: { ...HEARD, due: 7 }, programs: { ...HEARD, due: 34 } });
});

it('events that come many times, in any order, are done and told once', { timeout: 60_000 }, async () => {
  const { objects } = await drill({ seed: 'drill 2', objects: 10, windows: 0, events: 40, faults: NO_FAULTS });
  expect(objects).toMatchObject({ ...AS_UNDISTURBED, delivered: 40, retried: 0, dead: 0 });
  expect([objects.people.repeated, objects.programs.repeated]).toEqual([0, 0]);
});

it('work that is killed at any of its steps, before or after it, ends as if it had not been', { timeout: 120_000 }, async () => {
  for (const { steps, differing, repeated } of Object.values(await killAtEveryStep())) {
    expect(differing).toEqual([]);
    expect(steps).toBeGreaterThan(8);
    // Sent, and killed before that was written down: a message by four of the kills, an event by two.
    expect(repeated).toBe(6);
  }
});
