import { formatNumber, formatShare } from '../contract/format.ts';
import { delong } from '../math/intervals/index.ts';
import { brierScore } from '../metrics/accuracy/index.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import { explains, shares } from './explains.ts';
import type { Worse } from './why-worse.ts';

/** A fall of the area under the curve that does not warn. */
const ALIKE = 0.02;

interface Rates {
  /** Shares of the rows: positive labels, positive predictions, and those falsely taken for either. */
  labels: number;
  predictions: number;
  falsePositives: number;
  falseNegatives: number;
  recall: number;
  fallout: number;
}

function ratesOf({ counts: { tp, fp, fn, tn } }: Slice): Rates {
  const all = tp + fp + fn + tn;
  return {
    ...{ labels: (tp + fn) / all, predictions: (tp + fp) / all, falsePositives: fp / all, falseNegatives: fn / all },
    ...{ recall: tp / (tp + fn), fallout: fp / (fp + tn) },
  };
}

/** What made a metric of two classes worse. */
export function whyBinary({ metric, now, before }: Worse): string | null {
  const [rates, then] = [ratesOf(now), ratesOf(before)];
  if (metric === 'accuracy') return whyAccuracy(rates, then);
  if (metric === 'precision') return whyPrecision(rates, then);
  const areas = areasOf(now, before);
  if (areas === null) return null;
  if (metric === 'brier_score') return whyScores(now, before, areas);
  if (metric === 'recall') return whyDecisions(areas, [rates.predictions, then.predictions], 'fewer');
  return metric === 'specificity' ? whyDecisions(areas, [rates.predictions, then.predictions], 'more') : null;
}

function whyAccuracy(now: Rates, before: Rates): string | null {
  const [positives, negatives] = [now.falsePositives - before.falsePositives, now.falseNegatives - before.falseNegatives];
  if (explains(positives, positives + negatives))
    return `more rows are falsely taken for positive (${shares(now.falsePositives, before.falsePositives)})`;
  if (explains(negatives, positives + negatives))
    return `more rows are falsely taken for negative (${shares(now.falseNegatives, before.falseNegatives)})`;
  return null;
}

/** Of how many labels are positive, how many negatives are taken for positive and how many positives are found, each is changed alone. */
function whyPrecision(now: Rates, before: Rates): string | null {
  const precision = ({ labels, recall, fallout }: Rates): number => (labels * recall) / (labels * recall + (1 - labels) * fallout);
  const was = precision(before);
  const fallBy = (changed: Partial<Rates>): number => was - precision({ ...before, ...changed });
  const fall = fallBy(now);
  if (explains(fallBy({ labels: now.labels }), fall)) return `fewer of the labels are positive (${shares(now.labels, before.labels)})`;
  if (explains(fallBy({ fallout: now.fallout }), fall))
    return `more of the negatives are taken for positive (${shares(now.fallout, before.fallout)})`;
  if (explains(fallBy({ recall: now.recall }), fall)) return `fewer of the positives are found (${shares(now.recall, before.recall)})`;
  return null;
}

type Scored = NonNullable<Slice['scored']>;

/** Areas under the curve: whether they fell by more than chance, and in words. */
interface Areas {
  fall: number;
  chance: number;
  words: string;
}

function areasOf(...slices: [now: Slice, before: Slice]): Areas | null {
  const [now, before] = slices.map(({ scored, scale }) => {
    const { value = null, variance = null } = scored === null ? {} : delong(scored);
    return value === null || variance === null ? null : { value, variance: variance / scale };
  });
  if (now == null || before == null) return null;
  return {
    fall: before.value - now.value,
    chance: 2 * Math.sqrt(now.variance + before.variance),
    words: `ROC AUC ${formatNumber(now.value)}, was ${formatNumber(before.value)}`,
  };
}

const tellLess = ({ fall, chance, words }: Areas): string | null =>
  fall > Math.max(ALIKE, chance) ? `the scores tell the classes apart less well (${words})` : null;

/** Where the scores rank as they did, what fell is no skill of the model's but where it decides. */
function whyDecisions(areas: Areas, [predictions, were]: [number, number], which: 'fewer' | 'more'): string | null {
  if (areas.fall > ALIKE) return tellLess(areas);
  if (which === 'fewer' ? predictions >= were : predictions <= were) return null;
  return `the scores rank as before (${areas.words}), but ${which} rows are predicted positive (${shares(predictions, were)})`;
}

/**
 * Scores that rank worse, that promise too much or too little, or labels that are harder to foresee by scores as right as before (the Brier score of the best
 * constant): what is the model's comes first.
 */
function whyScores(now: Slice, before: Slice, areas: Areas): string | null {
  const less = tellLess(areas);
  if (less !== null) return less;
  const [means, then] = [meansOf(now.scored!), meansOf(before.scored!)];
  const chance = 2 * Math.sqrt(spreadOf(means) / (means.rows * now.scale));
  if (Math.abs(means.promised - means.came) > Math.abs(then.promised - then.came) + Math.max(ALIKE, chance))
    return `the scores promise ${formatShare(means.promised)} positive labels and ${formatShare(means.came)} came, were ${formatShare(then.promised)} and ${formatShare(then.came)}`;
  const rise = brierScore(now.scored!).value! - brierScore(before.scored!).value!;
  return explains(spreadOf(means) - spreadOf(then), rise)
    ? `labels are harder to foresee (${shares(means.came, then.came)} positive)`
    : null;
}

const spreadOf = ({ came }: Means): number => came * (1 - came);

interface Means {
  rows: number;
  promised: number;
  came: number;
}

function meansOf({ scores, positives, negatives }: Scored): Means {
  let [rows, sum, hits] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const weight = positives[i]! + negatives[i]!;
    rows += weight;
    sum += weight * scores[i]!;
    hits += positives[i]!;
  }
  return { rows, promised: sum / rows, came: hits / rows };
}
