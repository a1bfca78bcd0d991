import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { Measured } from '../checks/verdict.ts';
import type { FairnessSection, PerformanceSection } from '../contract/outcome-report.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { MetricRow } from '../contract/report.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import type { Flips } from '../metrics/fairness/counterfactual-flip-test.ts';
import type { ColumnCounts } from '../profile/column-counts.ts';
import type { BaselineOutcomes } from '../profile/outcomes/baseline-outcomes.ts';
import type { OutcomeFacts, Outcomes } from '../profile/outcomes/outcomes.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import type { CountedOutcomes } from './count-outcomes.ts';
import { type Estimates, estimateNotes, estimateOutcomes, estimateRows, estimateTable } from './estimate-outcomes.ts';
import { fairnessSection } from './fairness-section.ts';
import { estimateChecks } from './judge-estimates.ts';
import { labelCoverages, labelledShares } from './label-shares.ts';
import { facetNotes, measureFairness } from './measure-fairness.ts';
import { measurePerformance, type Sided } from './measure-performance.ts';
import { metricValues } from './metric-values.ts';
import { sameValue } from './outcome-classes.ts';
import { type OutcomeMeasures, outcomeMeasures } from './outcome-measures.ts';
import { chunkFactor, groupsBy, ODD, type OutcomeSide } from './outcome-side.ts';
import { type Curves, confusionOf } from './performance-section.ts';
import { residualProfile } from './residual-profile.ts';
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
  notes: string[];
}

/** Everything a report says of how right and how fair the model was: metrics, checks, tables and curves, and what to know about them. */
export function judgeOutcomes(request: OutcomeRequest): JudgedOutcomes {
  const { plan, counted, edges, options, seed, into } = request;
  const comparable = comparableTo(plan, request.before);
  const measures = request.measures ?? outcomeMeasures({ ...request, before: comparable });
  const { now } = measures.sides();
  const chunks = chunkFactor(comparable?.chunks ?? { chunks: 0, tables: [] }, into);
  const sided: Sided = { ...measures.sides(), chunks, options };
  const { current, sample } = request;
  const estimates = estimateOutcomes({ rows: counted.rows, now, before: comparable, current, sample, seed });
  return {
    metrics: [
      ...measures.performance(),
      ...(estimates === null ? [] : estimateRows(estimates, now)),
      ...labelledShares(now),
      ...measures.fairness(),
    ],
    measured: [
      ...measurePerformance(sided),
      ...(estimates === null ? [] : estimateChecks(estimates, sided)),
      ...labelCoverages(now, options),
      ...measureFairness(sided),
    ],
    performance: { ...performanceSection(request, sided, estimates), ...measures.curves() },
    fairness: fairnessSection(sided, sample),
    notes: [
      ...factNotes(counted.outcomes, plan, edges),
      ...labelNotes(request.labels),
      ...facetNotes(now),
      ...sideNotes(now, request.before),
      ...(estimates === null ? [] : estimateNotes(estimates)),
    ],
  };
}

/** The baseline's outcomes, where they are of the same problem, positive class and score. */
export const comparableTo = (plan: OutcomePlan, before: BaselineOutcomes | null): BaselineOutcomes | null =>
  before?.plan.problem === plan.problem && unlike(plan, before.plan) === null ? before : null;

/** What makes two plans of a binary problem those of different things. */
function unlike(now: OutcomePlan, then: OutcomePlan): string | null {
  if (now.problem !== 'binary') return null;
  const same =
    now.positive.length === then.positive.length && now.positive.every((value) => then.positive.some((each) => sameValue(value, each)));
  if (!same) return `took ${then.positive.join(', ')} for positive, not ${now.positive.join(', ')}`;
  const [score, before] = [now, then].map(({ scores }) => scores.map(({ column }) => column).join(', ')) as [string, string];
  return score === before || score === '' || before === '' ? null : `has scores in ${before}, not in ${score}`;
}

function performanceSection(
  { plan, labels, counted, before: baseline }: OutcomeRequest,
  { now, before, options }: Sided,
  estimates: Estimates | null,
): Omit<PerformanceSection, keyof Curves> {
  const { rows, labelled, judged } = counted.outcomes.facts;
  return {
    ...{
      problem: plan.problem,
      label: plan.label,
      prediction: plan.prediction,
      score: plan.scores.map(({ column }) => column).join(', ') || null,
    },
    ...{ positive: plan.positive, threshold: plan.threshold },
    rows: { all: rows, labelled, judged },
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

function factNotes({ facts, lows }: Outcomes, { threshold, label }: OutcomePlan, edges: Float64Array): string[] {
  const notes: string[] = [];
  const many = (count: number, text: string): void => void (count > 0 && notes.push(`${count} of ${facts.rows} rows ${text}`));
  many(facts.badWeights, 'have a weight that is missing, negative or infinite: accuracy and fairness leave them out.');
  many(facts.unknownLabels, `have a label (${label}) of no class the baseline knows: they are taken as unlabelled.`);
  many(facts.unknownPredictions, 'have a prediction of no class the baseline knows: they are taken as not predicted.');
  if (facts.scoresOutside > ODD * facts.rows && edges.length > 0 && edges[0]! >= 0 && edges.at(-2)! <= 1)
    many(
      facts.scoresOutside,
      `have a score outside 0 to 1, where the baseline has none: ${Math.min(...lows) < 0 ? 'logits' : 'percentages'}? They rank all rows, and groups are not ranked.`,
    );
  many(facts.withoutScore, 'have no finite score: what is made of scores leaves them out.');
  if (facts.disagreeing > ODD * facts.rows)
    many(facts.disagreeing, `have a prediction that score and threshold ${threshold} would not give: is the threshold another?`);
  return notes;
}

/** A few scores outside 0 to 1 make it uncertain what the others are: then nothing is estimated from any. */
function oddScoreNotes(now: OutcomeFacts, before: BaselineOutcomes): string[] {
  const then = before.outcomes.facts;
  const few = before.estimator === null && then.scoresOutside > 0 && then.scoresOutside <= ODD * then.rows;
  const here = before.estimator !== null && now.scoresOutside > 0;
  const [count, where] = few ? [then.scoresOutside, ' of the baseline'] : [now.scoresOutside, ''];
  return few || here ? [`${count} scores${where} lie outside 0 to 1: nothing is estimated from scores before labels come.`] : [];
}

/** What of the comparison with the baseline is not there. */
function sideNotes(now: OutcomeSide, before: BaselineOutcomes | null): string[] {
  const { plan, whole } = now;
  const { tp, fp, fn, tn } = whole.counts;
  const notes: string[] = [];
  const difference = before?.plan.problem === plan.problem ? unlike(plan, before.plan) : null;
  if (difference !== null) notes.push(`The baseline ${difference}: accuracy and fairness are not compared with it.`);
  if (plan.weight !== null && now.whole.rows > 0 && now.outcomes.all.cells.slice(0, -2).every((weight) => weight === 0))
    notes.push(`No row has a weight (${plan.weight}) above 0: there is nothing to judge.`);
  if (before !== null && plan.label !== null && before.outcomes.facts.labelled === 0 && tp + fp + fn + tn > 0)
    notes.push('The baseline has no labels: accuracy is measured, and compared with nothing.');
  if (plan.weight !== null && before?.estimator != null) notes.push('Rows have weights: nothing is estimated before labels come.');
  if (before !== null && plan.problem === 'binary') notes.push(...oddScoreNotes(now.outcomes.facts, before));
  if (before !== null && (before.plan.weight === null) !== (plan.weight === null))
    notes.push(
      `Rows are weighted ${plan.weight === null ? 'in the baseline' : 'here'} alone: accuracy and fairness compare unlike things.`,
    );
  for (const names of plan.segments)
    if (groupsBy(now, names) === null) notes.push(`${names.join(' and ')} have too many values together to be judged apart.`);
  return notes;
}

function labelNotes(labels: LabelFacts | null): string[] {
  if (labels === null) return [];
  const { matched, unmatched, conflicts, mismatched, problems, rejected, records } = labels;
  const notes = [`Labels were joined by ${labels.keys.join(', ')}: ${matched} of ${records} rows have one.`];
  if (unmatched > 0) notes.push(`${unmatched} labels belong to none of these rows${matched === 0 ? ': are they of another day?' : '.'}`);
  if (conflicts > 0) notes.push(`${conflicts} records have different labels of the same time: they are taken as unlabelled.`);
  if (mismatched > 0) notes.push(`${mismatched} labels came with others than their request has rows for: none of them was used.`);
  if (rejected > 0) notes.push(`${rejected} lines of the label files could not be read.`);
  for (const { uri, error } of problems) notes.push(`labels not read: ${uri}: ${error}`);
  return notes;
}
