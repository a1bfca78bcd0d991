import { describe, expect, it } from 'vitest';
import { whyWorse } from '../../layers/quality/checks/why-worse.ts';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import type { Slice } from '../../layers/quality/metrics/performance/index.ts';
import { sliceOf } from './scored.ts';

describe('of what is turned about', () => {
  const before = sliceOf([
    [0.2, 200, 800],
    [0.7, 700, 300],
  ]);
  const why = (metric: string, now: Slice): string | null => whyWorse({ metric, now, before, classes: [] });
  it.each(['brier_score', 'accuracy', 'precision', 'recall', 'specificity'])('scores or labels: %s', (metric) => {
    const now = sliceOf([
      [0.3, 700, 300],
      [0.8, 200, 800],
    ]);
    expect(why(metric, now)).toBe('the scores rank the wrong way round (ROC AUC 0.247, was 0.753)');
  });

  it.each(['accuracy', 'precision', 'recall', 'specificity'])('predictions: %s', (metric) => {
    const now = { ...before, counts: fromConfusion(200, 800, 700, 300) };
    expect(why(metric, now)).toBe(
      'predictions are turned about: each taken for the other, recall would be 78 %, was 78 %, and specificity 73 %, was 73 %',
    );
    expect(String(why(metric, { ...before, counts: fromConfusion(450, 550, 450, 550) }))).not.toMatch(/turned about/);
  });
});

describe('of a Brier score', () => {
  const before = sliceOf([
    [0.3, 300, 700],
    [0.7, 700, 300],
  ]);
  const why = (rows: [number, number, number][]): string | null =>
    whyWorse({ metric: 'brier_score', now: sliceOf(rows), before, classes: [] });

  it.each([
    ['too sure on both sides', 0.1, 0.99, 'far apart for what comes (calibration slope 0.249, was 1; 1 would be right)'],
    ['that say next to nothing', 0.49, 0.51, 'close together for what comes (calibration slope 21.2, was 1; 1 would be right)'],
  ])('scores %s promise about what comes, and lie wrong', (_, low, high, words) => {
    expect(
      why([
        [low, 300, 700],
        [high, 700, 300],
      ]),
    ).toBe(`the scores lie too ${words}`);
  });

  it('scores that lie wrong as they did before, or are certain', () => {
    const sure: [number, number, number][] = [
      [0, 300, 700],
      [1, 700, 300],
    ];
    expect(why(sure)).toMatch(/^the scores lie too far apart for what comes \(calibration slope 0\.06\d+, was 1;/);
    const worse = sliceOf([
      [0, 350, 650],
      [1, 650, 350],
    ]);
    expect(whyWorse({ metric: 'brier_score', now: worse, before: sliceOf(sure), classes: [] })).not.toMatch(/lie too/);
  });

  it('scores that promise too much, though they rank a little worse too', () => {
    expect(
      why([
        [0.6, 330, 670],
        [0.95, 670, 330],
      ]),
    ).toBe('the scores promise 78 % positive labels and 50 % came, were 50 % and 50 %');
  });
});
