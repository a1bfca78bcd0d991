import { describe, expect, it } from 'vitest';
import {
  estimatePerformance,
  estimateUnlabelled,
  fitEstimator,
  joinCells,
  type ScoredRows,
} from '../../layers/quality/metrics/estimates/index.ts';
import { draws } from '../checks/draw.ts';

const { uniform, normal } = draws(2024);
const IDS = ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc', 'average_precision'] as const;

/** Rows whose label depends on the input alone, as always; the score is miscalibrated, and `shift` moves the input. */
function window(rows: number, shift: number): ScoredRows {
  const scores: number[] = [];
  const probabilities: number[] = [];
  for (let i = 0; i < rows; i++) {
    const input = shift + 1.5 * normal();
    probabilities.push(uniform() < 1 / (1 + Math.exp(-input)) ? 1 : 0);
    scores.push(Math.round(100 / (1 + Math.exp(-2.5 * input))) / 100);
  }
  return joinCells({ scores, probabilities, predictions: scores.map((score) => (score >= 0.5 ? 1 : 0)) });
}

describe('200 windows without a change of P(label | features)', () => {
  const chunks = Array.from({ length: 30 }, () => window(1000, 0));
  const column = (name: 'scores' | 'probabilities' | 'predictions' | 'rows') => chunks.flatMap((chunk) => Array.from(chunk[name]!));
  const reference = {
    scores: column('scores'),
    probabilities: column('probabilities'),
    predictions: column('predictions'),
    rows: column('rows'),
  };
  const estimator = fitEstimator(reference, chunks, { seed: 'windows' });
  const nannyml = fitEstimator(reference, chunks, { seed: 'windows', rocAuc: 'nannyml' });

  it('learned from few rows: the truth lies within the bounds, which know of it', () => {
    const held: Record<string, number> = {};
    for (let i = 0; i < 40; i++) {
      const few = fitEstimator(window(300, 0), [], { seed: `few ${i}` });
      const rows = window(3000, 0);
      const [estimate, truth] = [estimateUnlabelled(few, rows), estimatePerformance(rows)];
      for (const id of IDS) {
        const { lower, upper } = estimate[id].confidence!;
        held[id] = (held[id] ?? 0) + (truth[id].value! >= lower && truth[id].value! <= upper ? 1 : 0);
      }
    }
    for (const id of IDS) expect([id, held[id]! >= 36]).toEqual([id, true]);
  });
  it('is calibrated, since that helps', () => {
    expect(estimator.decision.needed).toBe(true);
    expect(estimator.decision.after!).toBeLessThan(estimator.decision.before! / 3);
  });
  it.each([
    ['the inputs stay', 0],
    ['the inputs move', 0.7],
  ])('%s: the truth lies within 3 sampling errors, and the estimate alarms for a reason', (_, shift) => {
    const held: Record<string, number> = {};
    let alarms = 0;
    for (let i = 0; i < 200; i++) {
      const rows = window(1000, shift);
      const [estimate, truth] = [estimateUnlabelled(estimator, rows), estimatePerformance(rows)];
      for (const id of IDS) {
        const { lower, upper } = estimate[id].confidence!;
        held[id] = (held[id] ?? 0) + (truth[id].value! >= lower && truth[id].value! <= upper ? 1 : 0);
      }
      alarms += estimate.accuracy.alarm ? 1 : 0;
    }
    if (process.env.ASSAY_COVERAGE === 'full')
      console.log(`CBPE, shift ${shift}: truth in the band, of 200:`, held, 'accuracy alarms:', alarms);
    for (const id of IDS) expect(held[id]).toBeGreaterThanOrEqual(190);
    if (shift === 0) expect(alarms).toBe(0);
  });
  it("NannyML's error of ROC AUC is too small for its band of 3, DeLong's is not", () => {
    const held = { nannyml: 0, delong: 0 };
    for (let i = 0; i < 500; i++) {
      const rows = window(1000, 0);
      const truth = estimatePerformance(rows).roc_auc.value!;
      const off = Math.abs(truth - estimateUnlabelled(estimator, rows).roc_auc.value!);
      for (const [name, { deviations }] of Object.entries({ nannyml, delong: estimator }))
        held[name as 'nannyml' | 'delong'] += off <= (3 * deviations.roc_auc!) / Math.sqrt(1000) ? 1 : 0;
    }
    expect(held.delong).toBeGreaterThanOrEqual(495);
    expect(held.nannyml).toBeLessThan(495);
  });
});
