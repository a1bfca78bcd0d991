import { expect, it } from 'vitest';
import { drill } from './drill.ts';
import { NO_FAULTS } from './faults.ts';
import { UNREADABLE } from './messages.ts';

const FAULTS = {
  ...{ refused: 0.03, partial: 0.1, killedBefore: 0.02, killedAfter: 0.03, slow: 0, slowRead: 0.05 },
  machine: { disk: 0.05, spill: 0.05, memory: 0.05, death: 0.05, starved: 0.05, tight: 0.1 },
};
const AS_UNDISTURBED = { lost: [], stray: [] };
const HEARD = { lost: [], astray: [] };
const EACH_WITH_A_REASON = UNREADABLE.map(() => expect.stringMatching(/^ingest event is malformed: expected/));

it('whatever goes wrong, nothing is lost or counted twice, no byte differs and nobody is left untold', { timeout: 300_000 }, async () => {
  const { objects, audits } = await drill({ seed: 'drill 1', objects: 14, windows: 8, events: 60, faults: FAULTS });
  const { met } = objects;
  expect(met.refused + met.killed + met.partial + met.slowReads).toBeGreaterThan(20);
  expect(met.disk + met.spill).toBeGreaterThan(2);
  expect(met.memory + met.death + met.starved).toBeGreaterThan(2);
  expect([met.overwritten, met.deleted]).toEqual([5, 5]);
  expect(objects.retried).toBeGreaterThan(10);
  expect(objects.unreadable).toEqual(EACH_WITH_A_REASON);
  expect(objects).toMatchObject({ ...AS_UNDISTURBED, people: { ...HEARD, due: 4 }, programs: { ...HEARD, due: 38 } });
  expect(audits.met.refused + audits.met.killed).toBeGreaterThan(5);
  expect(audits).toMatchObject({ ...AS_UNDISTURBED, unreadable: [], people: { ...HEARD, due: 11 }, programs: { ...HEARD, due: 56 } });
});

it('events that come many times, in any order, are done and told once, and only what tells of no object is a dead letter', {
  timeout: 120_000,
}, async () => {
  const { objects } = await drill({ seed: 'drill 2', objects: 10, windows: 0, events: 40, faults: NO_FAULTS });
  expect(objects).toMatchObject({ ...AS_UNDISTURBED, sent: 40, delivered: 52, retried: 12, unreadable: EACH_WITH_A_REASON });
  expect([objects.people.repeated, objects.programs.repeated]).toEqual([0, 0]);
});
