import { bracketedRoot } from './intervals/bracketed-root.ts';
import { normalCdf } from './normal.ts';

const STEPS = 16;
const FARTHEST = 9;

/** ∫ φ(z) f(z) dz by the trapezoidal rule in steps of 1/16, whose error is below 1e-12 for a smooth function that falls so fast. */
function expected(f: (z: number) => number): number {
  let sum = 0;
  for (let step = -FARTHEST * STEPS; step <= FARTHEST * STEPS; step++) {
    const z = step / STEPS;
    sum += Math.exp((-z * z) / 2) * f(z);
  }
  return sum / (STEPS * Math.sqrt(2 * Math.PI));
}

/**
 * P(R ≤ r) of the range R, largest less smallest, of k independent standard normals: k ∫ φ(z) (Φ(z) − Φ(z − r))^(k−1) dz over the largest. The studentized
 * range with infinite degrees of freedom. Tukey (1953); Harter (1960).
 */
export function normalRangeCdf(range: number, k: number): number {
  if (!(range > 0)) return 0;
  return Math.min(1, k * expected((z) => (normalCdf(z) - normalCdf(z - range)) ** (k - 1)));
}

/**
 * P(S ≤ s) of the span S from the smallest of l independent standard normals up to the largest of h others, which may be negative:
 * h ∫ φ(z) Φ(z)^(h−1) Φ(s − z)^l dz over the largest. With h = 1, Dunnett's one-sided comparison with a control, all of one size and with infinite
 * degrees of freedom. Dunnett (1955), doi:10.1080/01621459.1955.10501294.
 */
export const normalSpanCdf = (span: number, highs: number, lows: number): number =>
  highs * expected((z) => normalCdf(z) ** (highs - 1) * normalCdf(span - z) ** lows);

/**
 * P(X − Xᵢ ≤ q √(s² + sᵢ²) for all i) of a normal X of deviation s and others of deviations sᵢ about the same mean, all independent:
 * ∫ φ(z) ∏ Φ((q √(s² + sᵢ²) − s z)/sᵢ) dz over z = X/s, where others hardly vary beside it to 0.004. Dunnett's one-sided comparison with a control, each of a
 * size of its own. Dunnett (1955).
 */
export function normalControlCdf(q: number, control: number, others: readonly number[]): number {
  return expected((z) => {
    let all = 1;
    for (const other of others) all *= normalCdf((q * Math.hypot(control, other) - control * z) / other);
    return all;
  });
}

const known = new Map<string, number>();

function knownRoot(key: string, cdf: (x: number) => number, probability: number): number {
  let root = known.get(key);
  if (root === undefined) known.set(key, (root = bracketedRoot(cdf, probability, -2 * FARTHEST, 2 * FARTHEST)));
  return root;
}

/** The range that k independent standard normals stay within with a probability below 1; 2 or more of them. */
export const normalRangeQuantile = (probability: number, k: number): number =>
  knownRoot(`${probability} ${k}`, (range) => normalRangeCdf(range, k), probability);

/** The span that `highs` and `lows` independent standard normals stay within with a probability below 1. */
export const normalSpanQuantile = (probability: number, highs: number, lows: number): number =>
  knownRoot(`${probability} ${highs} ${lows}`, (span) => normalSpanCdf(span, highs, lows), probability);

/** By how many deviations of their difference one normal lies above each of the others at most, with a probability below 1. */
export const normalControlQuantile = (probability: number, control: number, others: readonly number[]): number =>
  bracketedRoot((q) => normalControlCdf(q, control, others), probability, -FARTHEST, FARTHEST);
