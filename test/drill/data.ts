import { changed } from './schema-change.ts';

export const BUCKET = 'drill';
/** When the first row of every object of `data/` is, and the first window begins; on the border of a window. */
export const START = Date.UTC(2026, 2, 10, 12);
export const WINDOW = 6 * 3_600_000;

const KINDS = ['red', 'green', 'blue'];

export interface Row {
  id: string;
  amount: number;
  count: number;
  kind: string;
  at: string;
}

const rowOf = (id: string, n: number, at: number): Row => ({
  ...{ id, amount: ((n * 7919) % 1009) + 0.5, count: (n * 31) % 50 },
  ...{ kind: KINDS[(n * 7) % 3]!, at: new Date(at).toISOString() },
});
const HEADER = 'id,amount,count,kind,at';
export const csv = (rows: object[]): string =>
  `${[rows.length === 0 ? HEADER : Object.keys(rows[0]!).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n')}\n`;

export const referenceCsv = (): string => csv(Array.from({ length: 2000 }, (_, k) => rowOf(`r${k}`, k, START - 172_800_000 + k * 60_000)));

/** What may be wrong with an object's rows: each makes a finding of another column, that people are told of. */
const WRONGS: ((row: Row) => Row)[] = [
  (row) => ({ ...row, amount: row.amount * 100 }),
  (row) => ({ ...row, count: row.count + 500 }),
  (row) => ({ ...row, kind: 'unheard of' }),
];
const well = (row: Row): Row => row;

/**
 * An object of 40 rows; every ninth is no table at all, every tenth has nothing in it, every seventh has something wrong, every eighth has a line that is no
 * row. All begin at the same time: nothing of them is over, or a day old, so that their order decides who tells, and never what is told.
 */
export function objectCsv(i: number): string {
  if (i % 9 === 4) return Buffer.from(Array.from({ length: 400 }, (_, k) => (k * 31 + i) % 256)).toString('latin1');
  if (i % 10 === 7) return csv([]);
  const wrong = i % 7 === 0 ? WRONGS[(i / 7) % WRONGS.length]! : well;
  return csv(rowsOf(`k${i}`, i, wrong)) + (i % 8 === 2 ? 'cut off\n' : '');
}

const rowsOf = (name: string, i: number, wrong: (row: Row) => Row): Row[] =>
  Array.from({ length: 40 }, (_, k) => wrong(rowOf(`${name}-${k}`, i * 40 + k, START + ((k * 61_000) % 7_200_000))));

/** What must never be told of: a version that was overwritten, or an object that was deleted, before anybody read it. */
export const unseenCsv = (i: number, at: number): string =>
  csv(rowsOf(`u${i}`, i, (row) => ({ ...row, amount: -1e9, at: new Date(at + Date.parse(row.at) - START).toISOString() })));

/** Windows of which the later half came with another schema. */
export const schemaChanges = (i: number): boolean => [1, 4, 6].includes(i % 9);
/** Windows an object of which was deleted, or replaced, after it was profiled and before the audit. */
export const withdraws = (i: number): boolean => i % 9 === 5;
export const replaces = (i: number): boolean => i % 9 === 7;

/** Objects of a window by what their names end with. Of nine windows six have something wrong, so that people hear that it began, goes on and is over. */
export function windowObjects(i: number): Record<string, string> {
  const rows = windowRows(i, 0);
  if (!schemaChanges(i)) return { '.csv': csv(rows), ...(withdraws(i) && { '-withdrawn.csv': unseenCsv(i, START + i * WINDOW) }) };
  return { '.csv': csv(rows.slice(0, 30)), ...changed(i % 9, rows.slice(30)) };
}

/** What replaces a window's object after it was profiled. */
export const replacedCsv = (i: number): string => csv(windowRows(i, 7));

function windowRows(i: number, version: number): Row[] {
  const wrong = i % 9 >= 2 && i % 9 < 8 ? WRONGS[0]! : well;
  return Array.from({ length: 60 }, (_, k) =>
    wrong(rowOf(`w${i}-${k}`, i * 60 + k + version, START + i * WINDOW + Math.floor((k * WINDOW) / 60))),
  );
}
