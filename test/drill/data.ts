/** When the first row of every object of `data/` is, and the first window begins; on the border of a window. */
export const START = Date.UTC(2026, 2, 10, 12);
export const WINDOW = 6 * 3_600_000;

const HEADER = 'id,amount,count,kind,at';
const KINDS = ['red', 'green', 'blue'];

type Row = [id: string, amount: number | '', count: number, kind: string, at: string];

const rowOf = (id: string, n: number, at: number): Row => [
  id,
  ((n * 7919) % 1009) + 0.5,
  (n * 31) % 50,
  KINDS[(n * 7) % 3]!,
  new Date(at).toISOString(),
];
const csv = (rows: Row[]): string => `${[HEADER, ...rows.map((row) => row.join(','))].join('\n')}\n`;

export const referenceCsv = (): string => csv(Array.from({ length: 2000 }, (_, k) => rowOf(`r${k}`, k, START - 172_800_000 + k * 60_000)));

/** What may be wrong with an object's rows: each makes a finding of another column, that people are told of. */
const WRONGS: ((row: Row) => Row)[] = [
  ([id, amount, ...rest]) => [id, Number(amount) * 100, ...rest],
  ([id, amount, count, ...rest]) => [id, amount, count + 500, ...rest],
  ([id, amount, count, _, at]) => [id, amount, count, 'unheard of', at],
];

/**
 * An object of 40 rows; every ninth is no table at all, every tenth has nothing in it, every seventh has something wrong. All begin at the same time: nothing
 * of them is over, or a day old, so that their order decides who tells, and never what is told.
 */
export function objectCsv(i: number): string {
  if (i % 9 === 4) return Buffer.from(Array.from({ length: 400 }, (_, k) => (k * 31 + i) % 256)).toString('latin1');
  if (i % 10 === 7) return csv([]);
  const wrong = i % 7 === 0 ? WRONGS[(i / 7) % WRONGS.length]! : (row: Row) => row;
  return csv(Array.from({ length: 40 }, (_, k) => wrong(rowOf(`k${i}-${k}`, i * 40 + k, START + ((k * 61_000) % 7_200_000)))));
}

/** The rows of a window: of nine one after the other two are well, six are not, and one is again, so that people hear that it began, goes on and is over. */
export function hourCsv(i: number): string {
  const wrong = i % 9 >= 2 && i % 9 < 8 ? WRONGS[0]! : (row: Row) => row;
  return csv(
    Array.from({ length: 60 }, (_, k) => wrong(rowOf(`w${i}-${k}`, i * 60 + k, START + i * WINDOW + Math.floor((k * WINDOW) / 60)))),
  );
}
