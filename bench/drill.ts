import { cpus } from 'node:os';
import type { Hearing } from '../test/drill/audience.ts';
import { drill, type Part } from '../test/drill/drill.ts';
import { killAtEveryStep } from '../test/drill/kill-at-every-step.ts';

/**
 * What becomes of object events, audits and alerts when things go wrong: `npm run drill`. DRILL_EVENTS events (10,000) of DRILL_OBJECTS objects (400) and of those
 * of DRILL_WINDOWS windows (45), delivered at least once, in no order, their clocks a day off; then each window is audited twice at once; while the store and
 * those who tell refuse, break off and the work is killed. What was written and told is then compared with an undisturbed run. The draws are those of DRILL_SEED (1).
 */
const events = Number(process.env.DRILL_EVENTS ?? 10_000);
const objects = Number(process.env.DRILL_OBJECTS ?? 400);
const windows = Number(process.env.DRILL_WINDOWS ?? 45);
const seed = `drill ${process.env.DRILL_SEED ?? 1}`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const row = (cells: (string | number)[]): void => say(`| ${cells.join(' | ')} |`);
const head = (cells: string[]): void => {
  row(cells);
  say(`|${'---|'.repeat(cells.length)}`);
};

const began = performance.now();
const faults = { refused: 0.03, partial: 0.05, killedBefore: 0.02, killedAfter: 0.02, slow: 1 };
const parts = await drill({ seed, objects, windows, events, faults });
const kills = await killAtEveryStep();
say(`${cpus().length} cores, Node ${process.version}, seed ${seed}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`);

const written = ({ sent, delivered, retried, met, dead, unreadable, lost, stray }: Part): (string | number)[] => [
  ...[sent, delivered, retried, met.refused, met.partial, met.killed, dead, unreadable, lost.length, stray.length],
  lost.length + stray.length === 0 ? 'yes' : 'NO',
];
const calls = ['sent', 'delivered', 'retried', 'refused', 'reads broken off', 'killed', 'dead letters', 'dead after a redrive'];
head(['', ...calls, 'lost', 'written twice or astray', 'objects equal']);
row(['object events', ...written(parts.objects)]);
row(['audits, two at once', ...written(parts.audits)]);

say('');
const told = ({ due, lost, repeated, astray }: Hearing): number[] => [due, due - lost.length, lost.length, repeated, astray.length];
head(['told in the end', 'due', 'told', 'lost', 'told more than once', 'never due']);
row(['people, messages', ...told(parts.audits.people)]);
row(['programs, events', ...told(parts.audits.programs)]);

say('');
for (const [what, { steps, differing, repeated }] of Object.entries(kills))
  say(
    `${what}: killed before and after each of ${steps} steps: ${differing.length === 0 ? 'the same bytes, and all were told' : differing.join('; ')}; ${repeated} of ${2 * steps} kills made something be told twice`,
  );

const wrong = Object.values(parts).flatMap(({ lost, stray, people, programs }) => [
  ...[lost, stray, people.lost, people.astray, programs.lost, programs.astray].flat(),
]);
const dead = parts.objects.unreadable + parts.audits.unreadable;
const differing = Object.values(kills).flatMap((killing) => killing.differing);
process.exitCode = wrong.length + dead + differing.length > 0 ? 1 : 0;
