import type { Column } from '../contract/columns.ts';
import { UsageError } from '../contract/errors.ts';
import { type Facet, isInterval, type OutcomePlan, type Problem } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { classTextSql, isOneOf } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { countedSql, physicalOf, sourceSql } from '../engine/source-sql.ts';
import type { Costs } from '../metrics/accuracy/index.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { decisionThreshold } from './decision-threshold.ts';
import { bothOf, classesOf, MOST_CLASSES, quoted, spelledAs, toldApart } from './outcome-classes.ts';
import { alwaysPositive, neverPositive, ofPositive, requireClasses, strangers, unseenPositives, unusedScores } from './outcome-slips.ts';
import { groupColumns, groupNotes } from './plan-groups.ts';

/** What flags and monitor say of outcomes; all of it optional. */
export interface OutcomeOptions {
  problem?: Problem | 'none';
  positive?: string[];
  threshold?: number;
  /** What an error of either kind costs; 1 where it was not said. */
  costs?: Costs;
  favourable?: 'positive' | 'negative';
  /** Whether a positive value that never occurs is an error, not a matter of the data. */
  strict?: boolean;
  facets?: Facet[];
  segments?: string[][];
  groupVariable?: string;
  /** Class of each score column of a multiclass problem. */
  scoreClasses?: Map<string, string>;
}

export interface PlanRequest {
  database: Database;
  source: Source;
  columns: Column[];
  cuts: Map<string, Cut>;
  options: OutcomeOptions;
  /** The baseline's plan: classes, positives and groups stay what they were there. */
  before: OutcomePlan | null;
  /** The baseline's rows, whose predictions show from which score on they are positive. */
  sample?: RowSample | null;
  /** Whether groups are of these rows' values: of a baseline, whose cuts may be those of an older one. */
  own?: boolean;
}

/** What can be judged of outcomes, or null; `notes` say what cannot, and why. */
export interface Planned {
  plan: OutcomePlan | null;
  notes: string[];
}

const FEW_NUMBERS = 20;
/** In which one value may come: 1, 1.0, true. */
const SPELLINGS = 4;

/** Decides how labels, predictions, scores and groups are read; nothing is guessed that could be wrong in silence. */
export async function planOutcomes(request: PlanRequest): Promise<Planned> {
  const { options, source, before } = request;
  if (options.problem === 'none') return { plan: null, notes: [] };
  const found = rolesOf(request);
  if (found.label === null && found.prediction === null && found.scores.length === 0) return { plan: null, notes: [] };
  const known = isAsBefore(options, before);
  const column = found.label ?? found.prediction;
  const values = known ? [] : await outcomeValues(request, column);
  const predicted = known || found.label === null || found.prediction === null ? [] : await outcomeValues(request, found.prediction);
  const problem = options.problem ?? before?.problem ?? inferProblem(values, request, column);
  const occurring = problem === 'binary' ? [...values, ...predicted, ...(await positivesAmongMany(request, values, column))] : [];
  const slip =
    problem === 'regression'
      ? null
      : (strangers(values, predicted, found, options.positive) ??
        neverPositive(options, before, occurring, column) ??
        (problem === 'binary' ? alwaysPositive(options, values, column) : null));
  const classes = slip ?? classesOf(problem, values, predicted, request);
  if (typeof classes === 'string') return { plan: null, notes: [classes] };
  const scores = problem === 'binary' ? ofPositive(found.scores, classes.positive) : spelledAs(found.scores, classes.classes);
  const roles = { ...found, scores };
  if (problem === 'multiclass') requireClasses(options, roles.scores, values.length === 0 ? classes.classes : bothOf(values, predicted));
  const notes: string[] = unseenPositives(options, before, occurring, column);
  if (problem === 'multiclass') notes.push(...unusedPositive(options), ...unusedScores(options, roles, classes.classes));
  const threshold = problem === 'binary' ? await decisionThreshold(request, roles, notes) : null;
  const facets = facetsOf(request, notes);
  const segments = present(segmentsOf(request), (names) => names, source, notes);
  const wanted = options.groupVariable ?? before?.groupVariable ?? null;
  const [groupVariable = null] = present(wanted === null ? [] : [wanted], (name) => [name], source, notes);
  const groups = await groupColumns(request, facets, segments.flat(), groupVariable);
  notes.push(...groupNotes(groups));
  if (problem !== 'binary' && facets.length > 0)
    notes.push(`Fairness is judged of problems of two classes; this one is ${problem} (--problem says otherwise).`);
  const favourable = options.favourable ?? before?.favourable ?? 'positive';
  return { plan: { problem, ...roles, ...classes, threshold, favourable, groups, facets, segments, groupVariable }, notes };
}

/** Whether the baseline says what the classes are: the values then need not be looked for. */
function isAsBefore({ problem, positive, strict }: OutcomeOptions, before: OutcomePlan | null): boolean {
  if (before === null || (problem ?? before.problem) !== before.problem) return false;
  return positive === undefined || (!strict && String(positive) === String(before.positive));
}

const different = <T>(wanted: T[]): T[] =>
  wanted.filter((of, i) => wanted.findIndex((other) => JSON.stringify(other) === JSON.stringify(of)) === i);

/** Each segmentation once, by each of its columns once. */
const segmentsOf = ({ options, before }: PlanRequest): string[][] =>
  different((options.segments ?? before?.segments ?? []).map((names) => [...new Set(names)]));

/** Each facet once: a value is among all of its column's. */
function facetsOf({ options, before, source }: PlanRequest, notes: string[]): Facet[] {
  const facets = options.facets ?? before?.facets ?? [];
  const whole = new Set(facets.flatMap((facet) => (facet.values === null && !isInterval(facet) ? [facet.column] : [])));
  const once = different(facets).filter(({ column, values }) => values?.length !== 1 || !whole.has(column));
  const found = present(once, ({ column }) => [column], source, notes);
  for (const { column, above, upTo } of found)
    for (const bound of [above, upTo])
      if (bound !== null && !Number.isFinite(bound))
        throw new UsageError(`facet ${column}: ${bound} is no bound; leave it out for an open end`);
  return found;
}

function unusedPositive({ problem, positive }: OutcomeOptions): string[] {
  if (problem !== undefined || positive === undefined) return [];
  const said = `That ${quoted(positive)} is positive is not used: the label has more than two values.`;
  return [`${said} With --problem binary all others are negative.`];
}

/** Those of which all columns are here; of the others a note. */
function present<T>(wanted: T[], columnsOf: (of: T) => string[], source: Source, notes: string[]): T[] {
  const missing = new Set(wanted.flatMap(columnsOf).filter((name) => !hasColumn(source, name)));
  for (const name of missing) notes.push(`There is no column ${name}: no groups are made of it.`);
  return wanted.filter((of) => !columnsOf(of).some((name) => missing.has(name)));
}

const hasColumn = (source: Source, name: string): boolean => source.columns.some((column) => column.name === name);

function rolesOf({ columns, cuts, source, options, before }: PlanRequest): Pick<OutcomePlan, 'label' | 'prediction' | 'scores' | 'weight'> {
  const present = columns.filter(({ name }) => hasColumn(source, name));
  const first = (role: Column['role']): string | null => present.find((column) => column.role === role)?.name ?? null;
  // Of scores that a baseline does not have there are no bins to count them by.
  const scores = present.filter(({ name, role }) => role === 'score' && cuts.has(name));
  return {
    label: first('label'),
    prediction: first('prediction'),
    scores: scores.map(({ name }) => ({ column: name, class: options.scoreClasses?.get(name) ?? classBefore(before, name) })),
    weight: first('weight'),
  };
}

const classBefore = (before: OutcomePlan | null, column: string): string | null =>
  before?.scores.find((score) => score.column === column)?.class ?? null;

/** The different values of a column as classes are read, the most frequent first; more than MOST_CLASSES are not told apart. */
async function outcomeValues({ database, source }: PlanRequest, column: string | null): Promise<string[]> {
  if (column === null) return [];
  const text = classTextSql(column, physicalOf(source, column));
  const rows = await database.rows<{ v: string }>(
    `SELECT v FROM (SELECT ${text} AS v, sum(n) AS n FROM ${countedSql(source, column)} GROUP BY 1) WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT ${SPELLINGS * MOST_CLASSES}`,
  );
  return toldApart(rows.map(({ v }) => v)).slice(0, MOST_CLASSES + 1);
}

/** Of a column of so many values that not all were looked at, the positive ones there are. */
async function positivesAmongMany({ database, source, options }: PlanRequest, values: string[], column: string | null): Promise<string[]> {
  const positive = options.positive ?? [];
  if (column === null || values.length <= MOST_CLASSES || positive.length === 0) return [];
  const found = positive.map((value, i) => `bool_or(${isOneOf(column, [value], physicalOf(source, column))}) AS p${i}`);
  const [row] = await database.rows<Record<string, boolean | null>>(`SELECT ${found.join(', ')} FROM ${sourceSql(source, null)}`);
  return positive.filter((_, i) => row![`p${i}`] === true);
}

/** Scores of more than two classes are of several, however few of them have come. */
function inferProblem(values: string[], { columns, options }: PlanRequest, name: string | null): Problem {
  if (toldApart([...(options.scoreClasses?.values() ?? [])]).length > 2) return 'multiclass';
  const type = columns.find((column) => column.name === name)?.type;
  const numeric = values.length > 0 && values.every((value) => !Number.isNaN(Number(value)));
  if (values.length <= 2) return 'binary';
  const many = values.length > FEW_NUMBERS || values.some((value) => !Number.isInteger(Number(value)));
  return numeric && many && type !== 'category' && type !== 'boolean' ? 'regression' : 'multiclass';
}
