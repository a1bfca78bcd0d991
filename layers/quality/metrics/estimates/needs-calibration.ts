import { delong } from '../../math/intervals/delong.ts';
import { seededDraws } from '../../math/intervals/seeded-draws.ts';
import { total } from '../../math/total.ts';
import { calibrate } from './calibrate.ts';
import { equalCountCalibrationError } from './equal-count-calibration-error.ts';
import { fitIsotonic } from './isotonic-regression.ts';
import type { LabelCounts } from './label-counts.ts';

/** Rows to fit on, by distinct score ascending, and rows kept from the fit. */
export interface HeldOut {
  train: LabelCounts;
  test: LabelCounts;
}

export interface CalibrationDecision {
  needed: boolean;
  /** Expected calibration error over the held-out rows of all parts, as scored and calibrated; null where it was not measured. */
  before: number | null;
  after: number | null;
  reason?: string;
}

/** Above this ROC AUC the classes are all but parted, and a calibrator has nothing to learn from. */
const PARTED = 0.999;

/**
 * Whether to calibrate: if it lowers the calibration error of held-out rows, each scored by a map fitted on the others of its part, all parts
 * pooled. Never with one class only, nor at a ROC AUC above 0.999. NannyML 0.13 (its text says "in any fold", its code pools).
 */
export function needsCalibration(all: LabelCounts, parts: readonly HeldOut[]): CalibrationDecision {
  const never = (reason: string): CalibrationDecision => ({ needed: false, before: null, after: null, reason });
  const negatives = Array.from(all.rows, (rows, i) => rows - all.positives[i]!);
  const { value: auc, reason } = delong({ positives: all.positives, negatives });
  if (auc === null) return never(reason!);
  if (auc > PARTED) return never('the score all but parts the classes');
  const held = { scores: [] as number[], positives: [] as number[], rows: [] as number[] };
  const fitted: number[] = [];
  for (const { train, test } of parts) {
    const map = fitIsotonic(train.scores, train.positives, train.rows);
    for (let i = 0; i < test.scores.length; i++) {
      held.scores.push(test.scores[i]!);
      held.positives.push(test.positives[i]!);
      held.rows.push(test.rows[i]!);
      fitted.push(calibrate(map, test.scores[i]!));
    }
  }
  const before = equalCountCalibrationError(held).value;
  const after = equalCountCalibrationError({ ...held, scores: fitted }).value;
  return { needed: before !== null && after !== null && after < before, before, after };
}

/** Whether rows are all of one kind, of which no held-out part can tell: what their scores promise beside it does not come. */
export function isSettled({ positives, rows }: LabelCounts): boolean {
  const [hits, all] = [total(positives), total(rows)];
  return hits === 0 || hits === all;
}

/** Parts for the decision: every row is held out once, of a part drawn at random; the same for the same seed and counts. */
export function holdOut(all: LabelCounts, seed: string, parts = 10): HeldOut[] {
  const uniform = seededDraws(seed);
  const size = all.scores.length;
  const tests = Array.from({ length: parts }, () => ({
    scores: all.scores,
    positives: new Float64Array(size),
    rows: new Float64Array(size),
  }));
  for (let i = 0; i < size; i++)
    for (let row = 0; row < all.rows[i]!; row++) {
      const test = tests[Math.floor(uniform() * parts)]!;
      test.rows[i]!++;
      if (row < all.positives[i]!) test.positives[i]!++;
    }
  return tests.map((test) => ({
    test: withRows(test),
    train: withRows({
      scores: all.scores,
      positives: test.positives.map((held, i) => all.positives[i]! - held),
      rows: test.rows.map((held, i) => all.rows[i]! - held),
    }),
  }));
}

function withRows({ scores, positives, rows }: LabelCounts): LabelCounts {
  const used = Array.from(rows, (_, i) => i).filter((i) => rows[i]! > 0);
  return { scores: used.map((i) => scores[i]!), positives: used.map((i) => positives[i]!), rows: used.map((i) => rows[i]!) };
}
