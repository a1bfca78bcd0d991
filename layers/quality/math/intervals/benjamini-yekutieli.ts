import { stepUp } from './step-up.ts';

/**
 * Benjamini and Yekutieli's adjustment: factor (1 + 1/2 + … + 1/m)·m/i for the i-th smallest of m. Holds the share of false alarms among all
 * alarms whatever the dependence. Benjamini & Yekutieli (2001), doi:10.1214/aos/1013699998.
 */
export function benjaminiYekutieli(pValues: readonly (number | null)[]): (number | null)[] {
  let sum = 0;
  let terms = 0;
  return stepUp(pValues, (rank, tests) => {
    while (terms < tests) sum += 1 / ++terms;
    return (sum * tests) / rank;
  });
}
