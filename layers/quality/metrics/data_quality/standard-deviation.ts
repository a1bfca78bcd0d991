import { noValue, type Outcome } from '../outcome.ts';
import type { CentralMoments } from './central-moments.ts';

/** Population standard deviation (ddof 0) of the finite values: √(m2/n). Range [0, ∞); 0 for one value; null without any. */
export const standardDeviation = ({ count, m2 }: Pick<CentralMoments, 'count' | 'm2'>): Outcome =>
  count > 0 ? { value: Math.sqrt(Math.max(0, m2) / count) } : noValue('no finite values');
