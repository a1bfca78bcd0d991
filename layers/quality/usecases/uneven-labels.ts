import type { PerformanceEvidence } from '../checks/measure-loss.ts';
import { type PredictionCoverage, predictionCoverage } from '../checks/prediction-coverage.ts';
import { thresholdFor } from '../checks/thresholds.ts';
import type { Measured } from '../checks/verdict.ts';
import { FEWEST_SHOWN } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { MetricRow } from '../contract/report.ts';
import { labelsApart, type Slice, standForAll, UNEVEN, verifiedByPrediction } from '../metrics/performance/index.ts';
import { FEW_LABELS } from './make-estimates.ts';
import type { Sided } from './measure-performance.ts';
import { chunkSlices, type OutcomeSide } from './outcome-side.ts';

const known = new WeakMap<OutcomeSide, PredictionCoverage | null>();

/** How labels came by prediction, against the baseline; null where there is nothing to compare. */
function coverageOf({ now, before, chunks, options }: Sided): PredictionCoverage | null {
  if (before === null || now.plan.label === null) return null;
  let found = known.get(now);
  if (found === undefined)
    known.set(now, (found = predictionCoverage(now.whole, before.whole, chunkSlices(before, chunks), options.timeless)));
  return found;
}

/** Whether labels came for one prediction more often than for another, unlike in the baseline. */
export const unevenLabels = (sided: Sided): boolean => coverageOf(sided)?.uneven === true;

/** Evidence beside the same with labelled rows that stand for all of their prediction, on every side. */
export function withStanding(evidence: PerformanceEvidence): PerformanceEvidence {
  const [now, before] = [standForAll(evidence.now), standForAll(evidence.before)];
  if (now === null || before === null) return { ...evidence, standing: null };
  // Of a regression chunks are not kept by prediction: their spread is that of the rows with a label.
  const each = (slices: Slice[]): Slice[] => (now.sums === null ? slices.flatMap((slice) => standForAll(slice) ?? []) : slices);
  const standing = { ...evidence, now, before, chunks: each(evidence.chunks), ...(evidence.all && { all: each(evidence.all) }) };
  return { ...evidence, standing };
}

/** Whether the rows of one prediction lack labels more than the others', and more than in the baseline. */
export function labelsByPrediction(sided: Sided): Measured[] {
  const { plan } = sided.now;
  const coverage = coverageOf(sided);
  const by = plan.prediction ?? 'prediction';
  const threshold = thresholdFor(sided.options.settings, `label_coverage/${by}`, {
    ...{ warn: UNEVEN, fail: null, direction: 'above', source: 'default' },
  });
  if (coverage === null || threshold === null) return [];
  const { rows, labelled } = sided.now.outcomes.facts;
  const check: Measured = {
    ...{ id: `label_coverage/${by}`, column: null, metric: 'labelled_share', factor: 'accuracy', threshold, bounds: 'effect' },
    ...{ parameters: { prediction: namesOf(sided.now)[coverage.predicted]! }, subject: `labels by ${by}` },
    measurement: coverage.measurement,
  };
  // What was flagged is labelled first: no trouble while the others' labels are still to come.
  const early = labelled < FEW_LABELS * rows;
  return [early ? { ...check, measurement: null, settled: { verdict: 'not_applicable', reason: TO_COME } } : check];
}

const TO_COME = 'labels by prediction: fewer than half of the rows have a label yet';

/** Share of the rows of each prediction that have a label, where some have one and some have none. */
export function labelledByPrediction(side: OutcomeSide): MetricRow[] {
  const { whole } = side;
  const names = namesOf(side);
  return verifiedByPrediction(whole).flatMap(({ all, labelled }, p) =>
    all === 0
      ? []
      : {
          ...{ metric: 'labelled_share', factor: 'accuracy' as const, column: null, segment: null, facet: null },
          ...{
            parameters: { prediction: names[p]! },
            value: labelled / all,
            interval: null,
            rows: Math.round(all * whole.scale),
            error: null,
            reason: null,
          },
        },
  );
}

/** What predictions are told apart by: classes, or sizes. */
const namesOf = ({ whole, plan }: OutcomeSide): string[] => whole.strata?.names ?? predictionNames(plan);

/** Classes as predictions name them, of two the negative first. */
export const predictionNames = ({ problem, classes, positive }: OutcomePlan): string[] =>
  problem === 'binary' ? [classes.length === 1 ? classes[0]! : 'others', positive.join(', ')] : classes;

const OF_CLASSES = {
  alone: 'accuracy, recall and what the scores are worth',
  ofAll: 'recall and accuracy',
  judged:
    'accuracy and recall are judged with the labelled rows of each prediction standing for all of it (Begg and Greenes, 1983), scores are not judged',
};
const OF_ERRORS = {
  alone: 'errors',
  ofAll: 'errors',
  judged:
    'errors are judged with the labelled rows of each tenth of the predictions standing for all of it, by a sample of rows, and in no segment',
};

/** How labels that came unevenly were taken, and which predictions have none. */
export function unevenNotes(sided: Sided): string[] {
  const { now, before } = sided;
  const said = now.plan.problem === 'regression' ? OF_ERRORS : OF_CLASSES;
  const here = withoutLabels(now);
  const then = before === null ? [] : withoutLabels(before);
  if (here.length > 0)
    return [
      `No row predicted ${here.join(' or ')} has a label${then.length > 0 ? ', here or in the baseline' : ''}: ${said.alone} are those of the other rows alone, and say nothing of all.`,
    ];
  if (then.length > 0)
    return [`In the baseline no row predicted ${then.join(' or ')} has a label: ${said.ofAll} of all rows are compared with nothing.`];
  if (!unevenLabels(sided)) return [];
  const where = labelsApart(now.whole) ? '' : ' in the baseline, and here they did not';
  return [
    `Labels came for one prediction more often than for another${where || ', unlike in the baseline'}: ${said.judged}. The values shown are of the labelled rows.`,
  ];
}

/** Predictions of enough rows without any label, where others have some. */
function withoutLabels(side: OutcomeSide): string[] {
  const { whole } = side;
  const verified = verifiedByPrediction(whole);
  if (verified.every(({ labelled }) => labelled === 0)) return [];
  const names = namesOf(side);
  return verified.flatMap(({ all, labelled }, p) => (all * whole.scale >= FEWEST_SHOWN && labelled === 0 ? [names[p]!] : []));
}
