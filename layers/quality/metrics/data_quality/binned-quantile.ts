import { total } from '../../math/total.ts';
import { noValue, type Outcome } from '../outcome.ts';

/**
 * Quantile of values known by counts in bins (edges[i − 1] ≤ x < edges[i], outer bins out to minimum and maximum): the bin that holds rank (n − 1)p,
 * linear inside it. `error` is the larger way to that bin's ends (to both bins' ends where the rank lies between two); exact at p = 0 and 1.
 */
export function binnedQuantile(edges: ArrayLike<number>, counts: ArrayLike<number>, minimum: number, maximum: number, p: number): Outcome {
  const rows = total(counts);
  if (!(rows > 0)) return noValue('no finite values');
  if (p <= 0 || p >= 1) return { value: p <= 0 ? minimum : maximum };
  const ends = (bin: number): [number, number] => [
    bin === 0 ? minimum : Math.max(minimum, edges[bin - 1]!),
    bin === edges.length ? maximum : Math.min(maximum, edges[bin]!),
  ];
  const rank = (rows - 1) * p;
  let below = 0;
  let bin = 0;
  while (below + counts[bin]! <= Math.floor(rank)) below += counts[bin++]!;
  const [low, high] = ends(bin);
  let upper = high;
  if (rank > below + counts[bin]! - 1) {
    let next = bin + 1;
    while (next < counts.length - 1 && !(counts[next]! > 0)) next++;
    upper = ends(Math.min(next, edges.length))[1];
  }
  const value = low + (high - low) * Math.min(1, (rank - below + 0.5) / counts[bin]!);
  return { value, error: Math.max(value - low, upper - value) };
}
