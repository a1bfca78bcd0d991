import { calibrate } from './calibrate.ts';
import type { Isotonic } from './isotonic-regression.ts';
import type { MulticlassRows } from './multiclass-rows.ts';

/**
 * Probabilities of every class, rows × classes: each score through its class's map (as it is where there is none), then each row divided by its
 * sum; a row whose maps are all 0 has 1/classes for each. Range [0, 1], NaN where a score of a class without a map is negative. One-against-rest
 * calibration: Zadrozny & Elkan (2002), doi:10.1145/775047.775151; as NannyML 0.13.
 */
export function calibrateClasses({ classes, probabilities }: MulticlassRows, calibrations: readonly (Isotonic | null)[]): Float64Array {
  const calibrated = new Float64Array(probabilities.length);
  for (let from = 0; from < calibrated.length; from += classes) {
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const score = probabilities[from + k]!;
      const map = calibrations[k] ?? null;
      const value = map === null ? score : calibrate(map, score);
      calibrated[from + k] = value >= 0 ? value : Number.NaN;
      sum += calibrated[from + k]!;
    }
    for (let k = 0; k < classes; k++) calibrated[from + k] = sum === 0 ? 1 / classes : calibrated[from + k]! / sum;
  }
  return calibrated;
}
