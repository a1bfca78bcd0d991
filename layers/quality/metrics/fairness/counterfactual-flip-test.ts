import { type Interval, pairedDifference } from '../../math/intervals/index.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { type FlipRows, type Points, pointsOf, standardised } from './flip-rows.ts';
import { NearestPoints } from './nearest.ts';
import type { Reading } from './reading.ts';

/** More rows than this are refused: draw a sample first, by hash of the row so that it does not depend on order, and say so. */
export const FLIP_TEST_ROWS = 100_000;
/** Neighbours asked; one where there are too few rows outside the facet. */
const NEIGHBOURS = 5;
const FEW_ROWS = 9;

/** The interval is over the facet's rows, the others being as they are. */
export type Flips = Outcome & { interval?: Interval | null };

/**
 * FT, counterfactual flip test: (F⁺ − F⁻)/n_d. F⁺ of the facet's rows are chosen though most of the 5 nearest other rows are not, F⁻ the reverse
 * (one neighbour if there are at most 9 other rows). Range [−1, 1]; negative when the facet is refused what its like get. Exact Euclidean k-NN.
 * By default features are standardised, rows tied for the last places share them, and an even vote flips nothing: neither units nor the order of
 * rows matter. Clarify takes features as they are; of tied rows the first. Null without rows on a side, without features, for features that are
 * not finite, and above 100,000 rows. Black, Yeom & Fredrikson (2020), FlipTest, approximated by neighbours as in Clarify.
 */
export function counterfactualFlipTest(rows: FlipRows, reading: Reading = 'default'): Flips {
  const problem = problemOf(rows, reading);
  if (problem !== null) return noValue(problem);
  const given = reading === 'clarify' ? rows : standardised(rows);
  const [others, facet] = [pointsOf(given, false, reading), pointsOf(given, true, reading)];
  const tree = new NearestPoints(others.points, rows.width, others.size);
  const count = sum(others.rows);
  const k = count > FEW_ROWS ? NEIGHBOURS : 1;
  let [chosen, refused] = [0, 0];
  for (let i = 0; i < facet.size; i++) {
    const query = facet.points.subarray(i * rows.width, (i + 1) * rows.width);
    const share = shareChosen(tree, others, query, k, reading);
    if (share < 0.5) chosen += facet.chosen[i]!;
    else if (share > 0.5) refused += facet.rows[i]! - facet.chosen[i]!;
  }
  const all = sum(facet.rows);
  return { value: (chosen - refused) / all, interval: pairedDifference(chosen, refused, all) };
}

/** The share of the k nearest rows that are chosen; those at the distance of the k-th fill the last places in equal parts. */
function shareChosen(tree: NearestPoints, { rows, chosen }: Points, query: Float64Array, k: number, reading: Reading): number {
  const near = tree.nearest(query, k);
  if (reading === 'clarify') return near.reduce((votes, { index }) => votes + chosen[index]!, 0) / near.length;
  let [reached, last] = [0, 0];
  for (const { index, squared } of near) {
    if (reached >= k) break;
    reached += rows[index]!;
    last = squared;
  }
  let [closer, votes, tied, tiedVotes] = [0, 0, 0, 0];
  tree.within(query, last * (1 + 1e-9), (index, squared) => {
    if (squared < last * (1 - 1e-9)) {
      closer += rows[index]!;
      votes += chosen[index]!;
    } else {
      tied += rows[index]!;
      tiedVotes += chosen[index]!;
    }
  });
  return (votes + (tiedVotes / tied) * (k - closer)) / k;
}

function problemOf({ features, width, inFacet }: FlipRows, reading: Reading): string | null {
  const sides = Array.from(inFacet, Boolean);
  if (!sides.includes(true)) return reading === 'clarify' ? 'Facet set is empty' : 'no rows in the facet';
  if (!sides.includes(false)) return reading === 'clarify' ? 'Negated facet set is empty' : 'no rows outside the facet';
  if (sides.length > FLIP_TEST_ROWS) return `more than ${FLIP_TEST_ROWS.toLocaleString('en-US')} rows`;
  if (width === 0) return 'no features';
  return features.every(Number.isFinite) ? null : 'features that are not finite numbers';
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
