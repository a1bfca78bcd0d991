import { bracketedRoot } from './intervals/bracketed-root.ts';
import { normalCdf } from './normal.ts';

const STEPS = 32;
const FARTHEST = 9;

/**
 * P(R ≤ r) of the range R, largest less smallest, of k independent standard normals: k ∫ φ(z) (Φ(z) − Φ(z − r))^(k−1) dz over the largest, by the
 * trapezoidal rule in steps of 1/32, whose error is below 1e-12 for a smooth function that falls so fast. The studentized range with infinite degrees of
 * freedom. Tukey (1953); Harter (1960).
 */
export function normalRangeCdf(range: number, k: number): number {
  if (!(range > 0)) return 0;
  let sum = 0;
  for (let step = -FARTHEST * STEPS; step <= FARTHEST * STEPS; step++) {
    const z = step / STEPS;
    sum += Math.exp((-z * z) / 2) * (normalCdf(z) - normalCdf(z - range)) ** (k - 1);
  }
  return Math.min(1, (k * sum) / (STEPS * Math.sqrt(2 * Math.PI)));
}

const known = new Map<string, number>();

/** The range that k independent standard normals stay within with a probability below 1; 2 or more of them. */
export function normalRangeQuantile(probability: number, k: number): number {
  const key = `${probability} ${k}`;
  let range = known.get(key);
  if (range === undefined) known.set(key, (range = bracketedRoot((r) => normalRangeCdf(r, k), probability, 0, 2 * FARTHEST)));
  return range;
}
