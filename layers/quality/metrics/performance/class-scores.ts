import { type ClassProbabilities, classScores, type ScoredCounts, topLabelCounts } from '../accuracy/index.ts';

const memoised = <T>(compute: (rows: ClassProbabilities) => T): ((rows: ClassProbabilities) => T) => {
  const known = new WeakMap<ClassProbabilities, { of: T }>();
  return (rows) => {
    let found = known.get(rows);
    if (found === undefined) known.set(rows, (found = { of: compute(rows) }));
    return found.of;
  };
};

/** The rows by the score of each class, against all others; sorted once for all that asks. */
export const scoresPerClass = memoised((rows): ScoredCounts[] => Array.from({ length: rows.classes }, (_, k) => classScores(rows, k)));

/** The rows by the score of their most probable class, right or not. */
export const topLabelScores = memoised(topLabelCounts);
