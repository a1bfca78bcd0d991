import { classCount, type OutcomePlan } from '../../contract/outcomes.ts';
import { decodeFloats, decodeIntegers, encodeFloats, encodeIntegers } from '../../states/encoding.ts';
import type { Json } from '../../states/state.ts';
import { LOSS, lossWidth } from './class-losses.ts';
import { classPlaces } from './class-places.ts';
import { addTable, BIN, classesOf, combinationsOf, copyTable, fits, type GroupTable, groupTable, SUM, widthOf } from './group-table.ts';

/** What labels, predictions, scores and groups of a set of records come to. Outcomes of the same plan and edges merge by addition. */
export interface Outcomes {
  /** Identifies plan and edges. */
  id: string;
  /** All rows, by the bins between `edges`. */
  all: GroupTable;
  /** Least and greatest score in each of those bins; Infinity and -Infinity where it is empty. */
  lows: Float64Array;
  highs: Float64Array;
  /** By group columns, by the bins between `groupEdges`; in the plan's order. */
  tables: GroupTable[];
  facts: OutcomeFacts;
}

/** What was met on the way, in rows. */
export interface OutcomeFacts {
  rows: number;
  /** With a label; with a label and a prediction. */
  labelled: number;
  judged: number;
  /** Weight missing, negative, not finite or above MOST_WEIGHT: the row is left out. */
  badWeights: number;
  /** Labels, predictions of no known class: taken as missing. */
  unknownLabels: number;
  unknownPredictions: number;
  /** Score missing or not finite. */
  withoutScore: number;
  /** Score, or that of a class, outside 0 to 1. */
  scoresOutside: number;
  /** Prediction given, and not the one that score and threshold would give. */
  disagreeing: number;
  /** Scores of all classes are within 0 to 1, and do not sum to 1. */
  unsummed: number;
  /** Of a regression, label or prediction infinite or beyond MOST_OUTCOME: taken as missing. */
  unbounded: number;
}

/** Beyond these the sums over rows of squared weights, and of their products with squares of squared errors, may be no numbers. */
export const MOST_WEIGHT = 1e30;
export const MOST_OUTCOME = 1e60;

export const noFacts = (): OutcomeFacts => ({
  rows: 0,
  labelled: 0,
  judged: 0,
  badWeights: 0,
  unknownLabels: 0,
  unknownPredictions: 0,
  withoutScore: 0,
  scoresOutside: 0,
  disagreeing: 0,
  unsummed: 0,
  unbounded: 0,
});

/** Score bins of groups: every value its own where there are few, else about a hundredth of the rows each. */
const MOST_GROUP_BINS = 128;
const stepOf = (edges: Float64Array): number => Math.ceil(edges.length / MOST_GROUP_BINS) || 1;
export const groupEdges = (edges: Float64Array): Float64Array => edges.filter((_, i) => i % stepOf(edges) === 0);

/** Of each bin between `edges`, the one between `groupEdges` it is part of. */
export const groupBins = (edges: Float64Array): Uint16Array =>
  Uint16Array.from({ length: edges.length + 1 }, (_, bin) => Math.ceil(bin / stepOf(edges)));

/** Values of a group column: the known ones, any other, and none. */
export const sizeOf = (plan: OutcomePlan, column: number): number => plan.groups[column]!.values.length + 2;

/** Which columns are counted together: segments, facets, all facets at once, each with the group variable, and facets within segments. */
export function groupingsOf(plan: OutcomePlan): number[][] {
  const at = (name: string): number => plan.groups.findIndex((group) => group.name === name);
  const segments = plan.segments.map((names) => names.map(at));
  const facets = facetColumns(plan);
  const variable = plan.groupVariable === null ? [] : [at(plan.groupVariable)];
  const wanted = [
    ...segments,
    ...facets.map((facet) => [facet]),
    ...(facets.length > 1 ? [facets] : []),
    ...variable.flatMap((place) => facets.filter((facet) => facet !== place).map((facet) => [facet, place])),
    ...segments.flatMap((segment) => facets.filter((facet) => !segment.includes(facet)).map((facet) => [...segment, facet])),
  ];
  const different = wanted.filter((columns, i) => wanted.findIndex((other) => String(other) === String(columns)) === i);
  const width = widthOf(plan.problem === 'regression' ? 0 : classCount(plan));
  return different.filter((columns) =>
    fits(
      columns.map((column) => sizeOf(plan, column)),
      width,
    ),
  );
}

/** Places of the facets' group columns, each once. */
export function facetColumns(plan: OutcomePlan): number[] {
  const facets = new Set(plan.facets.map(({ column, above, upTo }) => plan.groups.findIndex((g) => isOf(g, column, above, upTo))));
  return [...facets].sort((a, b) => a - b);
}

const isOf = (group: OutcomePlan['groups'][number], column: string, above: number | null, upTo: number | null): boolean =>
  group.column === column && (group.interval?.above ?? null) === above && (group.interval?.upTo ?? null) === upTo;

/** Nothing counted yet. */
export function noOutcomes(id: string, plan: OutcomePlan, edges: Float64Array): Outcomes {
  const bins = edges.length + 1;
  const width = widthOf(plan.problem === 'regression' ? 0 : classCount(plan));
  const scored = plan.problem === 'binary' && plan.scores.length > 0;
  const lost = classPlaces(plan) !== null;
  const within = groupEdges(edges).length + 1;
  const segments = plan.segments.map((names) => names.map((name) => plan.groups.findIndex((group) => group.name === name)));
  const isSegment = (columns: number[]): boolean => segments.some((segment) => String(segment) === String(columns));
  const facets = facetColumns(plan);
  const isFacet = ([column, ...more]: number[]): boolean => more.length === 0 && facets.includes(column!);
  const sizes = (columns: number[]): number[] => columns.map((column) => sizeOf(plan, column));
  return {
    id,
    all: groupTable([], [], width, scored ? bins : 0, lost),
    lows: new Float64Array(bins).fill(Number.POSITIVE_INFINITY),
    highs: new Float64Array(bins).fill(Number.NEGATIVE_INFINITY),
    tables: groupingsOf(plan).map((columns) => {
      const kept = isSegment(columns);
      return groupTable(columns, sizes(columns), width, scored && (kept || isFacet(columns)) ? within : 0, lost && kept);
    }),
    facts: noFacts(),
  };
}

export function mergeOutcomes(a: Outcomes, b: Outcomes): Outcomes {
  if (a.id !== b.id) throw new Error(`outcomes: ${a.id} and ${b.id} were counted by different plans and do not merge`);
  const merged: Outcomes = {
    id: a.id,
    all: copyTable(a.all),
    lows: a.lows.map((low, i) => Math.min(low, b.lows[i]!)),
    highs: a.highs.map((high, i) => Math.max(high, b.highs[i]!)),
    tables: a.tables.map(copyTable),
    facts: { ...a.facts },
  };
  addTable(merged.all, b.all);
  for (const [i, table] of merged.tables.entries()) addTable(table, b.tables[i]!);
  for (const key of Object.keys(merged.facts) as (keyof OutcomeFacts)[]) merged.facts[key] += b.facts[key];
  return merged;
}

const FACTS = Object.keys(noFacts()) as (keyof OutcomeFacts)[];

/** Whole numbers as varints; others as they are, with their places. */
function encodeNumbers(values: Float64Array): Json {
  if (values.every((value) => Number.isSafeInteger(value) && value >= 0)) return encodeIntegers(values);
  const places = Array.from(values.keys()).filter((i) => values[i] !== 0);
  return [
    values.length,
    encodeIntegers(places.map((place, i) => place - (i === 0 ? 0 : places[i - 1]!))),
    encodeFloats(places.map((i) => values[i]!)),
  ];
}

function decodeNumbers(json: Json): Float64Array {
  if (typeof json === 'string') return Float64Array.from(decodeIntegers(json));
  const [length, gaps, values] = json as [number, string, Json];
  const found = new Float64Array(length);
  const numbers = decodeFloats(values);
  let place = 0;
  decodeIntegers(gaps).forEach((gap, i) => {
    place += gap;
    found[place] = numbers[i]!;
  });
  return found;
}

/** Third of what is kept of a table: before the first, Σ w² was that of rows with a label and a prediction alone; before the second bins did not tell labelled rows apart by prediction. */
const OF_ALL = 1;
const DECIDED = 2;
export const encodeTable = ({ cells, scored, losses, decided }: GroupTable): Json => [
  ...[encodeNumbers(cells), encodeNumbers(scored), decided ? DECIDED : OF_ALL],
  ...(losses.length > 0 ? [encodeNumbers(losses)] : []),
];
export function decodeTable(json: Json, into: GroupTable): GroupTable {
  const [cells, scored, version, losses] = json as [Json, Json, number | undefined, Json | undefined];
  const found = decodeNumbers(cells);
  into.cells.set(found.length === into.cells.length ? found : widened(found, combinationsOf(into)));
  takeScored(decodeNumbers(scored), into);
  into.decided = into.bins === 0 || version === DECIDED;
  if (into.losses.length > 0) takeLosses(losses, into);
  if (version === undefined && into.width !== SUM.width) takeForAll(into);
  return into;
}

/** Of bins of five numbers, as they were kept before labelled rows were told apart by prediction, these are the first. */
function takeScored(found: Float64Array, { scored }: GroupTable): void {
  const width = found.length === scored.length ? BIN.width : BEFORE;
  for (let from = 0, into = 0; from < found.length; from += width, into += BIN.width) scored.set(found.subarray(from, from + width), into);
}
const BEFORE = 5;

/** Losses that were not kept then are not known, nor is a sum of them with others: NaN. */
function takeLosses(json: Json | undefined, { losses, width }: GroupTable): void {
  losses.fill(Number.NaN);
  if (json === undefined) return;
  const [found, wanted] = [decodeNumbers(json), lossWidth(classesOf(width))];
  // Before, without what each class's scores promise.
  const each = found.length === losses.length ? wanted : LOSS.promises;
  for (let from = 0, into = 0; from < found.length; from += each, into += wanted) losses.set(found.subarray(from, from + each), into);
}

/** Takes the Σ w² of rows with a label and a prediction for that of all: as if the others weighed alike; where there are none, 1 each. */
function takeForAll({ cells, width }: GroupTable): void {
  const classes = classesOf(width);
  for (let at = 0; at < cells.length; at += width) {
    let [weight, judged] = [0, 0];
    for (let cell = 0; cell < width - 2; cell++) {
      weight += cells[at + cell]!;
      if (cell % (classes + 1) < classes && cell < classes * (classes + 1)) judged += cells[at + cell]!;
    }
    cells[at + width - 1] = judged > 0 ? (cells[at + width - 1]! * weight) / judged : weight;
  }
}

/** Sums that were kept before all rows and those with a label were: as if no other rows had been there. Sums with |label| that were not kept are not known: NaN. */
function widened(cells: Float64Array, combinations: number): Float64Array {
  const wider = new Float64Array(combinations * SUM.width);
  const width = cells.length === combinations * SUM.all ? SUM.all : SUM.absoluteLabel;
  if (cells.length !== combinations * width) throw new Error(`outcomes: ${cells.length} numbers of ${combinations} combinations`);
  for (let place = 0; place < combinations; place++) {
    const sums = cells.subarray(place * width, (place + 1) * width);
    wider.set(sums, place * SUM.width);
    if (width === SUM.all) wider.fill(sums[SUM.rows]!, place * SUM.width + SUM.all, place * SUM.width + SUM.absoluteLabel);
    if (sums[SUM.rows]! > 0) wider.fill(Number.NaN, place * SUM.width + SUM.absoluteLabel, (place + 1) * SUM.width);
  }
  return wider;
}

export const encodeOutcomes = (outcomes: Outcomes): Json => ({
  id: outcomes.id,
  all: encodeTable(outcomes.all),
  lows: encodeFloats(Array.from(outcomes.lows)),
  highs: encodeFloats(Array.from(outcomes.highs)),
  tables: outcomes.tables.map(encodeTable),
  facts: FACTS.map((fact) => outcomes.facts[fact]),
});

export function decodeOutcomes(json: Json, plan: OutcomePlan, edges: Float64Array): Outcomes {
  const raw = json as { id: string; all: Json; lows: Json; highs: Json; tables: Json[]; facts: number[] };
  const outcomes = noOutcomes(raw.id, plan, edges);
  decodeTable(raw.all, outcomes.all);
  outcomes.lows.set(decodeFloats(raw.lows));
  outcomes.highs.set(decodeFloats(raw.highs));
  for (const [i, table] of outcomes.tables.entries()) decodeTable(raw.tables[i]!, table);
  FACTS.forEach((fact, i) => {
    outcomes.facts[fact] = raw.facts[i] ?? 0;
  });
  return outcomes;
}
