import { total } from '../math/total.ts';

/** How shares vary between unchanged windows, beyond sampling: the between-chunk covariance T of the shares, in units of D^½ with D = diag(p). */
export interface Dispersion {
  /** Degrees of freedom it is known with at least: those of the chunks, as many as equal ones would carry the same information. */
  least: number;
  /** tr T; 0 where the chunks spread no more than by sampling. */
  trace: number;
  /** tr T²: how concentrated T is; (tr T)² if shares move along one direction only. */
  traceSquared: number;
  /** tr of the whole covariance of a chunk's shares, sampling included, as measured, and the degrees of freedom it was measured with. */
  measured: number;
  degrees: number;
  /** Σ w², with w the chunks' shares of the rows: how far T carries over to the mean of the chunks. */
  concentration: number;
  /** The few directions the chunks mostly move along, of unit length, and the spread across them; null where there are none to tell. */
  main: { directions: Float64Array[]; rest: Dispersion } | null;
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
/** Directions are told from chance with at least this many chunks a group, one by one, at most MOST, while each spreads STRONG times the rest. */
const CHUNKS_PER_GROUP = 5;
const MOST = 6;
const STRONG = 2;

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
  const matrix = df + 1 < used.length ? momentsOf(deviations, df + 1) : null;
  const squared = traceOfSquare(matrix === null ? byChunks(deviations) : squaredLength(matrix), freedom, measured);
  const known: Totals = { df, trace, measured, squared };
  const of = (totals: Totals): Dispersion => dispersionOf(totals, { least: 1 / concentration - 1, freedom, sampling, concentration });
  const found = matrix === null || trace === 0 ? [] : mainDirections(matrix, df, used.length);
  if (found.length === 0) return of(known);
  const between = Math.max(1e-12, 1 - sampling - concentration + 1 / all);
  const rest = found.reduce((left, { value }) => {
    const along = Math.max(0, value - sampling + 1 / all) / between;
    const whole = value / Math.max(1e-12, 1 - concentration);
    return { df: left.df - 1, trace: left.trace - along, measured: left.measured - whole, squared: left.squared - whole * whole };
  }, known);
  // An estimated direction is off its own by about df/C of the rest: so much of the movement along it is seen across it.
  const leak = (found.length * rest.measured * (df / rest.df)) / used.length;
  const across = of({ ...rest, trace: Math.max(0, rest.trace) + leak, measured: rest.measured + leak });
  return { ...of(known), main: { directions: found.map(({ direction }) => direction), rest: { ...across, least: 1 } } };
}

interface Totals {
  df: number;
  trace: number;
  measured: number;
  /** tr Λ². */
  squared: number;
}

function dispersionOf(
  { df, trace, measured, squared }: Totals,
  { least, freedom, sampling, concentration }: { least: number; freedom: number; sampling: number; concentration: number },
): Dispersion {
  const traceSquared = clamp(squared - 2 * sampling * trace - sampling * sampling * df, (trace * trace) / df, trace * trace);
  const degrees = clamp(squared > 0 ? (measured * measured) / squared : df, 1, df) * freedom;
  return { least, trace, traceSquared, measured, degrees, concentration, main: null };
}

/** Eigenvectors of the chunks' covariance whose eigenvalues stand out of the others' chance spread, (1 + √(df/C))² times their mean (Marchenko & Pastur 1967). */
function mainDirections(matrix: Float64Array, df: number, chunks: number): { direction: Float64Array; value: number }[] {
  const size = df + 1;
  if (chunks < CHUNKS_PER_GROUP * size) return [];
  const found: { direction: Float64Array; value: number }[] = [];
  const left = matrix.slice();
  let trace = 0;
  for (let j = 0; j < size; j++) trace += left[j * size + j]!;
  const edge = STRONG * (1 + Math.sqrt(df / chunks)) ** 2;
  while (found.length < Math.min(MOST, Math.floor(df / 2))) {
    const { direction, value } = largest(left, size);
    const others = (trace - value) / (df - found.length - 1);
    if (!(value > edge * others)) break;
    found.push({ direction, value });
    trace -= value;
    for (let j = 0; j < size; j++) for (let l = 0; l < size; l++) left[j * size + l]! -= value * direction[j]! * direction[l]!;
  }
  return found;
}

const ITERATIONS = 60;

/** The largest eigenvalue of a symmetric matrix and its vector, by power iteration from the longest column. */
function largest(matrix: Float64Array, size: number): { direction: Float64Array; value: number } {
  let start = 0;
  for (let j = 1; j < size; j++) if (matrix[j * size + j]! > matrix[start * size + start]!) start = j;
  let direction = matrix.slice(start * size, (start + 1) * size);
  let value = 0;
  for (let i = 0; i < ITERATIONS; i++) {
    const length = Math.sqrt(squaredLength(direction));
    if (!(length > 0)) return { direction, value: 0 };
    direction = direction.map((entry) => entry / length);
    const next = new Float64Array(size);
    for (let j = 0; j < size; j++) for (let l = 0; l < size; l++) next[j]! += matrix[j * size + l]! * direction[l]!;
    const before = value;
    value = product(direction, next);
    if (Math.abs(value - before) < 1e-9 * value) break;
    direction = next;
  }
  const length = Math.sqrt(squaredLength(direction));
  return { direction: direction.map((entry) => entry / length), value };
}

/** The variance of the difference between a window of `now` rows, which has the part `carried` of T, and the baseline of `before`, over p(1 − p); `df` = groups − 1. */
export function noiseAt(now: number, before: number, df: number, spread: Dispersion | null, carried = 1): Noise {
  const sampling = 1 / now + 1 / before;
  if (spread === null) return { variance: sampling, dispersion: 1, df, freedom: Number.POSITIVE_INFINITY };
  const between = carried * (1 - 1 / now) + spread.concentration - 1 / before;
  const trace = df * sampling + between * spread.trace;
  const square = df * sampling ** 2 + 2 * sampling * between * spread.trace + between ** 2 * spread.traceSquared;
  const freedom = spread.degrees * (trace / (between * spread.measured)) ** 2;
  return {
    variance: trace / df,
    dispersion: trace / df / sampling,
    df: Math.min(df, Math.max(1, trace ** 2 / square)),
    freedom: Math.max(spread.least, freedom),
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

/** tr Λ² without bias from ‖Σ z zᵀ‖² and tr S, S the sample covariance with `freedom` degrees of freedom (Bai & Saranadasa 1996, eq. 4.2). */
function traceOfSquare(squares: number, freedom: number, trace: number): number {
  if (freedom < 2) return trace * trace;
  const frobenius = squares * ((freedom + 1) / freedom) ** 2;
  return (freedom * freedom * (frobenius - (trace * trace) / freedom)) / ((freedom + 2) * (freedom - 1));
}

/** Σ z zᵀ. */
function momentsOf(vectors: Float64Array[], size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (const z of vectors) for (let j = 0; j < size; j++) for (let l = 0; l <= j; l++) matrix[j * size + l]! += z[j]! * z[l]!;
  for (let j = 0; j < size; j++) for (let l = 0; l < j; l++) matrix[l * size + j] = matrix[j * size + l]!;
  return matrix;
}

/** ‖Σ z zᵀ‖² by the pairs of chunks. */
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
