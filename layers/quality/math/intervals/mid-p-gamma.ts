import { gammaP } from '../gamma-tail.ts';
import { bracketedRoot } from './bracketed-root.ts';
import type { Interval } from './interval.ts';

/** How far up an end is looked for, in standard deviations. */
const FAR = 60;

/**
 * Interval of a mean of skewed values ≥ 0, a few of which carry most of it (losses of rare positives): the quantiles of an even mixture of two gamma laws,
 * one of the mean and its variance, one with one more value of the given part of the mean: mean + part, variance + part². For counts it is the mid-p
 * version of the exact Poisson interval. Fay & Kim (2017), doi:10.1002/bimj.201600111; Fay & Feuer (1997).
 */
export function midPGamma(mean: number, variance: number, part: number, confidence = 0.95): Interval {
  const more = { mean: mean + part, variance: variance + part * part };
  const below = (x: number): number => (gammaBelow(x, mean, variance) + gammaBelow(x, more.mean, more.variance)) / 2;
  const most = more.mean + FAR * Math.sqrt(more.variance);
  const [low, high] = [(1 - confidence) / 2, (1 + confidence) / 2].map((p) => bracketedRoot(below, p, 0, most));
  return [Math.min(mean, low!), Math.max(mean, high!)];
}

/** P(G ≤ x) of the gamma law of a mean and a variance; of a constant where the variance is 0. */
const gammaBelow = (x: number, mean: number, variance: number): number =>
  mean > 0 && variance > 0 ? gammaP((mean * mean) / variance, (x * mean) / variance) : x >= mean ? 1 : 0;
