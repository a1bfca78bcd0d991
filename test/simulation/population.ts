import { type DuckDBAppender, DuckDBDataChunk, DuckDBDoubleType } from '@duckdb/node-api';
import { Random } from '../../examples/credit-risk/random.ts';
import { type Database, quoteName, quoteText } from '../../layers/quality/engine/database.ts';

export const HOUR = 3_600_000;
/** A Monday. */
export const START = Date.UTC(2026, 0, 5);

/** Numbers as the engine sees them: NaN where missing, and the same in `valid`, one bit a row. */
export interface NumberColumn {
  name: string;
  type: 'number' | 'integer' | 'boolean';
  values: Float64Array;
  valid: Uint32Array | null;
}
/** A row's value is `dictionary[codes[row]]`. */
export interface CategoryColumn {
  name: string;
  type: 'category';
  codes: Uint16Array;
  dictionary: string[];
  valid: Uint32Array | null;
}
export type PopulationColumn = NumberColumn | CategoryColumn;

/** The rows of one hour. */
export interface Window {
  hour: number;
  rows: number;
  time: Float64Array;
  columns: PopulationColumn[];
}

export interface WindowOptions {
  seed: number;
  /** Hours since START. */
  hour: number;
  rows: number;
  /** Strength of the daily and weekly cycles, in standard deviations; 0 for a population without. */
  cycle?: number;
}

type Draw = (random: Random, wave: number) => number;

const DRAWS: { name: string; type: NumberColumn['type']; draw: Draw }[] = [
  { name: 'normal', type: 'number', draw: (random, wave) => 50 + 10 * (random.normal() + wave) },
  {
    name: 'lognormal',
    type: 'number',
    draw: (random, wave) => (random.chance(0.03) ? Number.NaN : random.lognormal(10 + 0.5 * wave, 0.5)),
  },
  { name: 'zero_inflated', type: 'number', draw: (random, wave) => (random.chance(0.7 - 0.3 * wave) ? 0 : random.lognormal(5, 1)) },
  { name: 'count', type: 'integer', draw: (random, wave) => random.poisson(2.5 * Math.exp(0.6 * wave)) },
  { name: 'heavy_tail', type: 'number', draw: (random, wave) => (1 + 0.5 * wave) * (1 - random.uniform()) ** (-1 / 1.2) },
  { name: 'uniform', type: 'number', draw: (random, wave) => random.uniform() + 0.29 * wave },
  { name: 'flag', type: 'boolean', draw: (random, wave) => (random.chance(0.2 + 0.4 * wave) ? 1 : 0) },
  { name: 'score', type: 'number', draw: (random, wave) => 1 / (1 + Math.exp(1.5 - 1.2 * (random.normal() + wave))) },
];
const CATEGORY_SIZES = [3, 12, 60, 400];

/** Each column peaks at an hour of its own; weekends are lower. */
export const waveOf = (hour: number, column: number, strength: number): number => {
  const weekend = Math.floor(hour / 24) % 7 >= 5 ? 1 : 0;
  return strength * (Math.sin((2 * Math.PI * (hour - 5 * column)) / 24) - weekend / 2 + 1 / 7);
};

const maskOf = (rows: number, missing: (row: number) => boolean): Uint32Array | null => {
  const mask = new Uint32Array(Math.ceil(rows / 32));
  let nulls = 0;
  for (let row = 0; row < rows; row++) {
    if (missing(row)) nulls++;
    else mask[row >>> 5]! |= 1 << (row & 31);
  }
  return nulls === 0 ? null : mask;
};

export const isValid = (valid: Uint32Array | null, row: number): boolean =>
  valid === null || ((valid[row >>> 5]! >>> (row & 31)) & 1) === 1;

export const numberColumn = (name: string, type: NumberColumn['type'], values: Float64Array): NumberColumn => ({
  name,
  type,
  values,
  valid: maskOf(values.length, (row) => Number.isNaN(values[row]!)),
});

/** Zipf's law, its head moving gently with the cycle. */
const categoryColumn = (random: Random, size: number, rows: number, wave: number): CategoryColumn => {
  const ends = new Float64Array(size);
  let total = 0;
  for (let k = 0; k < size; k++) ends[k] = total += Math.exp(wave * Math.cos(k)) / (k + 1);
  const codes = new Uint16Array(rows);
  for (let row = 0; row < rows; row++) {
    const point = random.uniform() * total;
    let low = 0;
    for (let high = size - 1; low < high; ) {
      const middle = (low + high) >>> 1;
      if (ends[middle]! > point) high = middle;
      else low = middle + 1;
    }
    codes[row] = low;
  }
  return {
    name: `category_${size}`,
    type: 'category',
    codes,
    dictionary: Array.from({ length: size }, (_, k) => `value ${k}`),
    valid: null,
  };
};

/** One hour of the population: the same rows for the same seed and hour. */
export const makeWindow = ({ seed, hour, rows, cycle = 0.1 }: WindowOptions): Window => {
  const numbers = DRAWS.map(({ name, type, draw }, i) => {
    const random = new Random(seed, hour, i);
    const wave = waveOf(hour, i, cycle);
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) values[row] = draw(random, wave);
    return numberColumn(name, type, values);
  });
  const categories = CATEGORY_SIZES.map((size, i) =>
    categoryColumn(new Random(seed, hour, 100 + i), size, rows, waveOf(hour, DRAWS.length + i, cycle)),
  );
  const time = Float64Array.from({ length: rows }, (_, row) => START + hour * HOUR + Math.floor((row * HOUR) / rows));
  return { hour, rows, time, columns: [...numbers, ...categories] };
};

export const makeWindows = (options: WindowOptions, hours: number): Window[] =>
  Array.from({ length: hours }, (_, i) => makeWindow({ ...options, hour: options.hour + i }));

export const CHANGES = ['nulls', 'mean', 'renamed', 'unit', 'sentinels', 'imputed', 'stuck', 'blanks'] as const;
export type ChangeKind = (typeof CHANGES)[number];

const present = (column: NumberColumn): Float64Array => column.values.filter((_, row) => isValid(column.valid, row));

const median = (values: Float64Array): number => values.sort()[Math.floor(values.length / 2)] ?? Number.NaN;

const deviation = (values: Float64Array): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

const changedNumbers = (kind: ChangeKind, column: NumberColumn, random: Random): NumberColumn => {
  const known = present(column);
  const change: Partial<Record<ChangeKind, () => (value: number) => number>> = {
    nulls: () => (value) => (random.chance(0.05) ? Number.NaN : value),
    mean: () => {
      const move = 0.3 * deviation(known);
      return (value) => value + (column.type === 'integer' ? Math.floor(move + random.uniform()) : move);
    },
    unit: () => (value) => value * 100,
    sentinels: () => (value) => (random.chance(0.03) ? -999 : value),
    imputed: () => {
      const middle = median(known.slice());
      return (value) => (random.chance(0.1) ? middle : value);
    },
    stuck: () => () => known.at(-1) ?? Number.NaN,
  };
  const make = change[kind];
  if (!make) throw new Error(`${kind} is no change of numbers (${column.name})`);
  return numberColumn(column.name, column.type, column.values.map(make()));
};

const changedCategory = (kind: ChangeKind, column: CategoryColumn, random: Random): CategoryColumn => {
  const { codes, dictionary } = column;
  if (kind === 'renamed') return { ...column, dictionary: dictionary.map((value, code) => (code === 0 ? value.toUpperCase() : value)) };
  if (kind === 'nulls') return { ...column, valid: maskOf(codes.length, (row) => !isValid(column.valid, row) || random.chance(0.05)) };
  if (kind === 'stuck') return { ...column, codes: codes.map(() => codes.at(-1)!), valid: null };
  if (kind === 'blanks')
    return { ...column, dictionary: [...dictionary, ''], codes: codes.map((code) => (random.chance(0.1) ? dictionary.length : code)) };
  throw new Error(`${kind} is no change of categories (${column.name})`);
};

/** The window with one column changed: nulls 5 %, mean +0.3 sd, most frequent category renamed, unit × 100, -999 in 3 %, median in 10 %, stuck, '' in 10 %. */
export const plantChange = (window: Window, kind: ChangeKind, name: string, seed = 1): Window => {
  if (!window.columns.some((column) => column.name === name)) throw new Error(`no column ${name}`);
  const random = new Random(seed, window.hour, CHANGES.indexOf(kind));
  const columns = window.columns.map((column) => {
    if (column.name !== name) return column;
    return column.type === 'category' ? changedCategory(kind, column, random) : changedNumbers(kind, column, random);
  });
  return { ...window, columns };
};

const SQL_TYPES = { number: 'DOUBLE', integer: 'BIGINT', boolean: 'BOOLEAN' } as const;

const selectColumn = (column: PopulationColumn): string => {
  const name = quoteName(column.name);
  if (column.type !== 'category') return `CASE WHEN isnan(${name}) THEN NULL ELSE ${name}::${SQL_TYPES[column.type]} END AS ${name}`;
  return `CASE WHEN isnan(${name}) THEN NULL ELSE [${column.dictionary.map(quoteText).join(', ')}][${name}::BIGINT + 1] END AS ${name}`;
};

const CHUNK = 2048;

const doublesOf = (column: PopulationColumn): Float64Array =>
  column.type === 'category'
    ? Float64Array.from(column.codes, (code, row) => (isValid(column.valid, row) ? code : Number.NaN))
    : column.values;

const append = (appender: DuckDBAppender, window: Window): void => {
  const columns = [window.time, ...window.columns.map(doublesOf)];
  for (let from = 0; from < window.rows; from += CHUNK) {
    const chunk = DuckDBDataChunk.create(
      columns.map(() => DuckDBDoubleType.instance),
      Math.min(CHUNK, window.rows - from),
    );
    columns.forEach((values, i) => {
      const vector = chunk.getColumnVector(i) as unknown as { items: Float64Array; flush(): void };
      vector.items.set(values.subarray(from, from + vector.items.length));
      vector.flush();
    });
    appender.appendDataChunk(chunk);
  }
};

/** Writes windows of one population (all with the same categories) as one Parquet file, rows in order of time. */
export const writeParquet = async (database: Database, windows: Window[], path: string): Promise<void> => {
  const columns = windows[0]!.columns;
  const names = ['time', ...columns.map(({ name }) => name)];
  await database.run(`CREATE OR REPLACE TABLE population (${names.map((name) => `${quoteName(name)} DOUBLE`).join(', ')})`);
  const appender = await database.connection.createAppender('population');
  for (const window of windows) append(appender, window);
  appender.closeSync();
  const selected = ['epoch_ms(time::BIGINT) AS time', ...columns.map(selectColumn)].join(', ');
  await database.run(`COPY (SELECT ${selected} FROM population) TO ${quoteText(path)} (FORMAT parquet)`);
  await database.run('DROP TABLE population');
};
