import { gammaP } from './gamma-tail.ts';
import { bracketedRoot } from './intervals/bracketed-root.ts';

const known = new Map<string, number>();

/** The value that a χ² variable of k degrees of freedom stays below with a probability within 0 and 1; the root of P(k/2, x/2). */
export function chiSquaredQuantile(probability: number, freedom: number): number {
  const key = `${probability} ${freedom}`;
  let found = known.get(key);
  if (found === undefined) {
    const far = freedom + 40 * Math.sqrt(2 * freedom) + 100;
    known.set(key, (found = bracketedRoot((x) => gammaP(freedom / 2, x / 2), probability, 0, far)));
  }
  return found;
}
