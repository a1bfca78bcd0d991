import { gammaQ } from './gamma-tail.ts';

/** P(X ≤ k) for X ~ Poisson(mean): Q(⌊k⌋ + 1, mean). Range [0, 1]; 0 below 0. */
export const poissonCdf = (k: number, mean: number): number => (k < 0 ? 0 : gammaQ(Math.floor(k) + 1, mean));
