import type { Outcome } from '../outcome.ts';
import { type CentralMoments, shapeOf } from './central-moments.ts';

/** Population skewness g1 = (m3/n)/(m2/n)^1.5 (scipy, Deequ; not pandas' G1). 0 for symmetric; null for a constant or without values. Fisher (1930). */
export const skewness = (moments: CentralMoments): Outcome => shapeOf(moments, (variance) => moments.m3 / moments.count / variance ** 1.5);
