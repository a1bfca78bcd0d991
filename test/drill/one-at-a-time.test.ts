import { expect, it } from 'vitest';
import { changeAfterKill } from './change-after-kill.ts';
import { killAtEveryStep } from './kill-at-every-step.ts';
import { refuseEveryStatement } from './refuse-every-statement.ts';

it('work that is killed at any of its steps, before or after it, ends as if it had not been', { timeout: 180_000 }, async () => {
  for (const { steps, differing, repeated } of Object.values(await killAtEveryStep())) {
    expect(differing).toEqual([]);
    expect(steps).toBeGreaterThan(8);
    // Sent, and killed before that was written down: a message by four of the kills, an event by two.
    expect(repeated).toBe(6);
  }
});

it('an engine without memory for a statement, or a full /tmp, ends an attempt and makes nothing untrue', { timeout: 180_000 }, async () => {
  for (const { refused, differing } of Object.values(await refuseEveryStatement())) {
    expect(differing).toEqual([]);
    expect(refused).toBeGreaterThan(10);
  }
});

it('what was decided on is told, also where something changes between a kill and the next attempt', { timeout: 180_000 }, async () => {
  expect(await changeAfterKill()).toEqual({ overwritten: [], deleted: [], mutedObject: [], lateObject: [], mutedWindow: [] });
});
