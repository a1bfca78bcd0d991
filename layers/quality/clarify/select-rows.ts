import { quoteText } from '../engine/database.ts';
import { byInterval, byValue, clarifyKind, pythonNumber, type Scalar } from '../metrics/fairness/index.ts';
import type { PandasColumn } from './pandas-column.ts';

/** Rows that are meant by values or by a threshold. */
export interface RowSelection {
  kind: 'categorical' | 'continuous';
  /** As analysis.json writes it. */
  text: string;
  /** SQL: true where meant, false where not, null where the column has no value. */
  sql: string;
  /** The lower end of an interval. */
  above: number | null;
}

/** By Clarify's guess: values, or the interval above a threshold. `maximum` is that of all columns the interval is for. */
export function selectRows(column: PandasColumn, given: readonly Scalar[], maximum = column.maximum): RowSelection {
  return clarifyKind(column.facts, given) === 'continuous' ? aboveThreshold(column, given, maximum) : oneOf(column, given);
}

/** Those whose value is one of the given, as text, or as a number or truth value. */
export function oneOf({ facts, text, number }: PandasColumn, given: readonly Scalar[]): RowSelection {
  const texts = given.map((value) => quoteText(String(value).trim()));
  const truths = given.filter((value) => typeof value === 'boolean' || facts.type === 'boolean').flatMap(truthOf);
  const numbers = given.flatMap((value) => {
    const asNumber = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
    return Number.isFinite(asNumber) ? [asNumber] : [];
  });
  const same = [
    `${text} IN (${texts.join(', ')})`,
    ...(truths.length > 0 ? [`lower(${text}) IN (${truths.join(', ')})`] : []),
    ...(numbers.length > 0 ? [`coalesce(${number} IN (${numbers.join(', ')}), false)`] : []),
  ];
  return { kind: 'categorical', text: byValue(given).label, sql: whereKnown(text, same.join(' OR ')), above: null };
}

/** A truth value in SQL, however it is given: True, "true", 1. */
function truthOf(value: Scalar): string[] {
  const text = String(value).trim().toLowerCase();
  return ['true', 'false'].filter((truth) => text === truth || Number(text || 'none') === Number(truth === 'true')).map(quoteText);
}

function aboveThreshold({ facts, text, number }: PandasColumn, given: readonly Scalar[], maximum: number | null): RowSelection {
  const thresholds = given.map(Number);
  const largest = maximum ?? Number.NaN;
  const float = facts.type === 'float' || given.some((value) => typeof value !== 'number' || !Number.isInteger(value));
  const ends = thresholds.includes(Math.abs(largest)) ? thresholds : [...thresholds, largest];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  // The intervals from threshold to threshold are one, as they share their ends; a lone end makes none.
  const inside =
    ends.length < 2 || Number.isNaN(low) ? 'false' : `coalesce(${number} > ${doubleSql(low)} AND ${number} <= ${doubleSql(high)}, false)`;
  const label = byInterval(thresholds, largest, 'clarify', float).label;
  return { kind: 'continuous', text: label, sql: whereKnown(text, inside), above: Math.min(...thresholds) };
}

const doubleSql = (value: number): string => `'${value}'::DOUBLE`;

/** Above one bound and up to another, either of which may be absent: what flags can say and Clarify cannot. */
export function between({ facts, text, number, maximum }: PandasColumn, above: number | null, upTo: number | null): RowSelection {
  const written = (value: number): string => pythonNumber(value, facts.type === 'float');
  const bounds = [...(above === null ? [] : [`${number} > ${above}`]), ...(upTo === null ? [] : [`${number} <= ${upTo}`])];
  const label = `(${above === null ? '-inf' : written(above)}, ${written(upTo ?? Math.max(maximum ?? above!, above!))}]`;
  return { kind: 'continuous', text: label, sql: whereKnown(text, `coalesce(${bounds.join(' AND ')}, false)`), above };
}

const whereKnown = (text: string, condition: string): string => `CASE WHEN ${text} IS NULL THEN NULL ELSE (${condition}) END`;
