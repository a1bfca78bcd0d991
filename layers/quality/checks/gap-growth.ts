import type { Measurement } from './check.ts';
import { compareMeans, type Sampled } from './compare-means.ts';

/** Whether a gap lies further from 0 than the baseline's, on the side where it lies now; either side would do, so the p-value is twice that. Null where there is too little weight to say. */
export function gapGrowth(current: Sampled, baseline: Sampled, chunks: readonly Sampled[], timeless?: boolean): Measurement | null {
  const sign = Math.sign(current.value) || 1;
  const turned = ({ value, ...rest }: Sampled): Sampled => ({ ...rest, value: sign * value });
  const { pValue } = compareMeans(turned(current), turned(baseline), chunks.map(turned), 'above', timeless);
  if (pValue === null) return null;
  const effect = Math.abs(current.value) - Math.abs(baseline.value);
  return { value: current.value, expected: baseline.value, effect, pValue: Math.min(1, 2 * pValue) };
}
