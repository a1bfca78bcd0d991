import { defineState, type Json } from './state.ts';

export interface Hours {
  /** Seconds one entry stands for: an hour, or a day once there are more than 1,000 hours. */
  step: number;
  /** Rows by the number of steps since the epoch. */
  counts: Map<number, number>;
}

const HOUR = 3600;
const DAY = 86400;
const MOST_HOURS = 1000;

/** Rows per hour of event time, UTC; per day where they span more than 1,000 hours with rows. */
export const hours = defineState<Hours, 'time'>({
  name: 'hours',
  version: 1,
  on: ['time'],
  create: () => ({ step: HOUR, counts: new Map() }),
  update(state, { finite }) {
    for (let i = 0, end = 0; i < finite.length; i = end) {
      const at = Math.floor(finite[i]! / state.step);
      while (end < finite.length && Math.floor(finite[end]! / state.step) === at) end++;
      add(state.counts, at, end - i);
    }
    if (state.step === HOUR && state.counts.size > MOST_HOURS) Object.assign(state, toDays(state));
  },
  merge(a, b) {
    if (a.step !== b.step) return mergeCounts(toDays(a), toDays(b));
    const merged = mergeCounts(a, b);
    return merged.step === HOUR && merged.counts.size > MOST_HOURS ? toDays(merged) : merged;
  },
  encode: ({ step, counts }) => [step, [...counts].sort((a, b) => a[0] - b[0]) as Json],
  decode(json) {
    const [step, counts] = json as [number, [number, number][]];
    return { step, counts: new Map(counts) };
  },
});

const add = (counts: Map<number, number>, at: number, count: number): Map<number, number> => counts.set(at, (counts.get(at) ?? 0) + count);

const toDays = ({ step, counts }: Hours): Hours => {
  const days = new Map<number, number>();
  for (const [at, count] of counts) add(days, Math.floor((at * step) / DAY), count);
  return { step: DAY, counts: days };
};

function mergeCounts(a: Hours, b: Hours): Hours {
  const counts = new Map(a.counts);
  for (const [at, count] of b.counts) add(counts, at, count);
  return { step: a.step, counts };
}
