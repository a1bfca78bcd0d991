import type { OutcomePlan } from '../contract/outcomes.ts';
import { classCount } from '../contract/outcomes.ts';
import { regressionSums } from '../metrics/accuracy/index.ts';
import { exactScores } from '../metrics/performance/exact-scores.ts';
import { binarySlice, groupBounds, multiclassSlice, regressionSlice, type Slice } from '../metrics/performance/slice.ts';
import { type ChunkOutcomes, chunkColumn, mergeChunks } from '../profile/outcomes/chunks.ts';
import { combinationsOf, type GroupTable, SUM, valuesAt } from '../profile/outcomes/group-table.ts';
import type { KeptRows } from '../profile/outcomes/kept-rows.ts';
import { groupEdges, type Outcomes } from '../profile/outcomes/outcomes.ts';

/** Outcomes as metrics want them: slices, by the names of groups. */
export interface OutcomeSide {
  plan: OutcomePlan;
  outcomes: Outcomes;
  edges: Float64Array;
  whole: Slice;
}

/** A combination of values of some group columns. */
export interface Group {
  /** `region=N`, or `region=N, product=loan`. */
  name: string;
  /** Values of the columns; null where missing, OTHER for those not told apart. */
  values: (string | null)[];
  place: number;
  slice: Slice;
}

/** No value of any data: names of groups say "other values". */
export const OTHER = '\u0001other values';

export function outcomeSide(plan: OutcomePlan, outcomes: Outcomes, edges: Float64Array, rows: KeptRows | null): OutcomeSide {
  const side = { plan, outcomes, edges };
  const whole = sliceOf(side, outcomes.all, 0, outcomes);
  if (rows?.complete) addRows(whole, plan, rows);
  return { ...side, whole };
}

/** What needs rows, where they are at hand. */
function addRows(whole: Slice, plan: OutcomePlan, rows: KeptRows): void {
  const weights = rows.weights.length > 0 ? rows.weights.all : undefined;
  if (plan.problem === 'binary') whole.scored = exactScores(rows) ?? whole.scored;
  else if (rows.labels.length === 0) return;
  else if (plan.problem === 'multiclass')
    whole.classRows = {
      classes: classCount(plan),
      labels: rows.labels.all,
      probabilities: rows.probabilities.all,
      ...(weights && { weights }),
    };
  else {
    whole.errorRows = { labels: rows.labels.all, predictions: rows.predictions.all, ...(weights && { weights }) };
    whole.sums = regressionSums(rows.labels.all, rows.predictions.all, weights);
  }
}

type Counted = Pick<OutcomeSide, 'plan' | 'outcomes' | 'edges'>;

function sliceOf({ plan }: Counted, table: GroupTable, place: number, bounds: Parameters<typeof binarySlice>[2]): Slice {
  if (plan.problem === 'regression') return regressionSlice(table, place);
  if (plan.problem === 'multiclass') return multiclassSlice(table, place, classCount(plan));
  return binarySlice(table, place, bounds);
}

const known = new WeakMap<OutcomeSide, Map<string, Group[] | null>>();

/** Groups of a table over the given group columns (by name), in order of their values; null where it was not counted. */
export function groupsBy(side: OutcomeSide, names: readonly string[]): Group[] | null {
  let ofSide = known.get(side);
  if (ofSide === undefined) known.set(side, (ofSide = new Map()));
  const key = JSON.stringify(names);
  let groups = ofSide.get(key);
  if (groups === undefined) ofSide.set(key, (groups = countedGroups(side, names)));
  return groups;
}

function countedGroups(side: OutcomeSide, names: readonly string[]): Group[] | null {
  const columns = names.map((name) => side.plan.groups.findIndex((group) => group.name === name));
  const table = side.outcomes.tables.find((each) => String(each.columns) === String(columns));
  return table === undefined ? null : groupsOfTable(side, table, columns, 0);
}

/** Scores lie on another scale than the baseline's bins: groups' ranking is lost in the last of them. */
const offScale = ({ outcomes, edges }: Counted): boolean =>
  edges.length > 0 && edges[0]! >= 0 && edges.at(-2)! <= 1 && outcomes.facts.scoresOutside > ODD * outcomes.facts.rows;

/** Share of rows from which something odd is worth a word. */
export const ODD = 0.005;

const boundsOf = ({ outcomes, edges }: Counted): { lows: Float64Array; highs: Float64Array } =>
  groupBounds(outcomes, edges, groupEdges(edges));

function groupsOfTable(side: OutcomeSide, table: GroupTable, columns: number[], skip: number): Group[] {
  const bounds = boundsOf(side);
  const groups: Group[] = [];
  const rows = side.plan.problem === 'regression' ? SUM.all : table.width - 2;
  for (let place = 0; place < combinationsOf(table); place++) {
    if (table.cells[place * table.width + rows] === 0) continue;
    const slice = sliceOf(side, table, place, offScale(side) ? null : bounds);
    const values = valuesAt(table, place)
      .slice(skip)
      .map((value, i) => valueName(side.plan, columns[i]!, value));
    groups.push({ name: values.map((value, i) => groupName(side.plan, columns[i]!, value)).join(', '), values, place, slice });
  }
  return groups;
}

function valueName(plan: OutcomePlan, column: number, value: number): string | null {
  const { values } = plan.groups[column]!;
  return value < values.length ? values[value]! : value === values.length ? OTHER : null;
}

export function groupName(plan: OutcomePlan, column: number, value: string | null): string {
  const { name, interval } = plan.groups[column]!;
  if (value === null) return `${name} missing`;
  if (value === OTHER) return `${name}: other values`;
  return interval === null ? `${name}=${value}` : value === name ? name : `not ${name}`;
}

/** The group of the same values on another side; undefined where it was not counted, or has no rows. */
export const groupLike = (side: OutcomeSide, names: readonly string[], values: Group['values']): Group | undefined =>
  groupsBy(side, names)?.find((group) => group.values.every((value, i) => value === values[i]));

/** The chunks' slices of all rows, or of one group by its values; empty where they were not counted. */
export function chunkSlices(
  side: OutcomeSide,
  { chunks, tables }: ChunkOutcomes,
  names: readonly string[] = [],
  values: (string | null)[] = [],
): Slice[] {
  const columns = names.map((name) => side.plan.groups.findIndex((group) => group.name === name));
  const table = tables.find((each) => String(each.columns) === String([chunkColumn(side.plan), ...columns]));
  if (table === undefined) return [];
  const bounds = boundsOf(side);
  const codes = codesOf(side.plan, columns, values);
  const inner = codes.reduce((place, code, i) => place * table.sizes[i + 1]! + code, 0);
  const each = combinationsOf(table) / (chunks + 1);
  return Array.from({ length: chunks }, (_, chunk) => sliceOf(side, table, chunk * each + inner, bounds));
}

/** The numbers of a group's values, by the places of its columns in the plan. */
export const codesOf = (plan: OutcomePlan, columns: readonly number[], values: readonly (string | null)[]): number[] =>
  values.map((value, i) => {
    const known = plan.groups[columns[i]!]!.values;
    return value === null ? known.length + 1 : value === OTHER ? known.length : known.indexOf(value);
  });

/** Chunks merged to the judged length; as they are where none are merged. */
export const chunkFactor = (chunks: ChunkOutcomes, into: number[]): ChunkOutcomes =>
  into.every((place, i) => place === i) || chunks.chunks !== into.length ? chunks : mergeChunks(chunks, into);
