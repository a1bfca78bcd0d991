import { normalSf } from '../math/normal.ts';
import { studentTSf } from '../math/student-t.ts';
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
 * of both sides and the spread τ² between the baseline's C chunks, max(0, s² − mean of their sampling variances) (Hedges 1983). Sampling of the
 * current rows is the larger of its own estimate and what the baseline's variance gives at as many rows: a lucky window must not seem sure. Where the chunks
 * differ beyond sampling it is also no less than a chunk's: V is then about s², known with C − 1 degrees of freedom, where τ² of a large window, a difference of
 * two about as large, would be known with one or two, and nothing would be sure. Chunks of more rows (`borrowed`: all rows', of a segment) say only how far
 * windows spread, not how sure few rows are.
 * t = d/√V against Student's law, its degrees of freedom by Satterthwaite from those of the parts. Fewer than 10 chunks: τ² = 0.
 */
export function compareMeans(
  now: Sampled,
  before: Sampled,
  chunks: readonly Sampled[],
  direction: 'above' | 'below',
  borrowed = false,
): MeanComparison {
  if (!(now.freedom > 0 && before.freedom > 0)) return { pValue: null, between: 0 };
  const used = chunks.filter(({ freedom }) => freedom > 0);
  const spread = used.length >= MINIMUM_CHUNKS ? betweenChunks(used) : { between: 0, sampling: 0, parts: [] };
  const own = Math.max(now.variance, before.variance * ((before.freedom + 1) / (now.freedom + 1)), borrowed ? 0 : spread.sampling);
  const factor = 1 + 1 / Math.max(1, used.length);
  const parts = [
    { variance: own, freedom: now.freedom },
    { variance: before.variance, freedom: before.freedom },
    ...spread.parts.map(({ variance, freedom }) => ({ variance: variance * factor, freedom })),
  ];
  const variance = own + before.variance + spread.between * factor;
  if (!(variance > 0)) return { pValue: now.value === before.value ? 1 : null, between: spread.between };
  const freedom = variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.freedom, 0);
  const t = ((now.value - before.value) * (direction === 'above' ? 1 : -1)) / Math.sqrt(variance);
  const pValue = freedom > 1e6 ? normalSf(t) : studentTSf(t, freedom);
  return { pValue, between: spread.between };
}

interface Spread {
  between: number;
  /** Mean sampling variance of a chunk, where they differ beyond it. */
  sampling: number;
  parts: { variance: number; freedom: number }[];
}

function betweenChunks(chunks: readonly Sampled[]): Spread {
  const mean = chunks.reduce((sum, { value }) => sum + value, 0) / chunks.length;
  const whole = chunks.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (chunks.length - 1);
  const sampling = chunks.reduce((sum, { variance }) => sum + variance, 0) / chunks.length;
  const between = Math.max(0, whole - sampling);
  return between > 0
    ? { between, sampling, parts: [{ variance: whole, freedom: chunks.length - 1 }] }
    : { between, sampling: 0, parts: [] };
}
