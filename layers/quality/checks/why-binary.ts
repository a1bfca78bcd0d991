import { formatNumber } from '../contract/format.ts';
import { delong } from '../math/intervals/index.ts';
import { groupRate } from '../metrics/fairness/index.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import { byThreshold } from './by-threshold.ts';
import { explains, shares } from './explains.ts';
import { harder, promisedAndCame, promises, spreadTooFar } from './why-scores.ts';
import type { Worse } from './why-worse.ts';

/** A fall of the area under the curve that does not warn. */
const ALIKE = 0.02;

interface Rates {
  /** Share of all predictions, those of rows without a label too, that are positive. */
  predictions: number;
  /** Shares of the rows with label and prediction: positive labels and predictions, and those falsely taken for either. */
  labels: number;
  chosen: number;
  falsePositives: number;
  falseNegatives: number;
  recall: number;
  fallout: number;
}

function ratesOf({ counts }: Slice): Rates {
  const { tp, fp, fn, tn } = counts;
  const all = tp + fp + fn + tn;
  return {
    ...{ labels: (tp + fn) / all, predictions: groupRate(counts, 'selection_rate').value ?? Number.NaN },
    ...{ chosen: (tp + fp) / all, falsePositives: fp / all, falseNegatives: fn / all },
    // Of no labels none is found.
    ...{ recall: tp / Math.max(tp + fn, Number.MIN_VALUE), fallout: fp / Math.max(fp + tn, Number.MIN_VALUE) },
  };
}

/** What made a metric of two classes worse. */
export function whyBinary({ metric, now, before }: Worse): string | null {
  const [rates, then] = [ratesOf(now), ratesOf(before)];
  if (metric === 'accuracy') return whyAccuracy(rates, then);
  if (metric === 'precision') return whyPrecision(rates, then);
  if (metric === 'observed_over_expected') return promisedAndCame(now, before);
  const areas = areasOf(now, before);
  if (areas === null) return null;
  // What is the model's comes first.
  if (metric === 'brier_score')
    return promises(now, before, ALIKE) ?? spreadTooFar(now, before) ?? tellLess(areas) ?? harder(now, before, ALIKE);
  return metric === 'recall' || metric === 'specificity' ? whyDecisions(metric, areas, now, rates, then) : null;
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
  const parts: [keyof Rates, string][] = [
    ['labels', 'fewer of the labels are positive'],
    ['fallout', 'more of the negatives are taken for positive'],
    ['recall', 'fewer of the positives are found'],
  ];
  const [most] = parts.map(([rate, words]) => ({ rate, words, fall: fallBy({ [rate]: now[rate] }) })).sort((a, b) => b.fall - a.fall);
  return explains(most!.fall, fallBy(now)) ? `${most!.words} (${shares(now[most!.rate], before[most!.rate])})` : null;
}

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

/**
 * Where the scores rank as they did, what fell is no skill of the model's but where it decides: a threshold that predicts as many rows positive would have made
 * most of the fall. Predictions that do not follow the scores lose more.
 */
function whyDecisions(metric: 'recall' | 'specificity', areas: Areas, { scored }: Slice, now: Rates, before: Rates): string | null {
  if (areas.fall > ALIKE) return tellLess(areas);
  const [way, which] = metric === 'recall' ? [-1, 'fewer'] : [1, 'more'];
  const rate = metric === 'recall' ? 'recall' : 'fallout';
  const chosen = byThreshold(scored!, now.chosen);
  // Among the rows with a label more may be predicted positive because others have none.
  if (!explains(way * (now.predictions - before.predictions), way * (now.chosen - before.chosen))) return null;
  if (!explains(way * (chosen[rate] - before[rate]), way * (now[rate] - before[rate]))) return null;
  const rank = areas.fall < -ALIKE ? 'no worse than before' : 'as before';
  return `the scores rank ${rank} (${areas.words}), but ${which} rows are predicted positive (${shares(now.predictions, before.predictions)})`;
}
