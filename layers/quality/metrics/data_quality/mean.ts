import { noValue, type Outcome } from '../outcome.ts';
import type { CentralMoments } from './central-moments.ts';

/** Mean of the finite values; null without any. */
export const mean = ({ count, mean }: Pick<CentralMoments, 'count' | 'mean'>): Outcome =>
  count > 0 ? { value: mean } : noValue('no finite values');
