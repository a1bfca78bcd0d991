import { noValue, type Outcome } from '../outcome.ts';
import type { CentralMoments } from './central-moments.ts';

/** Sum of the finite values, count times mean; null without any. */
export const sum = ({ count, mean }: Pick<CentralMoments, 'count' | 'mean'>): Outcome =>
  count > 0 ? { value: count * mean } : noValue('no finite values');
