import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { Hits } from '../checks/significance.ts';
import { unknownClasses } from '../checks/unknown-classes.ts';
import type { Measured } from '../checks/verdict.ts';
import type { FairnessSection, PerformanceSection } from '../contract/outcome-report.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { MetricRow } from '../contract/report.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import type { Flips } from '../metrics/fairness/counterfactual-flip-test.ts';
import type { ColumnCounts } from '../profile/column-counts.ts';
import type { BaselineOutcomes } from '../profile/outcomes/baseline-outcomes.ts';
import type { OutcomeFacts } from '../profile/outcomes/outcomes.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { comparableTo } from './comparable-outcomes.ts';
import type { CountedOutcomes } from './count-outcomes.ts';
import { estimateNotes, estimateRows, estimateTable, segmentRows } from './estimate-outcomes.ts';
import { estimateSegments } from './estimate-segments.ts';
import { fairnessSection } from './fairness-section.ts';
import { estimateChecks, segmentEstimateChecks } from './judge-estimates.ts';
import { labelCoverages, labelledShares } from './label-shares.ts';
import { type Estimates, estimateOutcomes } from './make-estimates.ts';
import { facetNotes, measureFairness } from './measure-fairness.ts';
import { measurePerformance, type Sided } from './measure-performance.ts';
import { metricValues } from './metric-values.ts';
import { type OutcomeMeasures, outcomeMeasures } from './outcome-measures.ts';
import { outcomeNotes } from './outcome-notes.ts';
import { chunkFactor } from './outcome-side.ts';
import { type Curves, confusionOf } from './performance-section.ts';
import { addStrata } from './prediction-strata.ts';
import { residualProfile } from './residual-profile.ts';
import { decisionNotes } from './score-decisions.ts';
import { settingNotes } from './setting-notes.ts';
import { labelsByPrediction, unevenLabels, unevenNotes } from './uneven-labels.ts';
import { whereDecided } from './where-decided.ts';
import { worstSegments } from './worst-segments.ts';

export interface OutcomeRequest {
  plan: OutcomePlan;
  counted: CountedOutcomes;
  edges: Float64Array;
  before: BaselineOutcomes | null;
  /** Where each chunk of the baseline goes when they are merged to the judged length. */
  into: number[];
  labels: LabelFacts | null;
  /** Counts of the columns now, at the baseline's bins. */
  current: Map<string, ColumnCounts>;
  /** Some rows of now; null unless they are needed. */
  sample: RowSample | null;
  /** The flip test of each group, where it was made. */
  flips: Map<string, Flips>;
  /** Labels of no known class. */
  strangers: string[];
  options: MeasureOptions;
  /** Of the data, for what is drawn. */
  seed: string;
  /** What was measured ahead, if anything was. */
  measures: OutcomeMeasures | null;
}

export interface JudgedOutcomes {
  metrics: MetricRow[];
  measured: Measured[];
  performance: PerformanceSection;
  fairness: FairnessSection | undefined;
  /** Where predictions moved, in words; null where not in one group. */
  where: string | null;
  notes: string[];
  /** The label's column, where its values came for one prediction more often than for another, unlike in the baseline. */
  unevenLabel: string | null;
}

/** Everything a report says of how right and how fair the model was: metrics, checks, tables and curves, and what to know about them. */
export function judgeOutcomes(request: OutcomeRequest): JudgedOutcomes {
  const { plan, counted, options, seed, into } = request;
  const comparable = comparableTo(plan, request.before);
  const measures = request.measures ?? outcomeMeasures({ ...request, before: comparable });
  const { now, before } = measures.sides();
  const chunks = chunkFactor(comparable?.chunks ?? { chunks: 0, tables: [] }, into);
  if (before !== null) addStrata({ side: now, sample: request.sample }, { side: before, sample: comparable!.sample });
  const sided: Sided = { ...measures.sides(), chunks, options };
  const { current, sample } = request;
  const estimates = estimateOutcomes({ rows: counted.rows, now, before: comparable, current, sample, seed, uneven: unevenLabels(sided) });
  const samples = { now: sample, before: comparable?.sample ?? null };
  const segments =
    estimates === null ? [] : estimateSegments(estimates, { now, before: before!, samples, learned: comparable!.estimator! });
  return {
    metrics: [
      ...measures.performance(),
      ...(estimates === null ? [] : estimateRows(estimates, now)),
      ...segmentRows(segments),
      ...labelledShares(now),
      ...measures.fairness(),
    ],
    measured: [
      ...measurePerformance(sided),
      ...(estimates === null ? [] : estimateChecks(estimates, sided)),
      ...(estimates?.unlabelled ? segmentEstimateChecks(segments, sided) : []),
      ...labelCoverages(now, options),
      ...labelsByPrediction(sided),
      ...strangeLabels(request),
      ...measureFairness(sided),
    ],
    performance: { ...performanceSection(request, sided, estimates), ...measures.curves() },
    fairness: fairnessSection(sided, sample),
    unevenLabel: unevenLabels(sided) ? plan.label : null,
    where: whereDecided(sided),
    notes: [
      ...outcomeNotes(now, request.labels, request.before, request.strangers),
      ...(plan.problem === 'binary' && plan.prediction !== null && plan.threshold === null ? decisionNotes(counted.rows, now.edges) : []),
      ...facetNotes(now),
      ...settingNotes(sided),
      ...unevenNotes(sided),
      ...(estimates === null ? [] : estimateNotes(estimates)),
    ],
  };
}

/** Where the label's column is profiled, its own checks look at what it holds. */
function strangeLabels({ plan, counted, before, current, options }: OutcomeRequest): Measured[] {
  if (plan.label === null || before === null || current.has(plan.label)) return [];
  const hits = ({ unknownLabels, labelled }: OutcomeFacts): Hits => ({ hits: unknownLabels, rows: unknownLabels + labelled });
  return [unknownClasses(plan.label, hits(counted.outcomes.facts), hits(before.outcomes.facts), options)].filter((check) => check !== null);
}

function performanceSection(
  { plan, labels, counted, before: baseline }: OutcomeRequest,
  sided: Sided,
  estimates: Estimates | null,
): Omit<PerformanceSection, keyof Curves> {
  const { now, before, options } = sided;
  const { rows, labelled, judged } = counted.outcomes.facts;
  return {
    ...{
      problem: plan.problem,
      label: plan.label,
      prediction: plan.prediction,
      score: plan.scores.map(({ column }) => column).join(', ') || null,
    },
    ...(plan.weight !== null && { weight: plan.weight }),
    ...{ positive: plan.positive, threshold: plan.threshold },
    rows: { all: rows, labelled, judged },
    ...(unevenLabels(sided) && { unevenLabels: true as const }),
    labels: labels === null ? null : factsOf(labels),
    confusion: confusionOf(now, before),
    ...(before !== null && { baseline: baseline?.values ?? metricValues(before) }),
    estimates: estimates === null ? [] : estimateTable(estimates, now, before),
    worst: worstSegments({ now, options }),
    ...(plan.problem === 'regression' && { residuals: residualProfile(now.whole) }),
  };
}

const factsOf = ({ matched, unmatched, conflicts, mismatched, rejected, keys }: LabelFacts) => ({
  ...{ matched, unmatched, conflicts, mismatched, rejected, keys },
});
