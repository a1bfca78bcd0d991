import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { weightOf } from './group-counts.ts';
import { emptySide, type Reading } from './reading.ts';

/**
 * CI, class imbalance: (nₐ − n_d)/(nₐ + n_d), n_d the rows of the facet, nₐ the others. Range (−1, 1); 0 for equal sizes, positive when the facet
 * is the smaller. Null when a side has no rows. Das et al. (2021), Fairness Measures for Machine Learning in Finance.
 */
export function classImbalance(split: Split, reading: Reading = 'default'): Outcome {
  const [rest, facet] = [weightOf(split.rest), weightOf(split.facet)];
  return emptySide(split, reading) ?? { value: (rest - facet) / (rest + facet) };
}
