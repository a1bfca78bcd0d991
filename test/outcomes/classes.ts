import { FLAGS } from './judge.ts';
import { changed, type LoanRow } from './rows.ts';

export const CLASSES = ['a', 'b', 'c'];
export const OF_CLASSES = { ...FLAGS, score: CLASSES.map((name) => `p_${name}=${name}`) };

/** Three classes with a score each, right in the share that the scores say. */
export const ofClasses = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(rows, ({ score, label }, i) => {
    const first = 0.4 + score / 2;
    const predicted = i % 3;
    const right = label === 1 ? i % 10 < 8 : i % 10 < 5;
    return {
      prediction: CLASSES[predicted],
      label: CLASSES[right ? predicted : (predicted + 1) % 3],
      ...Object.fromEntries(CLASSES.map((name, k) => [`p_${name}`, k === predicted ? first : (1 - first) / 2])),
    };
  });
