// Writes the frozen encodings of every state that has none yet at its version: `npx tsx test/states/freeze.ts`. What is there stays.
import { existsSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { STATES } from '../../layers/quality/states/index.ts';
import { caseOf, SEED, vectorOf } from './vectors.ts';

for (const state of STATES)
  for (const kind of state.on) {
    const file = new URL(`./frozen/${state.name}-v${state.version}${kind === state.on[0] ? '' : `-${kind}`}.json`, import.meta.url);
    if (existsSync(file)) continue;
    const made = fc.sample(caseOf(kind), { seed: SEED, numRuns: 200 }).map(({ context, rows }) => {
      const of = state.create(context);
      state.update(of, vectorOf(kind, rows), context);
      return { context, encoded: state.encode(of) };
    });
    const size = ({ encoded }: { encoded: unknown }): number => JSON.stringify(encoded).length;
    const { context, encoded } = made.reduce((a, b) => (size(b) > size(a) ? b : a));
    const edges = context.edges && { edges: Array.from(context.edges) };
    writeFileSync(
      file,
      `${JSON.stringify({ version: state.version, context: { ...context, ...edges }, encoded, expected: encoded }, null, 1)}\n`,
    );
  }
