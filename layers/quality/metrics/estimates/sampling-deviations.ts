import { countBootstrap } from '../../math/intervals/count-bootstrap.ts';
import { delong } from '../../math/intervals/delong.ts';
import { total } from '../../math/total.ts';
import { CONFUSION, ESTIMATES, type EstimateId } from './estimate-performance.ts';
import { expectedAveragePrecision } from './expected-average-precision.ts';
import { expectedConfusion } from './expected-confusion.ts';
import { labelCounts } from './label-counts.ts';
import { joinCells, type ScoredRows } from './scored-rows.ts';

/** Deviation of one row's part in each estimate; null where the baseline cannot tell. */
export type Deviations = Record<EstimateId, number | null>;

const counts: ReadonlySet<string> = new Set(CONFUSION);
export const isCount = (id: EstimateId): boolean => counts.has(id);

/** Standard error of an estimate of so many rows: deviation/√rows, of counts deviation·√rows. */
export const samplingError = (id: EstimateId, deviation: number | null, rows: number): number | null =>
  deviation === null ? null : isCount(id) ? deviation * Math.sqrt(rows) : deviation / Math.sqrt(rows);

const ofShare = (share: number): number => Math.sqrt(share * (1 - share));

export interface DeviationOptions {
  /** Of the bootstrap. */
  seed: string;
  rounds?: number;
  /** `nannyml` leaves out one of the two parts of the variance of ROC AUC: only to compare with that tool. */
  rocAuc?: 'delong' | 'nannyml';
}

/**
 * How far chance moves each realised metric, from labelled rows of the baseline. With q the share of hits among the rows of a metric's
 * denominator and w the share of those rows: √(q(1−q)/w); for F1 among TP, FP and FN rows and times their number/(TP + (FP + FN)/2); for
 * counts √(c(1−c)) of their share c; these as NannyML 0.13 has them. Average precision by a bootstrap of counts. ROC AUC by DeLong's variance;
 * NannyML's takes the rows of the rarer class as all that varies, and is some 30 % too small for classes of one size: its ±3 errors hold the
 * truth in 96 to 98 % of windows where 99.7 % are meant. Null where the denominator is empty. What the calibration itself is off by is not in it (see `calibrationFactor`).
 */
export function samplingDeviations(reference: ScoredRows, { seed, rounds = 200, rocAuc = 'delong' }: DeviationOptions): Deviations {
  const cells = joinCells(reference);
  const { true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn } = expectedConfusion(cells);
  const all = tp + fp + fn + tn;
  const within = (hits: number, rows: number, factor = 1): number | null =>
    rows > 0 ? (factor * ofShare(hits / rows)) / Math.sqrt(rows / all) : null;
  const few = fewer(cells);
  const drawn = countBootstrap(few.rows, (rows) => expectedAveragePrecision({ ...few, rows }, 'score').value, { seed, rounds });
  const precision = drawn.standardError === null ? null : drawn.standardError * Math.sqrt(all);
  const relevant = tp + fp + fn;
  const found: Partial<Deviations> = {
    accuracy: within(tp + tn, all),
    precision: within(tp, tp + fp),
    recall: within(tp, tp + fn),
    specificity: within(tn, tn + fp),
    f1: within(tp, relevant, relevant / (tp + (fp + fn) / 2)),
    roc_auc: rocAuc === 'nannyml' ? rarerClassDeviation(cells) : delongDeviation(cells),
    average_precision: precision,
    average_precision_by_row: precision,
  };
  [tp, fp, fn, tn].forEach((count, i) => {
    found[CONFUSION[i]!] = within(count, all);
  });
  return Object.fromEntries(ESTIMATES.map((id) => [id, found[id] ?? null])) as Deviations;
}

/** Scores that are told apart in the bootstrap: it draws every cell 200 times, and the deviation does not hang on neighbours. */
const MOST_SCORES = 500;

/** The same cells with neighbouring scores joined, about as many rows at each. */
function fewer(cells: ScoredRows & { rows: number[] }): ScoredRows & { rows: number[] } {
  if (new Set(Array.from(cells.scores)).size <= MOST_SCORES) return cells;
  const all = total(cells.rows);
  let seen = 0;
  const ranks = cells.rows.map((rows) => {
    seen += rows;
    return Math.floor((MOST_SCORES * (seen - rows / 2)) / all);
  });
  return joinCells({ ...cells, scores: ranks });
}

function delongDeviation(cells: ScoredRows): number | null {
  const { positives, rows } = labelCounts(cells);
  const { variance } = delong({ positives, negatives: rows.map((each, i) => each - positives[i]!) });
  return variance === null ? null : Math.sqrt(variance * total(rows));
}

/** Deviation, over the rarer class, of the share of the other class below a row (ties one half), over √ of the rarer one's share. */
function rarerClassDeviation(cells: ScoredRows): number | null {
  const { positives, rows } = labelCounts(cells);
  const negatives = rows.map((each, i) => each - positives[i]!);
  const [own, other] = total(positives) <= total(negatives) ? [positives, negatives] : [negatives, positives];
  const [size, rest] = [total(own), total(other)];
  if (!(size > 0 && rest > 0)) return null;
  let [below, sum, squares] = [0, 0, 0];
  const shares = own.map((_, i) => {
    const share = (below + other[i]! / 2) / rest;
    below += other[i]!;
    sum += own[i]! * share;
    return share;
  });
  for (let i = 0; i < own.length; i++) squares += own[i]! * (shares[i]! - sum / size) ** 2;
  return Math.sqrt(squares / size) / Math.sqrt(size / (size + rest));
}
