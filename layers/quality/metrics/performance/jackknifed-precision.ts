import type { LabelledScores } from '../../math/intervals/index.ts';
import { total } from '../../math/total.ts';

/** What leaving out each row in turn tells of average precision. */
export interface Jackknife {
  value: number;
  positives: number;
  /** (n − 1) Σ gap/n, gap the change when a row is left out: how much too high the value is. */
  bias: number;
  variance: number;
  /** Degrees of freedom the variance is known with: 2/(Σ gap⁴/(Σ gap²)² − 1/n), few where a few rows carry it. */
  freedom: number;
}

/**
 * The delete-one jackknife of average precision over n rows, by score: all n leavings-out in one pass, for a row that goes lowers the counts of
 * its own score and of all below by one. Rows of a score count as often as they occur; weights as rows. Its variance is on the high side (Efron
 * & Stein 1981). Null without positives; a single positive is never left out. Efron (1982), doi:10.1137/1.9781611970319.
 */
export function jackknifedPrecision({ positives, negatives }: LabelledScores): Jackknife | null {
  const [hits, misses] = [total(positives), total(negatives)];
  if (!(hits > 0)) return null;
  let [found, missed, whole] = [hits, misses, 0];
  for (let i = 0; i < positives.length; i++) {
    whole += positives[i]! * share(found, missed);
    found -= positives[i]!;
    missed -= negatives[i]!;
  }
  const value = whole / hits;
  const gaps = { first: 0, second: 0, fourth: 0 };
  const leaveOut = (rows: number, sum: number, left: number): void => {
    const gap = sum / left - value;
    gaps.first += rows * gap;
    gaps.second += rows * gap * gap;
    gaps.fourth += rows * gap ** 4;
  };
  [found, missed] = [hits, misses];
  // Sums over the scores so far, from the lowest: as they are, with a positive less, with a negative less.
  let [asIs, lessHit, lessMiss] = [0, 0, 0];
  for (let i = 0; i < positives.length; i++) {
    const [hit, miss] = [positives[i]!, negatives[i]!];
    asIs += hit * share(found, missed);
    if (hit > 0 && hits > 1) leaveOut(hit, whole - asIs + lessHit + (hit - 1) * share(found - 1, missed), hits - 1);
    if (miss > 0) leaveOut(miss, whole - asIs + lessMiss + hit * share(found, missed - 1), hits);
    lessHit += hit * share(found - 1, missed);
    lessMiss += hit * share(found, missed - 1);
    found -= hit;
    missed -= miss;
  }
  return { value, positives: hits, ...spreadOf(gaps, hits + misses) };
}

/** Precision of so many found and missed; counts that rounding or weights took below 0 are none. */
function share(found: number, missed: number): number {
  const hits = Math.max(0, found);
  return hits > 0 ? hits / (hits + Math.max(0, missed)) : 0;
}

function spreadOf(gaps: { first: number; second: number; fourth: number }, rows: number): Omit<Jackknife, 'value' | 'positives'> {
  const mean = gaps.first / rows;
  const tails = gaps.second > 0 ? gaps.fourth / gaps.second ** 2 - 1 / rows : 0;
  return {
    bias: (rows - 1) * mean,
    variance: Math.max(0, ((rows - 1) / rows) * (gaps.second - rows * mean * mean)),
    freedom: tails > 0 ? 2 / tails : 0,
  };
}
