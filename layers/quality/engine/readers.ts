import type { Column, ColumnType } from '../contract/columns.ts';
import { quoteName } from './database.ts';

/** How a column is read: which vector its states get, and the SQL for its values. */
export type Reading = 'number' | 'weighted' | 'time' | 'counted' | 'hashed';

const READINGS: Record<ColumnType, Exclude<Reading, 'weighted'>> = {
  number: 'number',
  integer: 'number',
  time: 'time',
  boolean: 'counted',
  category: 'counted',
  text: 'hashed',
};

export const readingOf = (column: Pick<Column, 'role' | 'type'>): Exclude<Reading, 'weighted'> =>
  column.role === 'id' ? 'hashed' : READINGS[column.type];

const NUMERIC = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/;
/** A time of day is no time of an event: it is read as text. */
const TEMPORAL = /^(DATE|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?)$/;
/** Whole numbers that are all different doubles. */
export const isSmallInteger = (physical: string): boolean => /^U?(TINY|SMALL)?INT(EGER)?$/.test(physical);
export const isWhole = (physical: string): boolean => /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(physical);
export const isPhysicallyNumeric = (physical: string): boolean => NUMERIC.test(physical);
export const isPhysicallyTemporal = (physical: string): boolean => TEMPORAL.test(physical);

export interface ValueSql {
  value: string;
  /** True where a value is there but not of the type; null where that cannot happen. */
  misfit: string | null;
}

/** The values of a column as its reading wants them: doubles, seconds, or text. A blank is a null to all but text. */
export function valueSql(name: string, physical: string, column: Pick<Column, 'role' | 'type'>): ValueSql {
  const quoted = quoteName(name);
  const reading = readingOf(column);
  if (reading === 'number') return castOrMisfit(quoted, physical, 'DOUBLE', isPhysicallyNumeric(physical) || physical === 'BOOLEAN');
  if (reading === 'time') return timeSql(quoted, physical);
  if (column.type === 'boolean' && physical !== 'BOOLEAN') {
    const { value, misfit } = castOrMisfit(quoted, physical, 'BOOLEAN', false);
    return { value: `(${value})::VARCHAR`, misfit };
  }
  if (column.type === 'category' && column.role !== 'id' && isPhysicallyNumeric(physical) && !isWhole(physical))
    return { value: plainNumberSql(quoted), misfit: null };
  return { value: physical === 'VARCHAR' ? quoted : `${quoted}::VARCHAR`, misfit: null };
}

/** 2^53, below which every whole number is a double of its own. */
const EXACT = '9007199254740992';

/** A number as text, a whole one without a point: codes that came as doubles, since one of them was missing, are the codes they were. */
export const plainNumberSql = (quoted: string): string =>
  `CASE WHEN ${quoted}::DOUBLE = trunc(${quoted}::DOUBLE) AND abs(${quoted}::DOUBLE) < ${EXACT} THEN (${quoted}::BIGINT)::VARCHAR ELSE ${quoted}::VARCHAR END`;

function castOrMisfit(quoted: string, physical: string, type: string, fits: boolean): ValueSql {
  if (fits) return { value: physical === type ? quoted : `${quoted}::${type}`, misfit: null };
  const text = physical === 'VARCHAR' ? quoted : `${quoted}::VARCHAR`;
  const value = `TRY_CAST(trim(${text}) AS ${type})`;
  return { value, misfit: `(${text} IS NOT NULL AND trim(${text}) <> '' AND ${value} IS NULL)` };
}

function timeSql(quoted: string, physical: string): ValueSql {
  if (isPhysicallyTemporal(physical)) return { value: secondsSql(`${quoted}::TIMESTAMP`), misfit: null };
  if (isPhysicallyNumeric(physical)) {
    const number = `${quoted}::DOUBLE`;
    return {
      value: `CASE WHEN abs(${number}) >= 1e14 THEN ${number} / 1e6 WHEN abs(${number}) >= 1e11 THEN ${number} / 1e3 ELSE ${number} END`,
      misfit: null,
    };
  }
  const { value, misfit } = castOrMisfit(quoted, physical, 'TIMESTAMPTZ', false);
  return { value: secondsSql(value), misfit };
}

/** Seconds since the epoch; infinite where the time is. */
const secondsSql = (time: string): string => `CASE WHEN isinf(${time}) THEN 'inf'::DOUBLE ELSE epoch(${time}) END`;
