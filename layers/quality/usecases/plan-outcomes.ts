import type { Column } from '../contract/columns.ts';
import { UsageError } from '../contract/errors.ts';
import type { Facet, OutcomePlan, Problem } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { classTextSql } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { countedSql, physicalOf } from '../engine/source-sql.ts';
import { groupColumns, groupNotes } from './plan-groups.ts';

/** What flags and monitor say of outcomes; all of it optional. */
export interface OutcomeOptions {
  problem?: Problem | 'none';
  positive?: string[];
  threshold?: number;
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
}

/** What can be judged of outcomes, or null; `notes` say what cannot, and why. */
export interface Planned {
  plan: OutcomePlan | null;
  notes: string[];
}

const MOST_CLASSES = 50;
const FEW_NUMBERS = 20;

/** Decides how labels, predictions, scores and groups are read; nothing is guessed that could be wrong in silence. */
export async function planOutcomes(request: PlanRequest): Promise<Planned> {
  const { columns, options, source, before } = request;
  if (options.problem === 'none') return { plan: null, notes: [] };
  const roles = rolesOf(request);
  if (roles.label === null && roles.prediction === null && roles.scores.length === 0) return { plan: null, notes: [] };
  const known = isAsBefore(options, before);
  const values = known ? [] : await outcomeValues(request, roles.label ?? roles.prediction);
  const predicted = known || roles.label === null || roles.prediction === null ? [] : await outcomeValues(request, roles.prediction);
  const problem = options.problem ?? before?.problem ?? inferProblem(values, columns, roles.label ?? roles.prediction);
  const notes: string[] = [];
  if (problem === 'binary') requirePositive(options, before, [...values, ...predicted], roles.label ?? roles.prediction);
  const classes = classesOf(problem, values, predicted, request);
  if (typeof classes === 'string') return { plan: null, notes: [classes] };
  const threshold = problem === 'binary' ? thresholdOf(request, roles, notes) : null;
  const facets = (options.facets ?? before?.facets ?? []).filter(({ column }) => hasColumn(source, column));
  for (const { column, above, upTo } of facets)
    for (const bound of [above, upTo])
      if (bound !== null && !Number.isFinite(bound))
        throw new UsageError(`facet ${column}: ${bound} is no bound; leave it out for an open end`);
  const segments = (options.segments ?? before?.segments ?? []).filter((names) => names.every((name) => hasColumn(source, name)));
  const wanted = options.groupVariable ?? before?.groupVariable ?? null;
  const groupVariable = wanted !== null && hasColumn(source, wanted) ? wanted : null;
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

/** A positive value that occurs nowhere, in the baseline or here, is a slip: everything would be negative. */
function requirePositive({ positive, strict }: OutcomeOptions, before: OutcomePlan | null, values: string[], column: string | null): void {
  if (!strict || positive === undefined || column === null || values.length === 0 || values.length > MOST_CLASSES) return;
  const known = [...values, ...(before?.classes ?? []), ...(before?.positive ?? [])];
  if (positive.some((value) => known.some((each) => sameValue(value, each)))) return;
  const found = [...new Set(known)].slice(0, 10).map((value) => `"${value}"`);
  throw new UsageError(
    `--positive: ${positive.map((value) => `"${value}"`).join(', ')} never occurs in ${column}: found ${found.join(', ')}`,
  );
}

const hasColumn = (source: Source, name: string): boolean => source.columns.some((column) => column.name === name);

function rolesOf({ columns, source, options }: PlanRequest): Pick<OutcomePlan, 'label' | 'prediction' | 'scores' | 'weight'> {
  const present = columns.filter(({ name }) => hasColumn(source, name));
  const first = (role: Column['role']): string | null => present.find((column) => column.role === role)?.name ?? null;
  const scores = present.filter(({ role }) => role === 'score');
  return {
    label: first('label'),
    prediction: first('prediction'),
    scores: scores.map(({ name }) => ({ column: name, class: options.scoreClasses?.get(name) ?? null })),
    weight: first('weight'),
  };
}

/** The different values of a column as classes are read, the most frequent first; more than MOST_CLASSES are not told apart. */
async function outcomeValues({ database, source }: PlanRequest, column: string | null): Promise<string[]> {
  if (column === null) return [];
  const text = classTextSql(column, physicalOf(source, column));
  const rows = await database.rows<{ v: string }>(
    `SELECT v FROM (SELECT ${text} AS v, sum(n) AS n FROM ${countedSql(source, column)} GROUP BY 1) WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT ${MOST_CLASSES + 1}`,
  );
  return rows.map(({ v }) => v);
}

function inferProblem(values: string[], columns: Column[], name: string | null): Problem {
  const type = columns.find((column) => column.name === name)?.type;
  const numeric = values.length > 0 && values.every((value) => !Number.isNaN(Number(value)));
  if (values.length <= 2) return 'binary';
  const many = values.length > FEW_NUMBERS || values.some((value) => !Number.isInteger(Number(value)));
  return numeric && many && type !== 'category' && type !== 'boolean' ? 'regression' : 'multiclass';
}

/** The values a positive class usually goes by, of a pair of which the other is negative. */
const PAIRS: [string, string][] = [
  ['0', '1'],
  ['-1', '1'],
  ['false', 'true'],
  ['False', 'True'],
];

function classesOf(
  problem: Problem,
  values: string[],
  predicted: string[],
  request: PlanRequest,
): Pick<OutcomePlan, 'classes' | 'positive'> | string {
  const { options, before } = request;
  if (problem === 'regression') return { classes: [], positive: [] };
  if (problem === 'multiclass') {
    const classes = before?.problem === 'multiclass' ? before.classes : [...values].sort();
    if (classes.length > MOST_CLASSES) return `Accuracy is not judged: labels have more than ${MOST_CLASSES} classes.`;
    return { classes, positive: options.positive ?? before?.positive ?? [] };
  }
  const positive = options.positive ?? before?.positive ?? pairOf(values)?.slice(1);
  if (positive === undefined) {
    const shown = values.length <= 2 ? ` ${values.map((value) => `"${value}"`).join(' and ')}` : '';
    return `Accuracy and fairness are not judged: which of the label's values${shown} is positive was not said (--positive, or "positive" in the monitor).`;
  }
  if (before?.problem === 'binary' && String(before.positive) === String(positive)) return { classes: before.classes, positive };
  const both = [...values, ...predicted.filter((value) => !values.some((each) => sameValue(each, value)))];
  const negative = both.length > MOST_CLASSES ? [] : both.filter((value) => !positive.some((each) => sameValue(each, value)));
  return { classes: negative, positive };
}

const sameValue = (a: string, b: string): boolean =>
  a.trim() === b.trim() || (a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b));

/** A lone value belongs to a pair as well: a window may hold one class only. */
const pairOf = (values: string[]): [string, string] | undefined =>
  values.length === 0 ? PAIRS[0] : PAIRS.find((pair) => values.every((value) => pair.includes(value)));

/** ½ for scores that can be probabilities, where there is no prediction; of any other nothing is assumed. */
function thresholdOf(
  { options, before, cuts }: PlanRequest,
  { scores, prediction }: Pick<OutcomePlan, 'scores' | 'prediction'>,
  notes: string[],
): number | null {
  const given = options.threshold ?? before?.threshold ?? null;
  if (given !== null || scores.length !== 1) return given;
  const edges = cuts.get(scores[0]!.column)?.context.edges;
  const assumed = prediction === null ? 0.5 : null;
  if (edges === undefined || edges.length === 0) return assumed;
  if (edges[0]! >= 0 && edges.at(-2)! <= 1) return assumed;
  const [low, high] = [edges[0]!, edges.at(-2) ?? edges[0]!];
  const like = low >= 0 && high <= 100 ? 'percentages' : 'logits, or on a scale of their own';
  notes.push(
    `The scores lie between ${low} and ${high}, not between 0 and 1 (${like}): they are used to rank, and decide nothing without a decision threshold.`,
  );
  return null;
}
