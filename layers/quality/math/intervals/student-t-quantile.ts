import { studentTSf } from '../student-t.ts';
import { bracketedRoot } from './bracketed-root.ts';

/** t with P(|T| ≤ t) = confidence of Student's law with `df` degrees of freedom (need not be whole), by a bracketed root. Range [0, ∞). */
export function studentTOf(confidence: number, df: number): number {
  const tail = (1 - confidence) / 2;
  let most = 2;
  while (studentTSf(most, df) > tail) most *= 2;
  return bracketedRoot((t) => -studentTSf(t, df), -tail, 0, most);
}
