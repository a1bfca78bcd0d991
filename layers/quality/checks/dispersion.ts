import { total } from '../math/total.ts';

/** How shares vary between unchanged windows, beyond sampling: the between-chunk covariance T of the shares, in units of D^½ with D = diag(p). */
export interface Dispersion {
  /** Chunks with rows; as many equal ones would carry the same information. */
  chunks: number;
  /** tr T; 0 where the chunks spread no more than by sampling. */
  trace: number;
  /** tr T²: how concentrated T is; (tr T)² if shares move along one direction only. */
  traceSquared: number;
  /** tr of the whole covariance of a chunk's shares, sampling included, as measured, and the degrees of freedom it was measured with. */
  measured: number;
  degrees: number;
  /** Σ w², with w the chunks' shares of the rows: how far T carries over to the mean of the chunks. */
  concentration: number;
}

export interface Noise {
  /** Mean variance of a share's difference over p(1 − p). */
  variance: number;
  dispersion: number;
  df: number;
  /** Degrees of freedom with which the variance is known. */
  freedom: number;
}

/** A chunk counts at most this many times the 98 % quantile of the chunks: one broken chunk must not hide every later change. */
const OUTLIER = 4;

/**
 * Moment estimate from chunks of an unchanged baseline. `chunks` are counts per group, `shares` the baseline's shares (all positive).
 * tr T = (Σ w_i |z_i|² − df (C − 1)/N) / (1 − C/N − Σ w_i² + 1/N), z_i = D^−½ (p̂_i − p̂), clamped at 0: the analysis-of-variance
 * estimator of the Dirichlet-multinomial's ρ = tr T/df (Weir & Hill 2002), free of bias for chunks of any sizes and sparse groups.
 * tr Λ² of the whole covariance by Bai & Saranadasa (1996), less the sampling part, gives tr T².
 */
export function estimateDispersion(chunks: ArrayLike<number>[], shares: ArrayLike<number>): Dispersion {
  const df = shares.length - 1;
  const rows = chunks.map(total);
  const all = rows.reduce((sum, n) => sum + n, 0);
  const used = chunks.map((counts, i) => ({ counts, rows: rows[i]!, weight: rows[i]! / all })).filter((chunk) => chunk.rows > 0);
  const concentration = used.reduce((sum, { weight }) => sum + weight * weight, 0);
  const deviations = limitOutliers(used.map(({ counts, rows, weight }) => standardise(counts, rows, shares, weight)));
  const spread = deviations.reduce((sum, z) => sum + squaredLength(z), 0);
  const sampling = used.length / all;
  const trace = Math.max(0, (spread - df * (sampling - 1 / all)) / Math.max(1e-12, 1 - sampling - concentration + 1 / all));
  const measured = spread / Math.max(1e-12, 1 - concentration);
  const freedom = Math.max(1, 1 / concentration - 1);
  const squared = traceOfSquare(deviations, freedom, measured);
  const traceSquared = clamp(squared - 2 * sampling * trace - sampling * sampling * df, (trace * trace) / df, trace * trace);
  const degrees = clamp(squared > 0 ? (measured * measured) / squared : df, 1, df) * freedom;
  return { chunks: 1 / concentration, trace, traceSquared, measured, degrees, concentration };
}

/** The variance of the difference between a window of `now` rows and the baseline of `before`, over p(1 − p); `df` = groups − 1. */
export function noiseAt(now: number, before: number, df: number, spread: Dispersion | null): Noise {
  const sampling = 1 / now + 1 / before;
  if (spread === null) return { variance: sampling, dispersion: 1, df, freedom: Number.POSITIVE_INFINITY };
  const between = 1 - 1 / now + spread.concentration - 1 / before;
  const trace = df * sampling + between * spread.trace;
  const square = df * sampling ** 2 + 2 * sampling * between * spread.trace + between ** 2 * spread.traceSquared;
  const freedom = spread.degrees * (trace / (between * spread.measured)) ** 2;
  return {
    variance: trace / df,
    dispersion: trace / df / sampling,
    df: Math.min(df, Math.max(1, trace ** 2 / square)),
    freedom: Math.max(spread.chunks - 1, freedom),
  };
}

/** √w_i z_i. */
function standardise(counts: ArrayLike<number>, rows: number, shares: ArrayLike<number>, weight: number): Float64Array {
  const z = new Float64Array(shares.length);
  const scale = Math.sqrt(weight);
  for (let j = 0; j < z.length; j++) z[j] = (scale * (counts[j]! / rows - shares[j]!)) / Math.sqrt(shares[j]!);
  return z;
}

/** Shortens the vectors whose squared length is beyond `OUTLIER` times the 98 % quantile (the second largest, for few). */
function limitOutliers(vectors: Float64Array[]): Float64Array[] {
  const lengths = vectors.map(squaredLength);
  const rank = Math.ceil(vectors.length * 0.02);
  const limit = OUTLIER * ([...lengths].sort((a, b) => b - a)[rank] ?? Number.POSITIVE_INFINITY);
  return vectors.map((z, i) => (lengths[i]! > limit && limit > 0 ? z.map((value) => value * Math.sqrt(limit / lengths[i]!)) : z));
}

/** tr Λ² without bias from ‖S‖² and tr S, S the sample covariance with `freedom` degrees of freedom (Bai & Saranadasa 1996, eq. 4.2). */
function traceOfSquare(vectors: Float64Array[], freedom: number, trace: number): number {
  if (freedom < 2) return trace * trace;
  const size = vectors[0]!.length;
  const frobenius = (size < vectors.length ? byGroups(vectors, size) : byChunks(vectors)) * ((freedom + 1) / freedom) ** 2;
  return (freedom * freedom * (frobenius - (trace * trace) / freedom)) / ((freedom + 2) * (freedom - 1));
}

/** ‖Σ z zᵀ‖² by the pairs of groups. */
function byGroups(vectors: Float64Array[], size: number): number {
  const matrix = new Float64Array(size * size);
  for (const z of vectors) for (let j = 0; j < size; j++) for (let l = 0; l <= j; l++) matrix[j * size + l]! += z[j]! * z[l]!;
  let sum = 0;
  for (let j = 0; j < size; j++) for (let l = 0; l <= j; l++) sum += (j === l ? 1 : 2) * matrix[j * size + l]! ** 2;
  return sum;
}

/** The same by the pairs of chunks. */
function byChunks(vectors: Float64Array[]): number {
  let sum = 0;
  for (let i = 0; i < vectors.length; i++) for (let l = 0; l <= i; l++) sum += (i === l ? 1 : 2) * product(vectors[i]!, vectors[l]!) ** 2;
  return sum;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

const squaredLength = (z: Float64Array): number => product(z, z);
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high));
