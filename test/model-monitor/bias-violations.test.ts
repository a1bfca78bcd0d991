import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../layers/quality/math/intervals/seeded-draws.ts';
import { type BiasDrift, biasDrifts } from '../../layers/quality/metrics/fairness/bias-drift.ts';
import { fromConfusion, type Split } from '../../layers/quality/metrics/fairness/index.ts';
import { biasViolationsJson } from '../../layers/quality/model-monitor/index.ts';

type Cells = [tp: number, fp: number, fn: number, tn: number];
const side = (facet: Cells, rest: Cells): Split => ({ facet: fromConfusion(...facet), rest: fromConfusion(...rest) });
const driftOf = (drifts: BiasDrift[], code: string): BiasDrift => drifts.find(({ metric }) => metric.code === code)!;
/** Of the rest half are chosen; of the group a share. */
const chosen = (share: number, rows = 1000): Split =>
  side([0.5 * share * rows, 0.5 * share * rows, 0.5 * (1 - share) * rows, 0.5 * (1 - share) * rows], [250, 250, 250, 250]);

describe('what is farther from parity than in the baseline', () => {
  it('is told from chance; what is nearer never is', () => {
    const worse = biasDrifts(chosen(0.25), chosen(0.45), 's');
    expect(driftOf(worse, 'DPPL')).toMatchObject({ now: 0.25, before: expect.closeTo(0.05, 12) as number });
    for (const code of ['DPPL', 'DI']) expect(driftOf(worse, code).pValue).toBeLessThan(1e-6);
    const better = biasDrifts(chosen(0.45), chosen(0.25), 's');
    for (const code of ['DPPL', 'DI']) expect(driftOf(better, code).pValue).toBe(1);
    expect(driftOf(biasDrifts(chosen(0.44), chosen(0.45), 's'), 'DPPL').pValue).toBeGreaterThan(0.3);
  });

  it('knows neither sides of 0 nor sides of 1: twice as often is as far as half as often', () => {
    const turned = biasDrifts(chosen(0.55), chosen(0.45), 's');
    expect(driftOf(turned, 'DPPL')).toMatchObject({ now: expect.closeTo(-0.05, 12) as number, before: expect.closeTo(0.05, 12) as number });
    // Model Monitor compares |DI| and would call 1.1 worse than 0.9, and 0 better than either.
    expect(driftOf(turned, 'DI').pValue).toBe(1);
    expect(driftOf(biasDrifts(chosen(0), chosen(0.45), 's'), 'DI').pValue).toBeLessThan(1e-6);
  });

  it('has no metric without a value on both sides, and no chance where there is no interval', () => {
    const codes = (drifts: BiasDrift[]): string[] => drifts.map(({ metric }) => metric.code);
    const all = codes(biasDrifts(chosen(0.25), chosen(0.45), 's'));
    for (const code of ['FT', 'CDDL', 'CDDPL']) expect(all).not.toContain(code);
    // Without labels Clarify has 0 of what it divides by 0; without false positives treatment equality is infinite.
    const unlabelled = fromConfusion(0, 0, 0, 0);
    const predicted = { ...unlabelled, rows: 100, positivePrediction: 40, negativePrediction: 60 };
    expect(codes(biasDrifts(chosen(0.25), { facet: predicted, rest: predicted }, 's'))).toEqual(['CI', 'DI', 'DPPL']);
    expect(driftOf(biasDrifts(side([50, 0, 20, 30], [50, 20, 20, 30]), chosen(0.45), 's'), 'TE')?.pValue ?? null).toBeNull();
  });

  it('is nearly nothing of data that has not changed', () => {
    const uniform = seededDraws('unchanged');
    const drawn = (rows: number, rates: [number, number, number, number]): Cells => {
      const cells: Cells = [0, 0, 0, 0];
      for (let i = 0; i < rows; i++) {
        let at = uniform();
        let cell = 0;
        while (cell < 3 && at >= rates[cell]!) at -= rates[cell++]!;
        cells[cell]!++;
      }
      return cells;
    };
    const some = (rows: number): Split => side(drawn(rows, [0.2, 0.1, 0.15, 0.55]), drawn(2 * rows, [0.25, 0.1, 0.15, 0.5]));
    const before = some(5000);
    const rounds = 30;
    let wrong = 0;
    for (let round = 0; round < rounds; round++)
      if (biasDrifts(some(150), before, `${round}`).some(({ pValue }) => pValue !== null && pValue < 0.01 / 18)) wrong++;
    expect(wrong).toBeLessThanOrEqual(1);
  });
});

describe('constraint_violations.json of a bias job', () => {
  it('has the form and the words of a run, to the byte', () => {
    const text = biasViolationsJson([
      { facet: 'Sex', value: '0', metric: 'CDDPL', now: 0.3748947825295131, before: 0.28176563733194276 },
      { facet: 'a"b\n', value: '(28.0, 90.0]', metric: 'DI', now: 0, before: Number.POSITIVE_INFINITY },
    ]);
    expect(text).toBe(`{
    "version": "1.0",
    "violations": [
        {
            "facet": "Sex",
            "facet_value": "0",
            "metric_name": "CDDPL",
            "constraint_check_type": "bias_drift_check",
            "description": "Metric value 0.3748947825295131 doesn't meet the baseline constraint requirement 0.28176563733194276"
        },
        {
            "facet": "a\\"b\\n",
            "facet_value": "(28.0, 90.0]",
            "metric_name": "DI",
            "constraint_check_type": "bias_drift_check",
            "description": "Metric value 0.0 doesn't meet the baseline constraint requirement Infinity"
        }
    ]
}
`);
    expect(JSON.parse(biasViolationsJson([]))).toEqual({ version: '1.0', violations: [] });
  });
});
