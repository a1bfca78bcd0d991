import { total } from '../../math/total.ts';
import { noValue, type Outcome } from '../outcome.ts';

/** Shannon entropy of the present values, in nats: −Σ p ln p, plug-in. Range [0, ln(distinct)]; 0 for a constant; null without values. Shannon (1948). */
export function entropy(counts: ArrayLike<number>): Outcome {
  const rows = total(counts);
  if (!(rows > 0)) return noValue('no present values');
  let sum = 0;
  for (let j = 0; j < counts.length; j++) if (counts[j]! > 0) sum -= (counts[j]! / rows) * Math.log(counts[j]! / rows);
  return { value: Math.max(0, sum) };
}
