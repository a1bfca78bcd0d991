import { describe, expect, it } from 'vitest';
import { terminal } from './run.ts';

const { write, assay } = terminal();

/** Rows of a number, a category and a flag, each as if drawn. */
const rows = Array.from({ length: 2000 }, (_, i) => {
  const drawn = (i * 7919) % 2003;
  return { age: 20 + (drawn % 60), town: ['Bonn', 'Kiel', 'Ulm'][drawn % 3]!, rare: i === 1990 ? 1 : 0, income: (drawn * 31) % 997 };
});
type Row = (typeof rows)[number];
const csv = (ordered: Row[], more = (_: Row, __: number) => ''): string =>
  ['age,town,rare,income', ...ordered.map((row, i) => Object.values(row).join() + more(row, i))].join('\n');
const by = (key: keyof Row, sign = 1): Row[] => [...rows].sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0));

const said = async (name: string, content: string): Promise<string> => {
  write(`${name}.csv`, content);
  return (await assay('baseline', `${name}.csv`, '--out', name)).stderr;
};

describe('reference data without time whose rows are sorted', () => {
  it.each([
    ['up by a number', by('age'), 'age'],
    ['down by a number', by('income', -1), 'income'],
    ['by a category', by('town'), 'town'],
  ] as const)('%s', async (name, ordered, column) => {
    expect(await said(column, csv([...ordered]))).toMatch(
      new RegExp(`^assay: .*its rows are sorted by ${column}: its parts differ .*\\n$`, 'm'),
    );
    write('now.csv', csv(rows.slice(0, 500)));
    const { stdout } = await assay('check', 'now.csv', '--baseline', column, '--format', 'json');
    const report = JSON.parse(stdout) as { notes: string[] };
    expect(
      report.notes.filter((note) => note.includes(`sorted by ${column}:`)),
      name,
    ).toHaveLength(1);
  });

  it('and not sorted, with a flag in the last rows alone', async () => {
    expect(await said('drawn', csv(rows))).toBe('');
  });

  it('or by what a handful of rows have, which come in some order', async () => {
    const content = csv(rows, (_, i) => (i % 400 === 99 ? `,${i}.5` : ',')).replace('income', 'income,refund');
    expect(await said('few', content)).toBe('');
  });

  it('or in the order of their ids', async () => {
    const content = csv(rows, (_, i) => `,${1000 + i}`).replace('income', 'income,id');
    expect(await said('ids', content)).toBe('');
  });
});
