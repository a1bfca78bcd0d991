import { quoteName } from '../../engine/database.ts';
import { isPhysicallyNumeric, plainNumberSql, valueSql } from '../../engine/readers.ts';

const FLOATING = /^(FLOAT|DOUBLE)$/;
/** A decimal prints all its places. */
const PLACES = /^DECIMAL\(\d+,[1-9]\d*\)$/;

/** A value as trimmed text, null where blank. A number reads the same whatever its type: the double 7.0 and the decimal 7.00 are `7`. */
export function textSql(name: string, physical: string): string {
  const quoted = quoteName(name);
  if (PLACES.test(physical)) return `rtrim(rtrim(${quoted}::VARCHAR, '0'), '.')`;
  return FLOATING.test(physical) ? plainNumberSql(quoted) : `nullif(trim(${quoted}::VARCHAR), '')`;
}

/** A label as text. NaN, and the `nan` that Python writes for it, is no label. */
export function labelSql(name: string, physical: string): string {
  const text = textSql(name, physical);
  return `CASE WHEN lower(${text}) <> 'nan' THEN ${text} END`;
}

/** Seconds since the epoch, of times and of numbers, also where they are text; null where there is none, and where it cannot be read or is infinite. */
export function secondsSql(name: string, physical: string): string {
  const time = { role: 'time', type: 'time' } as const;
  const { value } = valueSql(name, physical, time);
  const asNumber = (): string =>
    valueSql(name, 'DOUBLE', time).value.replaceAll(`${quoteName(name)}::DOUBLE`, () => `TRY_CAST(${quoteName(name)} AS DOUBLE)`);
  const seconds = physical === 'VARCHAR' ? `coalesce(${asNumber()}, ${value})` : value;
  return `CASE WHEN isfinite(${seconds}) THEN ${seconds} END`;
}

/** A row number within a request as a double; null where there is none or where it is no number. */
export const rowSql = (name: string, physical: string): string =>
  isPhysicallyNumeric(physical) ? `${quoteName(name)}::DOUBLE` : `TRY_CAST(${textSql(name, physical)} AS DOUBLE)`;
