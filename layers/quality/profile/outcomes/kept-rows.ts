import type { OutcomePlan } from '../../contract/outcomes.ts';
import { classPlaces } from './class-places.ts';
import type { OutcomeBlock } from './count-block.ts';
import { Doubles } from './doubles.ts';

/** Beyond these rows nothing is kept, and what needs rows is taken from bins, with its bound. */
const MOST_ROWS = 12_000_000;

/**
 * The rows that exact values need: of a binary problem the scores of each cell of label and prediction, of a regression labels and predictions, of
 * several classes with a score each the labels and all scores.
 */
export class KeptRows {
  /** By cell, label · 3 + prediction. */
  readonly scores: Doubles[];
  readonly scoreWeights: Doubles[];
  readonly labels = new Doubles();
  readonly predictions = new Doubles();
  readonly weights = new Doubles();
  /** Rows × classes, in the order of the classes. */
  readonly probabilities = new Doubles();
  private seen = 0;
  /** Of several classes: which score is of each class; null unless every class has one. */
  private readonly places: number[] | null;

  constructor(private readonly plan: OutcomePlan) {
    this.places = classPlaces(plan);
    const cells = plan.problem === 'binary' && plan.scores.length > 0 ? 9 : 0;
    this.scores = Array.from({ length: cells }, () => new Doubles());
    this.scoreWeights = Array.from({ length: cells }, () => new Doubles());
  }

  /** Whether every row is here. */
  get complete(): boolean {
    return this.seen <= MOST_ROWS;
  }

  add(block: OutcomeBlock): void {
    this.seen += block.rows * (this.places?.length ?? 1);
    if (!this.complete) this.clear();
    else if (this.plan.problem === 'regression') this.addErrors(block);
    else if (this.places !== null) this.addClasses(block, this.places);
    else if (this.scores.length > 0) this.addScores(block);
  }

  private addScores({ rows, counts, cell, score, weight }: OutcomeBlock): void {
    const { scores, scoreWeights } = this;
    const weighted = this.plan.weight !== null;
    for (let i = 0; i < rows; i++) {
      if (counts[i] === 0 || !Number.isFinite(score[i]!)) continue;
      scores[cell[i]!]!.push(score[i]!);
      if (weighted) scoreWeights[cell[i]!]!.push(weight[i]!);
    }
  }

  private addErrors({ rows, judged, label, score, weight }: OutcomeBlock): void {
    for (let i = 0; i < rows; i++) {
      if (judged[i] === 0) continue;
      this.labels.push(label[i]!);
      this.predictions.push(score[i]!);
      if (this.plan.weight !== null) this.weights.push(weight[i]!);
    }
  }

  private addClasses({ rows, counts, cell, weight, classScores }: OutcomeBlock, places: number[]): void {
    const classes = places.length;
    for (let i = 0; i < rows; i++) {
      const label = Math.floor(cell[i]! / (classes + 1));
      if (counts[i] === 0 || label >= classes || !places.every((place) => Number.isFinite(classScores[place]![i]!))) continue;
      this.labels.push(label);
      for (const place of places) this.probabilities.push(classScores[place]![i]!);
      if (this.plan.weight !== null) this.weights.push(weight[i]!);
    }
  }

  private clear(): void {
    for (const list of [...this.scores, ...this.scoreWeights, this.labels, this.predictions, this.weights, this.probabilities])
      list.clear();
  }
}
