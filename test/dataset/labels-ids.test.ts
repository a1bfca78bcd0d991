import { describe, expect, it } from 'vitest';
import { labelBench, request, truth } from './labels-helper.ts';

const { join, labelsOf } = labelBench();

describe('ids', () => {
  const table = (...ids: string[]): string => `id,x\n${ids.map((id) => `${id},0\n`).join('')}`;
  const labelled = (...ids: string[]): string => `id,label\n${ids.map((id, i) => `${id},${i % 2}\n`).join('')}`;
  const factsOf = async (records: string, labels: string | Record<string, string>) => (await join(records, labels, { id: 'id' })).facts;

  it('of which no label has one of the records are shown beside those, by how they look and by an example', async () => {
    expect((await factsOf(table('1', '22', '33'), labelled('x-1', 'x-2', 'Ä7'))).strange).toEqual({
      label: { form: 'a-9', id: 'x-1' },
      record: { form: '99', id: '22', column: 'id' },
      sameNumber: 0,
    });
    expect((await factsOf(table('1', '2'), labelled('1', 'x-2'))).strange).toBeNull();
    expect((await factsOf(table('1', '1'), labelled('1'))).strange).toBeNull();
  });
  it('that are numbers of the records, written otherwise, are recognised', async () => {
    const strange = async (records: string[], labels: string[]) => (await factsOf(table(...records), labelled(...labels))).strange;
    expect(await strange(['7', '12', 'x'], ['007', '0012', 'y'])).toMatchObject({
      ...{ label: { id: '0012', form: '9999' }, record: { id: '12', form: '99' } },
      sameNumber: 2,
    });
    expect(await strange(['0', '10'], ['0.00', '10.00', '20.0'])).toMatchObject({ sameNumber: 2 });
    expect(await strange(['0', '10'], ['1', '100', '-10', '10.5'])).toMatchObject({ sameNumber: 0 });
  });
  it('of a file that are all whole numbers as floats are joined to whole numbers', async () => {
    const joined = await join(table('7', '12', '-3'), labelled('12.0', '7.0', '-3.0', '4.0'), { id: 'id' });
    expect(await labelsOf(joined)).toEqual([1n, 0n, 0n]);
    expect(joined.facts).toMatchObject({ matched: 3, unmatched: 1, strange: null });
  });
  it.each([
    ['the records have others than whole numbers', table('7', '12', '12.5'), labelled('12.0', '7.0')],
    ['they have more than a point and a zero', table('7', '12'), labelled('12.00', '7.5')],
  ])('are not, where %s', async (_, records, labels) => {
    expect(await factsOf(records, labels)).toMatchObject({ matched: 0 });
  });
  it('as floats are read alike whatever file they are in and whatever is beside them', async () => {
    const rows = ['12.0,0', '7.0,1', 'x,0', '9,1', '12,0', '7,1'];
    const inFiles = (...parts: string[][]) =>
      Object.fromEntries(parts.map((part, i) => [`part-${i}`, `id,label\n${part.map((row) => `${row}\n`).join('')}`]));
    for (const labels of [inFiles(rows), inFiles(...rows.map((row) => [row])), inFiles(rows.slice(2), rows.slice(0, 2))]) {
      const joined = await join(table('7', '9', '12'), labels, { id: 'id' });
      expect(await labelsOf(joined)).toEqual([1n, 1n, 0n]);
      expect(joined.facts).toMatchObject({ matched: 3, unmatched: 1, duplicates: 2, conflicts: 0 });
    }
  });
  it('that repeat in a table are counted with their rows, and shown by where two stand', async () => {
    const { mismatched, repeated } = await factsOf(table('5', '9', '5', '9', '9', '1', '2', '2'), labelled('1', '5', '9'));
    expect(mismatched).toBe(2);
    expect(repeated).toEqual({ ids: 2, rows: 5, sample: { id: '5', uri: 'records', rows: [1, 3] } });
  });
  it('of requests may repeat', async () => {
    expect((await join(request('b', 2), truth('b', '1'))).facts).toMatchObject({ mismatched: 1, repeated: null });
    expect((await factsOf(table('5', '5'), 'id,row,label\n5,0,1\n5,1,0\n')).repeated).toBeNull();
  });
});
