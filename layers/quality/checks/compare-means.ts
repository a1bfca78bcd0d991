import { chiSquaredQuantile } from '../math/chi-squared-quantile.ts';
import { normalSf } from '../math/normal.ts';
import { studentTSf } from '../math/student-t.ts';
import { partOfSpread } from './part-of-spread.ts';
import { MINIMUM_CHUNKS } from './significance.ts';

/** A value with the variance that sampling gives it, and with how many independent rows less one that is known. */
export interface Sampled {
  value: number;
  variance: number;
  freedom: number;
}

export interface MeanComparison {
  /** Chance of a difference as large in the direction that harms, if nothing changed; null where it cannot be told. */
  pValue: number | null;
  /** Variance between unchanged chunks, beyond sampling. */
  between: number;
}

/**
 * One-sided test that a mean, an area under a curve or a gap rose ('above') or fell. The difference has the variance V = v + v̄ + τ²(1 + 1/C): sampling
 * of both sides and the spread τ² between the baseline's C chunks. Sampling of the current rows is the larger of its own estimate and what the baseline's
 * variance gives at as many rows: a lucky window must not seem sure. Few chunks hardly tell a spread from none, and the larger the window the more that
 * matters; so τ² is not the best guess, s² − mean of the chunks' sampling variances (Hedges 1983), but the upper end of what it is to be in 70 %:
 * s²(C − 1)/χ²₀.₃ in place of s², χ² with C − 1 degrees of freedom; never below 0.
 * Of data without time (`timeless`) chunks are parts of the rows as they lie, clusters of which a larger window is a sample of several: it has the spread of a
 * part divided by how many times as large it is (Kish 1965, the design effect of cluster samples). An hour's spread is not divided over a day: hours go together.
 * t = d/√V against Student's law, its degrees of freedom by Satterthwaite from those of the parts. Fewer than 10 chunks: τ² = 0.
 * Where nothing varies, as of predictions that were all right and are all off by the same, it is how likely two values fall apart by side (`fallenApart`).
 */
export function compareMeans(
  now: Sampled,
  before: Sampled,
  chunks: readonly Sampled[],
  direction: 'above' | 'below',
  timeless = false,
): MeanComparison {
  if (!(now.freedom > 0 && before.freedom > 0)) return { pValue: null, between: 0 };
  const used = chunks.filter(({ freedom }) => freedom > 0);
  const between = used.length >= MINIMUM_CHUNKS ? betweenChunks(used) : 0;
  const sizes = used.map(({ freedom }) => freedom + 1);
  const carried = partOfSpread(now.freedom + 1, sizes, timeless);
  const parts = [
    { variance: Math.max(now.variance, before.variance * ((before.freedom + 1) / (now.freedom + 1))), freedom: now.freedom },
    { variance: before.variance, freedom: before.freedom },
    { variance: between * (carried + 1 / Math.max(1, used.length)), freedom: Math.max(1, used.length - 1) },
  ];
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const rise = (now.value - before.value) * (direction === 'above' ? 1 : -1);
  if (!(variance > 0)) return { pValue: rise > ROUNDING * Math.abs(before.value) ? fallenApart(now, before) : 1, between };
  const freedom = variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.freedom, 0);
  const t = rise / Math.sqrt(variance);
  return { pValue: freedom > 1e6 ? normalSf(t) : studentTSf(t, freedom), between };
}

/** Sums of equal values in another order differ by less. */
const ROUNDING = 1e-12;

/** Chance that of n + m rows with two values all of one fall to one side: 1 of (n + m over n) ways (Fisher's permutation test). */
function fallenApart(now: Sampled, before: Sampled): number {
  const [less, more] = [now.freedom + 1, before.freedom + 1].map(Math.floor).sort((a, b) => a - b) as [number, number];
  let chance = 1;
  for (let i = 1; i <= less && chance > 0; i++) chance *= i / (more + i);
  return chance;
}

/** How sure it is that the spread is no larger than what is taken for it. */
const SURE = 0.7;

function betweenChunks(chunks: readonly Sampled[]): number {
  const mean = chunks.reduce((sum, { value }) => sum + value, 0) / chunks.length;
  const squares = chunks.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const sampling = chunks.reduce((sum, { variance }) => sum + variance, 0) / chunks.length;
  return Math.max(0, squares / chiSquaredQuantile(1 - SURE, chunks.length - 1) - sampling);
}
