import type { Column } from '../contract/columns.ts';
import { classCount, type GroupColumn, type OutcomePlan } from '../contract/outcomes.ts';
import { quoteName, textSql } from './database.ts';
import type { NumberCodes } from './number-codes.ts';
import type { Part } from './parts.ts';
import { isPhysicallyNumeric, isWhole, plainNumberSql, valueSql } from './readers.ts';
import type { Source } from './scan-plan.ts';
import { physicalOf } from './source-sql.ts';

const NAN = "'nan'::DOUBLE";

/** Places among the parts of `outcomeSql`; null where the plan has no such column. */
export interface OutcomeLayout {
  label: number | null;
  prediction: number | null;
  scores: number[];
  weight: number | null;
  groups: number[];
  chunk: number | null;
}

/**
 * One row per table row. Labels and predictions of classes are their numbers, the number of classes where there is none and one more where it is of
 * no known class; of a regression, scores and weights they are the values, NaN where missing. Groups are the numbers of their values; `values.length`
 * for any other, one more where missing.
 */
export function outcomeSql(
  plan: OutcomePlan,
  source: Source,
  columns: Column[],
  chunk: string | null,
): { parts: Part[]; layout: OutcomeLayout } {
  const parts: Part[] = [];
  const add = (sql: string, numbers?: NumberCodes): number => parts.push({ sql: `(${sql})::DOUBLE`, ...(numbers && { numbers }) }) - 1;
  const outcome = (name: string): number =>
    plan.problem === 'regression' ? add(numberSql(name, source)) : add(classSql(name, plan, source), classNumbers(name, plan, source));
  const scores = plan.scores.map(({ column }) => numberSql(column, source));
  const guess = plan.prediction === null ? guessSql(plan, scores) : null;
  const layout: OutcomeLayout = {
    label: plan.label === null ? null : outcome(plan.label),
    prediction: plan.prediction !== null ? outcome(plan.prediction) : guess === null ? null : add(guess),
    scores: scores.map((score) => add(score)),
    weight: plan.weight === null ? null : add(numberSql(plan.weight, source)),
    groups: plan.groups.map((group) => parts.push(groupPart(group, source, columns)) - 1),
    chunk: chunk === null ? null : add(chunk),
  };
  return { parts: parts.length === 0 ? [{ sql: '1::DOUBLE' }] : parts, layout };
}

/** What scores decide where there is no prediction: by the threshold; of several classes the one of the highest score, the first of equal ones. */
function guessSql({ problem, threshold, classes, scores: given }: OutcomePlan, scores: string[]): string | null {
  if (problem === 'binary' && threshold !== null && scores.length === 1)
    return `CASE WHEN isnan(${scores[0]}) THEN 2 WHEN ${scores[0]} >= ${threshold} THEN 1 ELSE 0 END`;
  const ofClass = classes.map((name) => scores[given.findIndex((score) => score.class === name)]);
  if (problem !== 'multiclass' || ofClass.length === 0 || ofClass.includes(undefined)) return null;
  const cases = ofClass.map((score, i) => `WHEN ${score} = greatest(${ofClass.join(', ')}) THEN ${i}`);
  return `CASE WHEN ${ofClass.map((score) => `isnan(${score})`).join(' OR ')} THEN ${classes.length} ${cases.join(' ')} END`;
}

const numberSql = (name: string, source: Source): string => {
  const { value } = valueSql(name, physicalOf(source, name), { role: 'feature', type: 'number' });
  return `coalesce(${value}, ${NAN})`;
};

/** White space as JavaScript trims it, of which SQL's own trim takes the space alone. */
const WHITE = ['chr(9)', 'chr(10)', 'chr(11)', 'chr(12)', 'chr(13)', "' '", 'chr(160)'].join(' || ');
const trimmed = (text: string): string => `trim(${text}, ${WHITE})`;

/** The text of a value: numbers without a trailing `.0`, so that 1 and 1.0 are one class. Blank and NaN, as a number or as a text, are none. */
export function classTextSql(name: string, physical: string): string {
  const quoted = quoteName(name);
  if (physical === 'BOOLEAN') return `CASE WHEN ${quoted} THEN 'true' WHEN NOT ${quoted} THEN 'false' END`;
  if (isWhole(physical)) return `${quoted}::VARCHAR`;
  if (isPhysicallyNumeric(physical)) return `nullif(${plainNumberSql(quoted)}, 'nan')`;
  const text = trimmed(`${quoted}::VARCHAR`);
  return `CASE WHEN lower(${text}) NOT IN ('', 'nan') THEN ${text} END`;
}

/** Whether a value has no such text, without writing any. */
function missingSql(name: string, physical: string): string {
  const quoted = quoteName(name);
  if (physical === 'BOOLEAN' || isWhole(physical)) return `${quoted} IS NULL`;
  return isPhysicallyNumeric(physical) ? `(${quoted} IS NULL OR isnan(${quoted}::DOUBLE))` : `(${classTextSql(name, physical)}) IS NULL`;
}

/** How many zeros a whole number may have behind its point to be the same class. */
const MOST_ZEROS = 6;

/** Whether a value is one of some: as text, or as the number the text stands for, true for 1 and false for 0. */
export function isOneOf(name: string, values: readonly string[], physical: string): string {
  const quoted = quoteName(name);
  if (isPhysicallyNumeric(physical) || physical === 'BOOLEAN') {
    const numbers = values.map(plainClass).filter((value) => asNumber(value) !== null && (!isWhole(physical) || WHOLE.test(value)));
    const typed = isWhole(physical) ? 'HUGEINT' : physical === 'FLOAT' ? 'FLOAT' : 'DOUBLE';
    return numbers.length === 0 ? 'false' : `${quoted}::${typed} IN (${numbers.map((value) => `'${value}'::${typed}`).join(', ')})`;
  }
  const text = trimmed(`${quoted}::VARCHAR`);
  const plain = values.map(plainClass);
  const whole = plain.filter((value) => WHOLE.test(value));
  const spellings = whole.flatMap((value) => Array.from({ length: MOST_ZEROS + 1 }, (_, zeros) => `${value}.${'0'.repeat(zeros)}`));
  const truths = [...(whole.includes('1') ? ["'true'"] : []), ...(whole.includes('0') ? ["'false'"] : [])];
  const listed = `${text} IN (${[...new Set([...values.map((value) => value.trim()), ...plain, ...spellings])].map(textSql).join(', ')})`;
  return truths.length === 0 ? listed : `(${listed} OR lower(${text}) IN (${truths.join(', ')}))`;
}

const WHOLE = /^-?\d{1,38}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A class as it is told from others: a whole number without zeros behind its point, truth values as 1 and 0, any other text as it stands. */
export function plainClass(value: string): string {
  const text = value.trim();
  const truth = text.toLowerCase();
  if (truth === 'true' || truth === 'false') return truth === 'true' ? '1' : '0';
  return new RegExp(`^(-?\\d{1,38})\\.0{0,${MOST_ZEROS}}$`).exec(text)?.[1] ?? text;
}

/** The number a class stands for, truth values among them; null where it is a text. */
export function asNumber(value: string): number | null {
  const text = plainClass(value);
  return NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : null;
}

function classSql(name: string, plan: OutcomePlan, source: Source): string {
  const physical = physicalOf(source, name);
  const [none, unknown] = [classCount(plan), classCount(plan) + 1];
  const missing = missingSql(name, physical);
  if (plan.problem === 'binary') {
    const negative = plan.classes.length === 0 ? 'ELSE 0' : `WHEN ${isOneOf(name, plan.classes, physical)} THEN 0 ELSE ${unknown}`;
    return `CASE WHEN ${missing} THEN ${none} WHEN ${isOneOf(name, plan.positive, physical)} THEN 1 ${negative} END`;
  }
  const cases = plan.classes.map((value, i) => `WHEN ${isOneOf(name, [value], physical)} THEN ${i}`);
  return `CASE WHEN ${missing} THEN ${none} ${cases.join(' ')} ELSE ${unknown} END`;
}

/** Classes that are numbers, of a column of numbers; the first of two that are the same counts, as in SQL. */
function classNumbers(name: string, plan: OutcomePlan, source: Source): NumberCodes | undefined {
  const physical = physicalOf(source, name);
  if (!isPhysicallyNumeric(physical) && physical !== 'BOOLEAN') return undefined;
  const [missing, unknown] = [classCount(plan), classCount(plan) + 1];
  const listed = [...plan.classes, ...plan.positive].map(asNumber);
  if (isWhole(physical) && listed.some((number) => number !== null && !Number.isSafeInteger(number))) return undefined;
  const stored = (number: number): number => (physical === 'FLOAT' ? Math.fround(number) : number);
  const coded = (values: string[], code: (i: number) => number): [number, number][] =>
    values.flatMap((value, i): [number, number][] => {
      const number = asNumber(value);
      return number === null ? [] : [[stored(number), code(i)]];
    });
  const binary = plan.problem === 'binary';
  const numbers = [...coded(binary ? plan.positive : [], () => 1), ...coded(plan.classes, (i) => (binary ? 0 : i))].reverse();
  const other = binary && plan.classes.length === 0 ? 0 : unknown;
  return { sql: numberSql(name, source), codes: { numbers }, other, missing };
}

/** Codes of a group column: its values, any other, and none; of an interval 0 inside, 1 outside and 3 for none. */
function groupPart({ column, values, interval }: GroupColumn, source: Source, columns: Column[]): Part {
  const physical = physicalOf(source, column);
  const sql = numberSql(column, source);
  if (interval !== null) return { sql: intervalSql(sql, interval), numbers: { sql, codes: interval, other: 1, missing: 3 } };
  if (values.length === 0 || !areWhole(physical, values)) return textPart(groupTextSql(column, physical, columns), values);
  return {
    sql: orElse(wholeCodeSql(column, values), quoteName(column), values),
    numbers: { sql, codes: { numbers: values.map((value, i) => [Number(value), i]) }, other: values.length, missing: values.length + 1 },
  };
}

function intervalSql(number: string, { above, upTo }: NonNullable<GroupColumn['interval']>): string {
  const bounds = [above === null ? null : `${number} > ${boundSql(above)}`, upTo === null ? null : `${number} <= ${boundSql(upTo)}`].filter(
    (bound) => bound !== null,
  );
  return `(CASE WHEN isnan(${number}) THEN 3 WHEN ${bounds.join(' AND ')} THEN 0 ELSE 1 END)::DOUBLE`;
}

/** The number of a text among some, theirs for any other, one more where there is none. */
export const textPart = (text: string, values: readonly string[]): Part => ({
  sql: orElse(values.length === 0 ? 'NULL' : codeSql(text, values), text, values),
  texts: { sql: text, values },
});

const orElse = (code: string, value: string, { length }: readonly string[]): string =>
  `coalesce(${code}, ${length} + (${value} IS NULL)::INTEGER)::DOUBLE`;

/** The number of a text among some; null for any other. */
const codeSql = (text: string, values: readonly string[]): string => `list_position([${values.map(textSql).join(', ')}], ${text}) - 1`;

/** Numbers that are told apart as such. */
const FEW = 512;

/** Whole numbers are compared as such: to write them as text takes longer than all else. */
const areWhole = (physical: string, values: readonly string[]): boolean =>
  isWhole(physical) &&
  values.length <= FEW &&
  values.every((value) => Number.isSafeInteger(Number(value)) && String(Number(value)) === value);

const wholeCodeSql = (column: string, values: readonly string[]): string =>
  `list_position([${values.join(', ')}]::BIGINT[], TRY_CAST(${quoteName(column)} AS BIGINT)) - 1`;

const boundSql = (bound: number): string => (Number.isFinite(bound) ? String(bound) : `'${bound > 0 ? '' : '-'}inf'::DOUBLE`);

/** Values as the profile counts them where the column is one of categories, else as classes are read. */
export function groupTextSql(name: string, physical: string, columns: Column[]): string {
  const column = columns.find((each) => each.name === name);
  if (column !== undefined && (column.type === 'category' || column.type === 'boolean'))
    return `(${valueSql(name, physical, column).value})`;
  return `(${classTextSql(name, physical)})`;
}
