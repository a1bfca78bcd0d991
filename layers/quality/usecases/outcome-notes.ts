import { formatNumber, plural } from '../contract/format.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import type { BaselineOutcomes } from '../profile/outcomes/baseline-outcomes.ts';
import { MOST_OUTCOME, MOST_WEIGHT, type OutcomeFacts } from '../profile/outcomes/outcomes.ts';
import { unlike } from './comparable-outcomes.ts';
import { labelNotes } from './label-notes.ts';
import { quoted } from './outcome-classes.ts';
import { groupsBy, ODD, type OutcomeSide } from './outcome-side.ts';

/** Words about things that are one or several. */
const ONE = { have: 'has', they: 'it', are: 'is', them: 'it' };
const SEVERAL = { have: 'have', they: 'they', are: 'are', them: 'them' };
const wordsOf = (count: number): typeof ONE => (count === 1 ? ONE : SEVERAL);

/** A power of ten. */
const power = (value: number): string => value.toExponential(0).replace('+', '');

/** What a reader has to know of labels, predictions, scores and weights, and of how they compare with the baseline's. */
export const outcomeNotes = (
  now: OutcomeSide,
  labels: LabelFacts | null,
  before: BaselineOutcomes | null,
  strangers: string[],
): string[] => [...factNotes(now, strangers), ...labelNotes(labels), ...sideNotes(now, before)];

export function factNotes({ plan, outcomes, edges }: OutcomeSide, strangers: string[] = []): string[] {
  const { problem, threshold, label, classes, positive } = plan;
  const { facts, lows } = outcomes;
  const notes: string[] = [];
  const many = (count: number, say: (words: typeof ONE) => string): void =>
    void (count > 0 && notes.push(`${formatNumber(count)} of ${plural(facts.rows, 'row')} ${say(wordsOf(count))}`));
  many(
    facts.badWeights,
    ({ have, them }) =>
      `${have} a weight (${plan.weight}) that is missing, negative, infinite or above ${power(MOST_WEIGHT)}: accuracy and fairness leave ${them} out.`,
  );
  many(
    facts.unbounded,
    ({ have, them }) =>
      `${have} ${unboundedIn(plan)} that is infinite or beyond ±${power(MOST_OUTCOME)}: accuracy and fairness leave ${them} out.`,
  );
  const found = strangers.length === 0 ? ': ' : `: found ${quoted(strangers)}, expected ${quoted([...classes, ...positive])}; `;
  many(
    facts.unknownLabels,
    ({ have, they, are }) => `${have} a label (${label}) of no class the baseline knows${found}${they} ${are} taken as unlabelled.`,
  );
  if (label !== null && facts.labelled === 0 && facts.unknownLabels === 0 && facts.rows > 0)
    notes.push(`No row has a ${problem === 'regression' ? 'number as ' : ''}label (${label}).`);
  many(
    facts.unknownPredictions,
    ({ have, they, are }) => `${have} a prediction of no class the baseline knows: ${they} ${are} taken as not predicted.`,
  );
  if (problem === 'multiclass')
    many(
      facts.scoresOutside,
      ({ have }) => `${have} a class score outside 0 to 1 (logits, percentages?): scores rank rows, and are no probabilities.`,
    );
  else if (facts.scoresOutside > ODD * facts.rows && edges.length > 0 && edges[0]! >= 0 && edges.at(-2)! <= 1)
    many(
      facts.scoresOutside,
      ({ have }) =>
        `${have} a score outside 0 to 1, where the baseline has none: ${Math.min(...lows) < 0 ? 'logits' : 'percentages'}? Scores rank all rows, and groups are not ranked.`,
    );
  if (facts.unsummed > ODD * facts.rows)
    many(
      facts.unsummed,
      ({ have }) => `${have} class scores that do not sum to 1: log loss, Brier score and estimates take each as it is.`,
    );
  many(facts.withoutScore, ({ have, them }) => `${have} no finite score: what is made of scores leaves ${them} out.`);
  if (facts.disagreeing > ODD * facts.rows)
    many(
      facts.disagreeing,
      ({ have }) => `${have} a prediction that score and threshold ${threshold} would not give: is the threshold another?`,
    );
  return notes;
}

/** A label or a prediction, by their columns. */
function unboundedIn({ label, prediction, scores }: OutcomeSide['plan']): string {
  const predicted = prediction ?? scores[0]?.column ?? null;
  return [label !== null && `a label (${label})`, predicted !== null && `a prediction (${predicted})`].filter(Boolean).join(' or ');
}

/** A few scores outside 0 to 1 make it uncertain what the others are: then nothing is estimated from any. */
function oddScoreNotes(now: OutcomeFacts, before: BaselineOutcomes): string[] {
  const then = before.outcomes.facts;
  const few = before.estimator === null && then.scoresOutside > 0 && then.scoresOutside <= ODD * then.rows;
  const here = before.estimator !== null && now.scoresOutside > 0;
  const [count, where] = few ? [then.scoresOutside, ' of the baseline'] : [now.scoresOutside, ''];
  return few || here
    ? [
        `${plural(count, 'score')}${where} ${count === 1 ? 'lies' : 'lie'} outside 0 to 1: nothing is estimated from scores before labels come.`,
      ]
    : [];
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
