import { studentTSf } from '../student-t.ts';
import { bisect } from './bisect.ts';

/** t with P(|T| ≤ t) = confidence of Student's law with `df` degrees of freedom (need not be whole), by bisection. Range [0, ∞). */
export function studentTOf(confidence: number, df: number): number {
  const tail = (1 - confidence) / 2;
  let most = 2;
  while (studentTSf(most, df) > tail) most *= 2;
  return bisect((t) => -studentTSf(t, df), -tail, 0, most);
}
