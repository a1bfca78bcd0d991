import { stepUp } from './step-up.ts';

/**
 * Hochberg's step-up adjustment: factor m − i + 1 for the i-th smallest of m. Holds the chance of any false alarm where the tests are
 * independent or positively dependent. Hochberg (1988), doi:10.1093/biomet/75.4.800.
 */
export const hochberg = (pValues: readonly (number | null)[]): (number | null)[] => stepUp(pValues, (rank, tests) => tests - rank + 1);
