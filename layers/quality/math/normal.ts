import erfc from '@stdlib/math-base-special-erfc';

/** P(Z ≤ z) of the standard normal law: erfc(−z/√2)/2, accurate in the lower tail. Range [0, 1]. */
export const normalCdf = (z: number): number => 0.5 * erfc(-z * Math.SQRT1_2);

/** P(Z ≥ z): erfc(z/√2)/2, accurate in the upper tail. Range [0, 1]. */
export const normalSf = (z: number): number => 0.5 * erfc(z * Math.SQRT1_2);
