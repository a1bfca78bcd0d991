import type { Command } from 'commander';
import { UsageError } from '../layers/quality/contract/errors.ts';
import {
  COLUMN_TYPES,
  type ColumnType,
  type Facet,
  INPUT_FORMATS,
  type InputFormat,
  PROBLEMS,
  type Role,
} from '../layers/quality/contract/index.ts';
import type { Monitor } from '../layers/quality/contract/monitor.ts';
import { nearest } from '../layers/quality/contract/nearest.ts';
import type { ColumnHints } from '../layers/quality/engine/infer-columns.ts';
import { columnHints, monitorOutcomes, readAsGroups } from '../layers/quality/usecases/monitors.ts';
import type { OutcomeOptions } from '../layers/quality/usecases/plan-outcomes.ts';

/** The flags that say what columns are for. */
export interface ColumnFlags {
  label?: string;
  prediction?: string;
  score?: string[];
  id?: string;
  time?: string;
  weight?: string;
  segment?: string[];
  facet?: string[];
  positive?: string[];
  problem?: string;
  favourable?: string;
  costs?: string;
  ignore?: string[];
  type?: string[];
  inputFormat?: string;
}

/** Of a flag that names one column the last of two would count, in silence. */
const once =
  (flag: string) =>
  (value: string, before: string | undefined): string => {
    if (before !== undefined) throw new UsageError(`--${flag}: takes one column, got "${before}" and "${value}"`);
    return value;
  };

const collect = (value: string, all: string[] | undefined): string[] => [...(all ?? []), value];

export const addColumnFlags = (command: Command): Command =>
  command
    .option('--label <column>', 'the true outcome', once('label'))
    .option('--prediction <column>', "the model's decision", once('prediction'))
    .option('--score <column>', "the model's score; COLUMN=CLASS for one class of several", collect)
    .option('--id <column>', 'identifies a record', once('id'))
    .option('--time <column>', 'when a record happened', once('time'))
    .option('--weight <column>', 'weight of a record', once('weight'))
    .option('--segment <columns>', 'judge each of its values apart; A,B for the combinations of two', collect)
    .option('--facet <facet>', 'judge fairness between groups: COLUMN, COLUMN=VALUE, or COLUMN=low..high (above low, up to high)', collect)
    .option('--positive <value>', 'value of label and prediction that is the positive class', collect)
    .option('--favourable <outcome>', 'positive, or negative where the positive class is a risk or a refusal')
    .option('--costs <fp:fn>', 'what a false positive and a false negative cost, as 1:5: the cheapest threshold is looked for by it')
    .option('--problem <problem>', `one of ${PROBLEMS.join(', ')}; told from the label by default`)
    .option('--ignore <column>', 'leave it out', collect)
    .option('--type <column=type>', `one of ${COLUMN_TYPES.join(', ')}`, collect)
    .option('--input-format <format>', `one of ${INPUT_FORMATS.join(', ')}; recognised from content by default`);

/** What flags and monitor say of the columns; flags win. */
export function hintsOf(flags: ColumnFlags, monitor: Monitor | null): ColumnHints {
  requireOneRole(flags);
  const hints = columnHints(monitor);
  const set = (name: string, hint: { role?: Role; type?: ColumnType }): void => void hints.set(name, { ...hints.get(name), ...hint });
  for (const role of ['label', 'prediction', 'id', 'time', 'weight'] as const) if (flags[role] !== undefined) set(flags[role], { role });
  for (const score of flags.score ?? []) set(scoreColumn(score), { role: 'score' });
  const { facets = [], segments = [] } = outcomeOptionsOf(flags, monitor);
  readAsGroups(hints, { facets, segments });
  for (const [only] of segments.filter((names) => names.length === 1))
    if (hints.get(only!)?.role === undefined) set(only!, { role: 'segment' });
  for (const name of flags.ignore ?? []) set(name, { role: 'ignored' });
  for (const text of flags.type ?? []) {
    const at = text.lastIndexOf('=');
    const type = text.slice(at + 1) as ColumnType;
    if (at < 1 || !COLUMN_TYPES.includes(type))
      throw new UsageError(`--type: expected COLUMN=TYPE with one of ${COLUMN_TYPES.join(', ')}, got "${text}"`);
    set(text.slice(0, at), { type });
  }
  return hints;
}

const scoreColumn = (score: string): string => score.replace(/=[^=]*$/, '');

/** What flags and monitor say of outcomes; flags win. */
export function outcomeOptionsOf(flags: ColumnFlags, monitor: Monitor | null): OutcomeOptions {
  if (flags.problem !== undefined && !PROBLEMS.includes(flags.problem as (typeof PROBLEMS)[number]))
    throw new UsageError(`--problem: expected one of ${PROBLEMS.join(', ')}, got "${flags.problem}"`);
  if (flags.favourable !== undefined && flags.favourable !== 'positive' && flags.favourable !== 'negative')
    throw new UsageError(`--favourable: expected positive or negative, got "${flags.favourable}"`);
  const classes = (flags.score ?? []).filter((score) => score.includes('='));
  return {
    ...(monitor === null ? {} : monitorOutcomes(monitor)),
    ...(flags.problem && { problem: flags.problem as NonNullable<OutcomeOptions['problem']> }),
    ...(flags.positive && { positive: flags.positive, strict: true }),
    ...(flags.favourable && { favourable: flags.favourable as 'positive' | 'negative' }),
    ...(flags.costs && { costs: parseCosts(flags.costs) }),
    ...(flags.facet && { facets: flags.facet.map(parseFacet) }),
    ...(flags.segment && { segments: flags.segment.map((names) => names.split(',')) }),
    ...(classes.length > 0 && {
      scoreClasses: new Map(classes.map((score): [string, string] => [scoreColumn(score), score.slice(scoreColumn(score).length + 1)])),
    }),
  };
}

function parseCosts(text: string): NonNullable<OutcomeOptions['costs']> {
  const [falsePositive, falseNegative, ...more] = text.split(':').map((cost) => (cost.trim() === '' ? Number.NaN : Number(cost)));
  const able = (cost: number | undefined): cost is number => cost !== undefined && cost >= 0 && Number.isFinite(cost);
  if (!able(falsePositive) || !able(falseNegative) || more.length > 0)
    throw new UsageError(`--costs: expected two numbers of 0 or more, as 1:5, got "${text}"`);
  return { falsePositive, falseNegative };
}

/** A column is one thing. */
function requireOneRole(flags: ColumnFlags): void {
  const roles = (['label', 'prediction', 'id', 'time', 'weight'] as const).flatMap((role) =>
    flags[role] === undefined ? [] : [[flags[role], role] as const],
  );
  const named = new Map<string, string>();
  for (const [column, role] of [...roles, ...(flags.score ?? []).map((score) => [scoreColumn(score), 'score'] as const)]) {
    const other = named.get(column);
    if (other !== undefined && other !== role) throw new UsageError(`--${role}: ${column} is named by --${other} already`);
    named.set(column, role);
  }
}

/** `COLUMN`, `COLUMN=VALUE`, `COLUMN=low..high`. */
function parseFacet(text: string): Facet {
  const at = text.indexOf('=');
  const column = at < 0 ? text : text.slice(0, at);
  if (column === '') throw new UsageError(`--facet: expected COLUMN, COLUMN=VALUE or COLUMN=low..high, got "${text}"`);
  const none = { column, values: null, above: null, upTo: null };
  if (at < 0) return none;
  const value = text.slice(at + 1);
  const range = /^(-?[\d.eE+-]*)\.\.(-?[\d.eE+-]*)$/.exec(value);
  if (range === null && /^[^.]*\.\.[^.]*$/.test(value))
    throw new UsageError(`--facet: expected numbers on both sides of .. in "${text}", or none`);
  if (value === '' || value === '..') throw new UsageError(`--facet: expected a value or low..high after = in "${text}"`);
  if (range === null) return { ...none, values: [value] };
  const bound = (side: string): number | null => {
    if (side === '') return null;
    if (Number.isNaN(Number(side))) throw new UsageError(`--facet: "${side}" is no number in "${text}"`);
    return Number(side);
  };
  const [above, upTo] = [bound(range[1]!), bound(range[2]!)];
  if (above !== null && upTo !== null && above >= upTo) throw new UsageError(`--facet: ${above} is not below ${upTo} in "${text}"`);
  return { ...none, above, upTo };
}

export function inputFormatOf(flags: ColumnFlags, monitor: Monitor | null): InputFormat | undefined {
  const format = flags.inputFormat ?? monitor?.input?.format;
  if (format !== undefined && !INPUT_FORMATS.includes(format as InputFormat))
    throw new UsageError(`--input-format: expected one of ${INPUT_FORMATS.join(', ')}, got "${format}"`);
  return format as InputFormat | undefined;
}

/** Every column a flag names has to exist, in the data or in the baseline. */
export function requireColumns(flags: ColumnFlags, columns: string[], where = ''): void {
  const named: [string, string][] = [];
  for (const flag of ['label', 'prediction', 'id', 'time', 'weight'] as const)
    if (flags[flag] !== undefined) named.push([flag, flags[flag]]);
  for (const flag of ['score', 'ignore', 'type'] as const)
    for (const value of flags[flag] ?? []) named.push([flag, flag === 'ignore' ? value : value.replace(/=[^=]*$/, '')]);
  for (const name of (flags.segment ?? []).flatMap((names) => names.split(','))) named.push(['segment', name]);
  for (const text of flags.facet ?? []) named.push(['facet', parseFacet(text).column]);
  for (const [flag, name] of named) {
    if (columns.includes(name)) continue;
    const near = nearest(name, columns);
    throw new UsageError(
      `--${flag}: no column "${name}"${near === null ? '.' : `; did you mean "${near}"?`} Columns${where}: ${columns.join(', ')}`,
    );
  }
}
