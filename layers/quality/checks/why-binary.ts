import { groupRate } from '../metrics/fairness/index.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import { byThreshold } from './by-threshold.ts';
import { explains, shares } from './explains.ts';
import { ALIKE, type Areas, areasOf, tellLess } from './score-areas.ts';
import { harder, promisedAndCame, promises, spreadTooFar } from './why-scores.ts';
import type { Worse } from './why-worse.ts';

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
  const areas = areasOf(now, before);
  const turned = (areas?.turned ? `the scores rank the wrong way round (${areas.words})` : null) ?? turnedAbout(rates, then);
  if (turned !== null) return turned;
  if (metric === 'accuracy') return whyAccuracy(rates, then);
  if (metric === 'precision') return whyPrecision(rates, then);
  if (metric === 'observed_over_expected') return promisedAndCame(now, before);
  if (areas === null) return null;
  // What is the model's comes first.
  if (metric === 'brier_score')
    return promises(now, before, ALIKE) ?? spreadTooFar(now, before) ?? tellLess(areas) ?? harder(now, before, ALIKE);
  return metric === 'recall' || metric === 'specificity' ? whyDecisions(metric, areas, now, rates, then) : null;
}

/** Predictions that are as they were once each is taken for the other. */
function turnedAbout(now: Rates, before: Rates): string | null {
  const [recall, fallout] = [1 - now.recall, 1 - now.fallout];
  const off = Math.max(Math.abs(recall - before.recall), Math.abs(fallout - before.fallout));
  const moved = Math.max(Math.abs(now.recall - before.recall), Math.abs(now.fallout - before.fallout));
  if (!(off < AS_BEFORE && moved > FAR)) return null;
  return `predictions are turned about: each taken for the other, recall would be ${shares(recall, before.recall)}, and specificity ${shares(1 - fallout, 1 - before.fallout)}`;
}

/** Between rates that are as they were, and between others. */
const [AS_BEFORE, FAR] = [0.05, 0.3];

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

/**
 * Where a threshold on the scores that predicts as many rows positive would have made most of the fall, and as many hits, what fell is where the model decides:
 * no skill of its where the scores rank as they did, or would have kept most of it with as many positive predictions as before. Predictions that do not follow
 * the scores lose more.
 */
function whyDecisions(metric: 'recall' | 'specificity', areas: Areas, { scored }: Slice, now: Rates, before: Rates): string | null {
  const [way, which] = metric === 'recall' ? [-1, 'fewer'] : [1, 'more'];
  const [rate, other] = metric === 'recall' ? (['recall', 'fallout'] as const) : (['fallout', 'recall'] as const);
  const fall = way * (now[rate] - before[rate]);
  const chosen = byThreshold(scored!, now.chosen);
  // Among the rows with a label more may be predicted positive because others have none.
  const moved = explains(way * (now.predictions - before.predictions), way * (now.chosen - before.chosen));
  const follows = explains(way * (chosen[rate] - before[rate]), fall) && way * (chosen[other] - now[other]) < UNLIKE;
  const worse = areas.fall > ALIKE;
  if (!moved || !follows || (worse && !explains(way * (now[rate] - byThreshold(scored!, before.chosen)[rate]), fall)))
    return worse ? tellLess(areas) : null;
  const words = `${which} rows are predicted positive (${shares(now.predictions, before.predictions)})`;
  const rank = areas.fall < -ALIKE ? 'no worse than before' : 'as before';
  return worse ? words : `the scores rank ${rank} (${areas.words}), but ${words}`;
}

/** Between a rate of predictions and that of a threshold. */
const UNLIKE = 0.1;
