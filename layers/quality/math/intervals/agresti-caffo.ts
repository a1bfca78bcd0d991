import { type Estimated, NO_ROWS_ON_A_SIDE, noEstimate } from './interval.ts';
import { waldDifference } from './wald-difference.ts';

/**
 * Difference of two independent shares, first less second, with Agresti and Caffo's interval: Wald's after adding a hit and a miss to each
 * side, so that it is not centred on the difference. Not held within [−1, 1]; null without rows on a side.
 * Agresti & Caffo (2000), doi:10.1080/00031305.2000.10474560.
 */
export function agrestiCaffo(hits1: number, rows1: number, hits2: number, rows2: number, confidence = 0.95): Estimated {
  if (!(rows1 > 0 && rows2 > 0)) return noEstimate(NO_ROWS_ON_A_SIDE);
  const { interval } = waldDifference(hits1 + 1, rows1 + 2, hits2 + 1, rows2 + 2, confidence);
  return { value: hits1 / rows1 - hits2 / rows2, interval };
}
