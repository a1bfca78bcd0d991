import type { FairnessGroup, FairnessSection, PerformanceSection } from '../../layers/quality/contract/outcome-report.ts';
import type { MetricRow, Report } from '../../layers/quality/contract/report.ts';
import type { Verdict } from '../../layers/quality/contract/verdict.ts';
import { bell, column, metric, ReportBuilder } from './fixtures.ts';

/** A group as a hostile source may name it. */
export const HOSTILE_GROUP = '<img src=x onerror=alert(1)>"|\u202e';

const SEGMENT = 'region=North';
const THRESHOLD = { warn: 0.02, fail: 0.05, direction: 'below', source: 'default' } as const;

/** How right and how fair a model was: labels joined, curves, a bad segment, a group that is chosen too rarely. */
export function outcomes(): Report {
  const builder = new ReportBuilder();
  builder.column(column('income', bell(0, 120000, 0.02))).drift('income', 0.012);
  performanceOf(builder);
  fairnessOf(builder);
  return builder.build({
    summary: 'Recall fell in the north, and one group is chosen too rarely.',
    rejected: [],
    notes: [],
    performance: performance(),
    fairness: fairness(),
  });
}

const about = (name: string, value: number, interval: [number, number], more: Partial<MetricRow> = {}): MetricRow =>
  metric(name, 'accuracy', null, value, { interval, ...more });

function performanceOf(builder: ReportBuilder): void {
  const judged = (id: string, row: MetricRow, expected: number, verdict: Verdict, message: string): void => {
    const effect = expected - Number(row.value);
    const [pValue, adjustedPValue] = verdict === 'pass' ? [0.4, 1] : [1e-9, 1e-7];
    builder.check(id, row, verdict, { threshold: THRESHOLD, expected, effect, pValue, adjustedPValue, message });
  };
  judged('performance/accuracy', about('accuracy', 0.842, [0.831, 0.853]), 0.846, 'pass', 'accuracy 84 %, 85 % in the baseline');
  builder.metric('accuracy', 'accuracy', null, 0.62, { parameters: { predictor: 'best_constant' } });
  judged('performance/recall', about('recall', 0.781, [0.76, 0.801]), 0.83, 'warn', 'recall 78 %, 83 % in the baseline');
  judged('performance/roc_auc', about('roc_auc', 0.861, [0.85, 0.872]), 0.93, 'fail', 'ROC AUC 0.861, 0.93 in the baseline');
  builder.metric('f2', 'accuracy', null, 0.79).metric('log_loss', 'accuracy', null, null, { reason: 'a score of 0 for a positive' });
  const north = about('recall', 0.61, [0.56, 0.66], { segment: SEGMENT, rows: 1204 });
  judged(`performance/recall@${SEGMENT}`, north, 0.82, 'fail', `${SEGMENT}: recall 61 %, 82 % in the baseline`);
  builder.metric('recall', 'accuracy', null, 0.82, { segment: HOSTILE_GROUP, rows: 300 });
  const title = `${SEGMENT}: recall 61 %, 82 % in the baseline`;
  builder.finding(title, 'performance_drop', 'fail', [], [`performance/recall@${SEGMENT}`], 0.6);
  builder.findings.at(-1)!.segments.push(SEGMENT);
  builder.finding(
    'ROC AUC 0.861, 0.93 in the baseline',
    'performance_drop',
    'fail',
    [],
    ['performance/roc_auc', 'performance/recall'],
    0.2,
  );
  builder.findings.at(-1)!.why = 'the scores of <b>late</b> rows tell the classes apart less well';
}

const performance = (): PerformanceSection => ({
  ...{ problem: 'binary', label: 'repaid', prediction: 'approved', score: HOSTILE_GROUP, positive: ['yes'], threshold: 0.5 },
  rows: { all: 48211, labelled: 40102, judged: 40100 },
  labels: { matched: 40102, unmatched: 12, conflicts: 3, mismatched: 0, rejected: 1, keys: ['application_id'] },
  confusion: {
    classes: ['no', 'yes'],
    cells: [
      [21340, 3522],
      [3338, 11900],
    ],
    baseline: [
      [24000, 3100],
      [2500, 12300],
    ],
  },
  roc: { current: curve(0.45), baseline: curve(0.3) },
  precisionRecall: { current: falling(0.6), baseline: falling(0.4) },
  gains: [0.25, 0.5, 1].map((share) => ({ share, gain: share ** 0.5, lift: share ** -0.5 })),
  reliability: [0.1, 0.3, 0.5, 0.7, 0.9].map((mean) => ({
    ...{ from: mean - 0.1, to: mean + 0.1, rows: 8000, meanScore: mean, rate: mean ** 1.2 },
    ...{ low: mean ** 1.2 - 0.02, high: Math.min(1, mean ** 1.2 + 0.02) },
  })),
  sweep: { cheapest: { threshold: 0.46, cost: 0.16 }, current: { threshold: 0.5, cost: 0.171 } },
  estimates: [
    { metric: 'recall', estimate: 0.8, low: 0.785, high: 0.815, realised: 0.781, baseline: 0.83, reason: null },
    { metric: 'precision', estimate: null, low: null, high: null, realised: 0.77, baseline: 0.8, reason: 'no predicted positives' },
  ],
  worst: [
    { segment: SEGMENT, metric: 'recall', value: 0.61, overall: 0.781, rows: 412, adjustedPValue: 0.002 },
    { segment: HOSTILE_GROUP, metric: 'accuracy', value: 0.7, overall: 0.842, rows: 90, adjustedPValue: 0.04 },
  ],
});

const STEPS = [0, 0.1, 0.25, 0.5, 0.75, 1];
const curve = (power: number): [number, number][] => STEPS.map((x) => [x, x ** power]);
const falling = (depth: number): [number, number][] => STEPS.toReversed().map((x) => [x, 1 - depth * x ** 3]);

const share = (value: number, rows: number) => ({ value, low: Math.max(0, value - 0.03), high: Math.min(1, value + 0.03), rows });

function group(name: string, rows: number, selected: number, ratio: number | null, then: number | null): FairnessGroup {
  const rates = { selection_rate: share(selected, rows), true_positive_rate: share(selected + 0.1, rows), accuracy: share(0.84, rows) };
  return {
    ...{ facet: `origin=${name}`, name, rows, rates },
    baseline: then === null ? null : { selection_rate: then },
    impactRatio: ratio === null ? null : { value: ratio, low: ratio === 1 ? null : ratio - 0.04, high: ratio === 1 ? null : ratio + 0.04 },
  };
}

const fairness = (): FairnessSection => ({
  favourable: 'positive',
  facets: [
    {
      facet: 'origin',
      groups: [group('A', 20000, 0.5, 1, 0.49), group('B', 12000, 0.46, 0.92, 0.47), group(HOSTILE_GROUP, 800, 0.26, 0.52, null)],
      ...{ best: 'origin=A', largest: 'origin=A', smallestRatio: { value: 0.52, low: 0.47, high: 0.58 }, tooSmall: 2 },
    },
  ],
  intersections: [
    { name: `origin=${HOSTILE_GROUP}, sex=F`, rows: 310, selectionRate: share(0.2, 310), impactRatio: 0.39 },
    { name: 'origin=A, sex=F', rows: 9000, selectionRate: null, impactRatio: null },
  ],
  gaps: [
    {
      facet: `origin=${HOSTILE_GROUP}`,
      gap: -0.24,
      baseRates: -0.1,
      truePositiveRates: -0.16,
      falsePositiveRates: 0,
      unlabelled: 0.02,
      reason: null,
    },
    {
      facet: 'origin=B',
      gap: -0.04,
      baseRates: null,
      truePositiveRates: null,
      falsePositiveRates: null,
      unlabelled: null,
      reason: 'no positive labels',
    },
  ],
});

function fairnessOf(builder: ReportBuilder): void {
  const facet = `origin=${HOSTILE_GROUP}`;
  const message = `${facet}: chosen 0.52 times as often as the most favoured group; four fifths would be 0.8`;
  builder
    .check(`four_fifths/${facet}`, metric('impact_ratio', 'fairness', null, 0.52, { facet, interval: [0.48, 0.56], rows: 800 }), 'fail', {
      threshold: { warn: null, fail: 0.8, direction: 'below', source: 'default' },
      ...{ expected: 1, effect: 0.28, pValue: 1e-9, adjustedPValue: 1e-7, message },
    })
    .check(`fairness_gap/selection_rate/${facet}`, metric('selection_rate_difference', 'fairness', null, -0.24, { facet }), 'warn', {
      threshold: { warn: 0.05, fail: 0.1, direction: 'above', source: 'default' },
      ...{ expected: -0.17, effect: 0.07, pValue: 1e-9, adjustedPValue: 1e-7 },
      message: `${facet}: selection rate −24 points from the others, −17 points in the baseline`,
    })
    .metric('disparate_impact', 'fairness', null, 0.54, { facet, code: 'DI', interval: [0.49, 0.59] })
    .metric('counterfactual_flip_test', 'fairness', null, null, { facet, code: 'FT', reason: 'needs rows' })
    .metric('demographic_parity_difference', 'fairness', null, 0.24, { facet: 'origin', interval: [0.2, 0.28] })
    .finding(message, 'disparity', 'fail', [], [`four_fifths/${facet}`, `fairness_gap/selection_rate/${facet}`], 0.2);
}

/** Scores and no labels yet: what the scores alone promise. */
export function unlabelled(): Report {
  const message = 'recall has probably fallen: 76 % by the scores alone, 83 % in the baseline';
  const builder = new ReportBuilder();
  builder
    .check('estimated_performance/recall', metric('estimated_recall', 'accuracy', null, 0.76, { interval: [0.74, 0.78] }), 'fail', {
      ...{ threshold: THRESHOLD, expected: 0.83, effect: 0.07, pValue: 1e-9, adjustedPValue: 1e-8 },
      message,
    })
    .finding(message, 'estimated_drop', 'fail', [], ['estimated_performance/recall'], 1);
  const none = { confusion: null, roc: null, precisionRecall: null, gains: null, reliability: null, sweep: null, labels: null };
  return builder.build({
    summary: 'Recall has probably fallen.',
    ...{ rejected: [], notes: [] },
    performance: {
      ...none,
      ...{ problem: 'binary', label: null, prediction: 'approved', score: 'score', positive: ['1'], threshold: null, worst: [] },
      rows: { all: 48211, labelled: 0, judged: 0 },
      estimates: [{ metric: 'recall', estimate: 0.76, low: 0.74, high: 0.78, realised: null, baseline: 0.83, reason: null }],
    },
  });
}
