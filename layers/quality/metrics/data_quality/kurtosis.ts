import type { Outcome } from '../outcome.ts';
import { type CentralMoments, shapeOf } from './central-moments.ts';

/** Population excess kurtosis g2 = (m4/n)/(m2/n)² − 3 (scipy, Deequ; not pandas' G2). Range [−2, ∞); 0 for the normal; null for a constant or without values. */
export const kurtosis = (moments: CentralMoments): Outcome =>
  shapeOf(moments, (variance) => moments.m4 / moments.count / (variance * variance) - 3);
