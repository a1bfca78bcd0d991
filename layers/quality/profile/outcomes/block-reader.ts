import { classCount, type OutcomePlan } from '../../contract/outcomes.ts';
import type { OutcomeLayout } from '../../engine/outcome-sql.ts';
import type { OutcomeColumn } from '../../engine/parts.ts';
import { binTable, findBins } from '../../states/bin-table.ts';
import { readLosses, roomForLosses } from './class-losses.ts';
import { classPlaces } from './class-places.ts';
import { NO_SLOT, type OutcomeBlock, placeSlots, type ScoreBins } from './count-block.ts';
import { BIN } from './group-table.ts';
import { groupBins, MOST_OUTCOME, MOST_WEIGHT, type Outcomes } from './outcomes.ts';

/** Of a binary problem's cells (label · 3 + prediction, 2 for none): where their scores are counted, and what was predicted. */
const SLOTS = Uint8Array.of(
  ...[BIN.negative, BIN.negativePredicted, BIN.negative],
  ...[BIN.positive, BIN.positivePredicted, BIN.positive],
  ...[BIN.otherwise, BIN.predicted, NO_SLOT],
);
const SELECTED = Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2);

/** What two decimals may take from each of a row's class scores. */
const ROUNDED = 0.005;

/** Turns blocks of doubles into blocks to be counted, by fine and by coarse score bins, and notes what is odd. What it gives is overwritten by the next. */
export class BlockReader {
  private readonly fine: ScoreBins;
  private readonly coarse: ScoreBins;
  private readonly block: OutcomeBlock;
  private readonly placeOf: Map<number, number>;
  private readonly classes: number;
  private readonly coarseBins: Uint16Array;
  private readonly places: number[] | null;

  constructor(
    private readonly plan: OutcomePlan,
    private readonly layout: OutcomeLayout,
    private readonly edges: Float64Array,
    places: number[],
    private readonly outcomes: Outcomes,
    /** The most rows of a block. */
    most: number,
  ) {
    this.classes = plan.problem === 'regression' ? 0 : classCount(plan);
    this.coarseBins = groupBins(edges);
    this.places = classPlaces(plan);
    this.placeOf = new Map(places.map((place, i) => [place, i]));
    const bytes = (): Uint8Array => new Uint8Array(most);
    const words = (): Uint16Array => new Uint16Array(most);
    const floats = (): Float64Array => new Float64Array(most);
    const bins = (): ScoreBins => ({ bin: words(), binAt: new Int32Array(most), slotAt: new Int32Array(most) });
    [this.fine, this.coarse] = [bins(), bins()];
    this.block = {
      ...{
        rows: 0,
        weight: floats().fill(1),
        counts: bytes().fill(1),
        cell: words(),
        judged: bytes(),
        slot: bytes(),
        ...this.fine,
        score: floats(),
      },
      ...{ label: floats(), error: floats(), places: new Int32Array(most), classScores: [], lost: this.places && roomForLosses(most) },
      groups: Array.from({ length: layout.groups.length + (layout.chunk === null ? 0 : 1) }, words),
    };
  }

  read(values: OutcomeColumn[], rows: number): { fine: OutcomeBlock; coarse: OutcomeBlock } {
    const { block, layout } = this;
    block.rows = rows;
    this.outcomes.facts.rows += rows;
    this.readWeights(values, rows);
    for (const [k, column] of layout.groups.entries()) block.groups[k] = values[column] as Uint16Array;
    if (layout.chunk !== null) this.readChunks(values[layout.chunk] as Float64Array, rows);
    if (this.classes === 0) this.readErrors(values, rows);
    else this.readClasses(values, rows);
    if (this.plan.problem === 'binary' && layout.scores.length > 0) this.readScores(values[layout.scores[0]!] as Float64Array, rows);
    else block.slot.fill(NO_SLOT, 0, rows);
    if (this.plan.problem === 'multiclass')
      this.readClassScores(
        layout.scores.map((column) => values[column] as Float64Array),
        rows,
      );
    return { fine: { ...block, ...this.fine }, coarse: { ...block, ...this.coarse } };
  }

  private readWeights(values: OutcomeColumn[], rows: number): void {
    const { weight, counts } = this.block;
    if (this.layout.weight === null) return;
    const given = values[this.layout.weight]!;
    for (let i = 0; i < rows; i++) {
      const usable = given[i]! >= 0 && given[i]! <= MOST_WEIGHT;
      counts[i] = usable ? 1 : 0;
      weight[i] = usable ? given[i]! : 0;
      if (!usable) this.outcomes.facts.badWeights++;
    }
  }

  private readChunks(given: Float64Array, rows: number): void {
    const chunk = this.block.groups.at(-1)!;
    const none = this.placeOf.size;
    let last = Number.NaN;
    let place = none;
    for (let i = 0; i < rows; i++) {
      if (given[i] !== last) place = this.placeOf.get((last = given[i]!)) ?? none;
      chunk[i] = place;
    }
  }

  private readClasses(values: OutcomeColumn[], rows: number): void {
    const { layout, classes } = this;
    const { cell, judged, counts, weight } = this.block;
    const labels = layout.label === null ? null : values[layout.label]!;
    const predictions = layout.prediction === null ? null : values[layout.prediction]!;
    let [unknownLabels, unknownPredictions, both, labelled] = [0, 0, 0, 0];
    for (let i = 0; i < rows; i++) {
      let label = labels === null ? classes : labels[i]! | 0;
      let prediction = predictions === null ? classes : predictions[i]! | 0;
      if (label > classes) {
        label = classes;
        unknownLabels++;
      }
      if (prediction > classes) {
        prediction = classes;
        unknownPredictions++;
      }
      cell[i] = Math.imul(label, classes + 1) + prediction;
      judged[i] = label < classes && prediction < classes ? counts[i]! : 0;
      if (label < classes) labelled++;
      if (weight[i]! > 0) both += judged[i]!;
    }
    const { facts } = this.outcomes;
    facts.unknownLabels += unknownLabels;
    facts.unknownPredictions += unknownPredictions;
    facts.judged += both;
    facts.labelled += labelled;
  }

  private readClassScores(scores: Float64Array[], rows: number): void {
    this.block.classScores = scores;
    const { block, places } = this;
    if (places !== null)
      readLosses(
        block,
        places.map((place) => scores[place]!),
        block.lost!,
      );
    const { facts } = this.outcomes;
    const complete = scores.length === this.classes;
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      let outside = false;
      for (const of of scores) {
        sum += of[i]!;
        outside ||= of[i]! < 0 || of[i]! > 1;
      }
      if (!Number.isFinite(sum)) facts.withoutScore++;
      else if (outside) facts.scoresOutside++;
      else if (complete && Math.abs(sum - 1) > ROUNDED * scores.length + 1e-6) facts.unsummed++;
    }
  }

  private readErrors(values: OutcomeColumn[], rows: number): void {
    const { label, error, judged, counts, score } = this.block;
    const labels = this.layout.label === null ? null : values[this.layout.label]!;
    const at = this.layout.prediction ?? this.layout.scores[0] ?? null;
    const predictions = at === null ? null : values[at]!;
    for (let i = 0; i < rows; i++) {
      let y = labels === null ? Number.NaN : labels[i]!;
      let p = predictions === null ? Number.NaN : predictions[i]!;
      const [beyond, far] = [Math.abs(y) > MOST_OUTCOME, Math.abs(p) > MOST_OUTCOME];
      if (beyond || far) this.outcomes.facts.unbounded++;
      if (beyond) y = Number.NaN;
      if (far) p = Number.NaN;
      label[i] = y;
      error[i] = p - y;
      score[i] = p;
      judged[i] = Number.isFinite(p - y) ? counts[i]! : 0;
      if (this.block.weight[i]! > 0) this.outcomes.facts.judged += judged[i]!;
      if (Number.isFinite(y)) this.outcomes.facts.labelled++;
    }
  }

  private readScores(score: Float64Array, rows: number): void {
    const { block, plan, outcomes, fine, coarse } = this;
    const { slot, cell, counts } = block;
    const { lows, highs, facts } = outcomes;
    block.score = score;
    findBins(score.subarray(0, rows), binTable(this.edges), fine.bin);
    for (let i = 0; i < rows; i++) coarse.bin[i] = this.coarseBins[fine.bin[i]!]!;
    const threshold = plan.prediction === null ? null : plan.threshold;
    let [without, outside, disagreeing] = [0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const s = score[i]!;
      slot[i] = NO_SLOT;
      if (!Number.isFinite(s)) {
        without++;
        continue;
      }
      if (s < 0 || s > 1) outside++;
      const of = cell[i]!;
      if (threshold !== null && SELECTED[of] === (s >= threshold ? 0 : 1)) disagreeing++;
      const at = SLOTS[of]!;
      if (counts[i] === 0 || at === NO_SLOT) continue;
      slot[i] = at;
      const bin = fine.bin[i]!;
      if (s < lows[bin]!) lows[bin] = s;
      if (s > highs[bin]!) highs[bin] = s;
    }
    facts.withoutScore += without;
    facts.scoresOutside += outside;
    facts.disagreeing += disagreeing;
    for (const bins of [fine, coarse]) placeSlots(bins, slot, rows);
  }
}
