import { defineState } from './state.ts';

export interface Lengths {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
}

const codePoints = (text: string): number => {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++)
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) length--;
  return length;
};

/** Lengths of texts in code points. */
export const lengths = defineState<Lengths, 'counted' | 'hashed'>({
  name: 'lengths',
  version: 1,
  on: ['counted', 'hashed'],
  create: () => ({ count: 0, sum: 0, minimum: Number.POSITIVE_INFINITY, maximum: 0 }),
  update(state, vector) {
    if (vector.kind === 'counted')
      for (let i = 0; i < vector.values.length; i++) add(state, codePoints(vector.values[i]!), vector.counts[i]!);
    else for (let i = 0; i < vector.lengths.length; i++) add(state, vector.lengths[i]!, 1);
  },
  merge: (a, b) => ({
    count: a.count + b.count,
    sum: a.sum + b.sum,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  }),
  encode: ({ count, sum, minimum, maximum }) => (count === 0 ? null : [count, sum, minimum, maximum]),
  decode(json) {
    const [count, sum, minimum, maximum] = (json ?? [0, 0, Number.POSITIVE_INFINITY, 0]) as [number, number, number, number];
    return { count, sum, minimum, maximum };
  },
});

function add(state: Lengths, length: number, count: number): void {
  state.count += count;
  state.sum += length * count;
  if (length < state.minimum) state.minimum = length;
  if (length > state.maximum) state.maximum = length;
}
