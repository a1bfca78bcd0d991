import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import { OUTCOME_CHANGES } from './credit.ts';
import { type Lab, openLab } from './lab.ts';
import { creditBaseline, estimateTrials, plantedOutcomes, unchangedOutcomes } from './outcome-trials.ts';
import { POPULATION, type Trial } from './trials.ts';

/** A smaller `npx tsx bench/verdicts.ts` of accuracy and fairness: hours of fewer rows, a few of each. */
const TIMEOUT = 120_000;
const SMALL = { ...POPULATION, hourRows: 200, days: 7 };

const failing = (trials: Trial[]): string[] => trials.filter(({ verdict }) => verdict === 'fail').map(({ failing }) => failing.join(' '));

let lab: Lab;
let baseline: Baseline;
beforeAll(async () => {
  lab = await openLab();
  baseline = await creditBaseline(lab, SMALL);
}, TIMEOUT);
afterAll(() => lab.close());

describe('accuracy and fairness of applicants for credit, 3 facets and 2 segments', () => {
  it('hardly ever fail in unchanged hours with labels', { timeout: TIMEOUT }, async () => {
    const trials = await unchangedOutcomes(lab, baseline, SMALL, 6, { labels: true, rows: [300, 4000] });
    expect(failing(trials).length).toBeLessThanOrEqual(1);
  });

  it('hardly ever fail in unchanged hours before their labels came', { timeout: TIMEOUT }, async () => {
    const trials = await unchangedOutcomes(lab, baseline, SMALL, 4, { labels: false, rows: [300, 4000] });
    expect(failing(trials).length).toBeLessThanOrEqual(1);
  });

  it('are found changed where a change was planted', { timeout: TIMEOUT }, async () => {
    // Gaps of recall are not among them: the hours of so small a baseline differ too much by chance to tell.
    const kinds = OUTCOME_CHANGES.filter((kind) => kind !== 'recall_gap');
    const planted = (await plantedOutcomes(lab, baseline, SMALL, kinds.length, { kinds })).map((trial) => trial.planted!);
    expect(planted.filter(({ found }) => !found)).toEqual([]);
    const named = planted.filter(({ first }) => first).map(({ kind }) => kind);
    expect(named).toEqual(expect.arrayContaining(['concept', 'labels']));
  });

  it('are estimated nearer with weights where tenure alone has shifted', { timeout: TIMEOUT }, async () => {
    const { estimates } = await estimateTrials(lab, baseline, SMALL, 3, { rows: [3000, 3000], tenure: 0.8 });
    const precision = estimates.filter(({ metric }) => metric === 'precision');
    expect(precision.length).toBe(3);
    for (const { plain, weighted, truth } of precision) {
      expect(weighted).not.toBeNull();
      expect(Math.abs(weighted!.value - truth)).toBeLessThan(0.03);
      expect(Math.abs(plain! - truth)).toBeGreaterThan(0.04);
    }
  });
});
