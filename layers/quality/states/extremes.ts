import { defineState } from './state.ts';

export interface Extremes {
  minimum: number;
  maximum: number;
}

/** Smallest and largest finite value; Infinity and -Infinity where there is none. */
export const extremes = defineState<Extremes, 'number' | 'weighted' | 'time'>({
  name: 'extremes',
  version: 1,
  on: ['number', 'weighted', 'time'],
  create: () => ({ minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY }),
  update(state, { finite }) {
    let { minimum, maximum } = state;
    for (let i = 0; i < finite.length; i++) {
      const value = finite[i]!;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
    state.minimum = minimum;
    state.maximum = maximum;
  },
  merge: (a, b) => ({ minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) }),
  encode: ({ minimum, maximum }) => (minimum > maximum ? null : [minimum, maximum]),
  decode: (json) => {
    const [minimum, maximum] = (json ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) as [number, number];
    return { minimum, maximum };
  },
});
