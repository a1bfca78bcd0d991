import { decodeFloats, encodeFloats } from './encoding.ts';
import { defineState } from './state.ts';

export interface Moments {
  count: number;
  mean: number;
  m2: number;
  m3: number;
  m4: number;
}

/**
 * Count, mean and central moments to the fourth of the finite values: each block by two passes, blocks and states merged by
 * Pébay's pairwise formulas (Sandia SAND2008-6212), so that an offset of 1e9 does no harm.
 */
export const moments = defineState<Moments, 'number' | 'weighted'>({
  name: 'moments',
  version: 1,
  on: ['number', 'weighted'],
  create: () => ({ count: 0, mean: 0, m2: 0, m3: 0, m4: 0 }),
  update(state, vector) {
    if (vector.finite.length === 0) return;
    const of = vector.kind === 'weighted' ? weightedMoments(vector.finite, vector.finiteCounts) : momentsOf(vector.finite);
    Object.assign(state, mergeMoments(state, of));
  },
  merge: (a, b) => mergeMoments(a, b),
  encode: ({ count, mean, m2, m3, m4 }) => encodeFloats([count, mean, m2, m3, m4]),
  decode(json) {
    const [count, mean, m2, m3, m4] = decodeFloats(json) as [number, number, number, number, number];
    return { count, mean, m2, m3, m4 };
  },
});

export function momentsOf(values: Float64Array): Moments {
  const count = values.length;
  let sum = 0;
  const shift = values[0]!;
  for (let i = 0; i < count; i++) sum += values[i]! - shift;
  const mean = Number.isFinite(sum) ? shift + sum / count : meanOfHuge(values);
  let m1 = 0;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = 0; i < count; i++) {
    const d = values[i]! - mean;
    const d2 = d * d;
    m1 += d;
    m2 += d2;
    m3 += d2 * d;
    m4 += d2 * d2;
  }
  // The mean is rounded; what it misses (m1 / count) is taken out of the sums about it.
  const d = m1 / count;
  return {
    count,
    mean: mean + d,
    m2: m2 - count * d * d,
    m3: m3 - 3 * d * m2 + 2 * count * d * d * d,
    m4: m4 - 4 * d * m3 + 6 * d * d * m2 - 3 * count * d ** 4,
  };
}

/** Each value's moments are its count and itself: merged one by one. */
function weightedMoments(values: Float64Array, counts: Float64Array): Moments {
  let merged: Moments = { count: 0, mean: 0, m2: 0, m3: 0, m4: 0 };
  for (let i = 0; i < values.length; i++) merged = mergeMoments(merged, { count: counts[i]!, mean: values[i]!, m2: 0, m3: 0, m4: 0 });
  return merged;
}

/** Where the sum is too large for a double and the mean is not. */
const meanOfHuge = (values: Float64Array): number => values.reduce((mean, value) => mean + value / values.length, 0);

function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return { ...b };
  if (b.count === 0) return { ...a };
  const count = a.count + b.count;
  const delta = b.mean - a.mean;
  const part = delta / count;
  const product = a.count * b.count;
  const cross = delta * part * product;
  const mean = a.count >= b.count ? a.mean + part * b.count : b.mean - part * a.count;
  return {
    count,
    mean: Number.isFinite(mean) ? mean : a.mean * (a.count / count) + b.mean * (b.count / count),
    m2: a.m2 + b.m2 + cross,
    m3: a.m3 + b.m3 + cross * part * (a.count - b.count) + 3 * part * (a.count * b.m2 - b.count * a.m2),
    m4:
      a.m4 +
      b.m4 +
      cross * part * part * (a.count * a.count - product + b.count * b.count) +
      6 * part * part * (a.count * a.count * b.m2 + b.count * b.count * a.m2) +
      4 * part * (a.count * b.m3 - b.count * a.m3),
  };
}
