import { cpus } from 'node:os';
import type { Hearing } from '../test/drill/audience.ts';
import { changeAfterKill } from '../test/drill/change-after-kill.ts';
import { replaces, schemaChanges, withdraws } from '../test/drill/data.ts';
import { drill, type Part } from '../test/drill/drill.ts';
import { killAtEveryStep } from '../test/drill/kill-at-every-step.ts';
import { UNREADABLE } from '../test/drill/messages.ts';
import { refuseEveryStatement } from '../test/drill/refuse-every-statement.ts';

/**
 * What becomes of object events, audits and alerts when things go wrong: `npm run drill`. DRILL_EVENTS events (10,000) of DRILL_OBJECTS objects (400) and of those
 * of DRILL_WINDOWS windows (45), delivered at least once, in no order, their clocks a day off; then each window is audited twice at once for two monitors; while
 * the store and those who tell refuse, break off, machines lack memory and space, and the work is killed. What was written and told is then compared with an
 * undisturbed run. The draws are those of DRILL_SEED (1).
 */
const events = Number(process.env.DRILL_EVENTS ?? 10_000);
const objects = Number(process.env.DRILL_OBJECTS ?? 400);
const windows = Number(process.env.DRILL_WINDOWS ?? 45);
const seed = `drill ${process.env.DRILL_SEED ?? 1}`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const row = (cells: (string | number)[]): void => say(`| ${cells.join(' | ')} |`);
const head = (cells: string[]): void => {
  say('');
  row(cells);
  say(`|${'---|'.repeat(cells.length)}`);
};

const began = performance.now();
const faults = {
  ...{ refused: 0.03, partial: 0.05, killedBefore: 0.02, killedAfter: 0.02, slow: 1, slowRead: 0.02 },
  machine: { disk: 0.01, spill: 0.01, memory: 0.01, death: 0.01, starved: 0.01, tight: 0.05 },
};
const parts = await drill({ seed, objects, windows, events, faults });
const kills = await killAtEveryStep();
const refusals = await refuseEveryStatement();
const changes = await changeAfterKill();
say(`${cpus().length} cores, Node ${process.version}, seed ${seed}, ${((performance.now() - began) / 60_000).toFixed(0)} minutes`);

const named = { 'object events': parts.objects, 'audits, two at once': parts.audits };
const calls = ['sent', 'delivered', 'retried', 'refused', 'reads broken off', 'killed', 'dead letters', 'dead after a redrive'];
head(['', ...calls, 'lost', 'written twice or astray', 'objects equal']);
for (const [name, { sent, delivered, retried, met, dead, unreadable, lost, stray }] of Object.entries(named)) {
  const counts = [
    sent,
    delivered,
    retried,
    met.refused,
    met.partial,
    met.killed,
    dead.length,
    unreadable.length,
    lost.length,
    stray.length,
  ];
  row([name, ...counts, lost.length + stray.length === 0 ? 'yes' : 'NO']);
}

head([
  'attempts',
  'slow reads',
  '/tmp full',
  'no space to spill',
  'no memory for a statement',
  'died of memory',
  'too little memory',
  'just enough',
]);
for (const [name, { met }] of Object.entries(named))
  row([name, met.slowReads, met.disk, met.spill, met.memory, met.death, met.starved, met.tight]);

const count = (of: (window: number) => boolean): number => Array.from({ length: windows }, (_, i) => i).filter(of).length;
const { overwritten, deleted } = parts.objects.met;
head([
  'objects overwritten unread',
  'deleted unread',
  'replaced before the audit',
  'deleted before the audit',
  'windows whose schema changes',
]);
row([overwritten, deleted, count(replaces), count(withdraws), count(schemaChanges)]);

const told = ({ due, lost, repeated, astray }: Hearing): number[] => [due, due - lost.length, lost.length, repeated, astray.length];
head(['told in the end', 'due', 'told', 'lost', 'told more than once', 'never due']);
row(['people, messages', ...told(parts.audits.people)]);
row(['programs, events', ...told(parts.audits.programs)]);

head(['why a message was a dead letter', 'object events', 'audits']);
/** Without what of the message is quoted. */
const reasonsOf = ({ dead }: Part): string[] => dead.map((reason) => reason.replace(/(malformed).*/, '$1').replace(/ \(.*/, ''));
const [ofObjects, ofAudits] = [reasonsOf(parts.objects), reasonsOf(parts.audits)];
for (const reason of [...new Set([...ofObjects, ...ofAudits])].sort())
  row([reason, ...[ofObjects, ofAudits].map((all) => all.filter((each) => each === reason).length)]);

say('');
for (const [what, { steps, differing, repeated }] of Object.entries(kills))
  say(
    `${what}: killed before and after each of ${steps} steps: ${differing.length === 0 ? 'the same bytes, and all were told' : differing.join('; ')}; ${repeated} of ${2 * steps} kills made something be told twice`,
  );
for (const [what, { refused, differing }] of Object.entries(refusals))
  say(
    `${what}: refused at each of ${refused} statements and writes: ${differing.length === 0 ? 'nothing untrue, then the same bytes' : differing.join('; ')}`,
  );
for (const [what, untold] of Object.entries(changes))
  say(`${what}, after a kill at each step: ${untold.length === 0 ? 'all were told' : untold.join('; ')}`);

const wrong = Object.values(parts).flatMap(({ lost, stray, people, programs }) => [
  ...[lost, stray, people.lost, people.astray, programs.lost, programs.astray].flat(),
]);
const still = parts.objects.unreadable.length - UNREADABLE.length + parts.audits.unreadable.length;
const differing = [...Object.values(kills), ...Object.values(refusals)].flatMap((each) => each.differing);
process.exitCode = wrong.length + still + differing.length + Object.values(changes).flat().length > 0 ? 1 : 0;
