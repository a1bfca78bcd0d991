import { cpus } from 'node:os';
import { drill, killAtEveryWrite } from '../test/drill/drill.ts';

/**
 * What becomes of object events when things go wrong: `npm run drill`. DRILL_EVENTS events (10,000) of DRILL_OBJECTS objects (400), delivered at
 * least once, in no order, their clocks a day off, while the store refuses, breaks off and the work is killed; then what was written is
 * compared with an undisturbed run, byte by byte. The draws are those of DRILL_SEED (1).
 */
const events = Number(process.env.DRILL_EVENTS ?? 10_000);
const objects = Number(process.env.DRILL_OBJECTS ?? 400);
const seed = `drill ${process.env.DRILL_SEED ?? 1}`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const began = performance.now();
const faults = { refused: 0.03, partial: 0.05, killedBefore: 0.02, killedAfter: 0.02, slow: 1 };
const result = await drill({ seed, objects, events, faults });
const kills = await killAtEveryWrite();
say(`${cpus().length} cores, Node ${process.version}, seed ${seed}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
say(
  '| sent | delivered | retried | refused | reads broken off | killed | dead letters | dead after a redrive | lost | written twice or astray | reports equal |',
);
say('|---|---|---|---|---|---|---|---|---|---|---|');
const { sent, delivered, retried, met, dead, unreadable, lost, stray } = result;
say(
  `| ${[sent, delivered, retried, met.refused, met.partial, met.killed, dead.length, unreadable, lost.length, stray.length, lost.length + stray.length === 0 ? 'yes' : 'NO'].join(' | ')} |`,
);
say(
  `killed at each of ${kills.writes} writes, before and after it: ${kills.differing.length === 0 ? 'the same bytes' : kills.differing.join('; ')}`,
);
process.exitCode = lost.length + stray.length + unreadable + kills.differing.length > 0 ? 1 : 0;
