import { formatNumber } from '../contract/format.ts';
import { delong } from '../math/intervals/index.ts';
import type { Slice } from '../metrics/performance/slice.ts';

/** A fall of the area under the curve that does not warn. */
export const ALIKE = 0.02;

/** Areas under the curve: whether they fell by more than chance, and in words. */
export interface Areas {
  fall: number;
  chance: number;
  words: string;
  /** Whether scores rank surely the wrong way that surely ranked the right one. */
  turned: boolean;
}

export function areasOf(...slices: [now: Slice, before: Slice]): Areas | null {
  const [now, before] = slices.map(({ scored, scale }) => {
    const { value = null, variance = null } = scored === null ? {} : delong(scored);
    return value === null || variance === null ? null : { value, variance: variance / scale };
  });
  if (now == null || before == null) return null;
  return {
    fall: before.value - now.value,
    chance: 2 * Math.sqrt(now.variance + before.variance),
    words: `ROC AUC ${formatNumber(now.value)}, was ${formatNumber(before.value)}`,
    turned: 0.5 - now.value > FURTHER * Math.sqrt(now.variance) && before.value - 0.5 > FURTHER * Math.sqrt(before.variance),
  };
}

/** Standard errors from an area of one half. */
const FURTHER = 4;

export const tellLess = ({ fall, chance, words }: Areas): string | null =>
  fall > Math.max(ALIKE, chance) ? `the scores tell the classes apart less well (${words})` : null;
