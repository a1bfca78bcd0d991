import { gammaQ } from './gamma-tail.ts';

/** P(X ≥ x) of the chi-squared law with `df` degrees of freedom (need not be whole): Q(df/2, x/2). Range [0, 1]. */
export const chiSquaredSf = (x: number, df: number): number => gammaQ(df / 2, x / 2);
