import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, parquetTable, quoteName, quoteText } from '../../layers/quality/engine/database.ts';
import { type Case, dataFolder, hasData, readDataCases } from '../reference/cases.ts';
import { compareCounts, compareSamples } from './compare.ts';
import { compareColumn } from './compare-column.ts';

type Value = number | string | null;
interface Source {
  file: string;
  column: string;
  rows?: [number, number];
  where?: { column: string; equals: string | number };
}

let database: Database;
const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
beforeAll(async () => {
  if (hasData) database = await Database.open({ scratch, memoryMB: 512, threads: 1, allowed: [dataFolder] });
});
afterAll(() => {
  if (hasData) database.close();
  rmSync(scratch, { recursive: true });
});

async function read({ file, column, rows, where }: Source): Promise<Value[]> {
  const conditions = ['true'];
  if (rows !== undefined) conditions.push(`file_row_number >= ${rows[0]} AND file_row_number < ${rows[1]}`);
  if (where !== undefined)
    conditions.push(`${quoteName(where.column)} = ${typeof where.equals === 'number' ? where.equals : quoteText(where.equals)}`);
  const table = parquetTable([join(dataFolder, file)]).replace('union_by_name', 'file_row_number = true, union_by_name');
  const found = await database.rows<{ v: unknown }>(`SELECT ${quoteName(column)} AS v FROM ${table} WHERE ${conditions.join(' AND ')}`);
  return found.map(({ v }) => (typeof v === 'bigint' ? Number(v) : v instanceof Date ? v.toISOString() : (v as Value)));
}

describe.skipIf(!hasData)('over data sets (skipped: ../shared/data and ../shared/reference are not here)', () => {
  const drift = readDataCases('drift');
  const named = (cases: Case[]): [string, Case][] => cases.map((each) => [each.id, each]);

  it.each(named(drift.filter(({ id }) => id.startsWith('numeric.'))))('%s', async (_, { source, expected, tolerance }) => {
    expect(compareSamples(await read(source.reference), await read(source.current), expected, tolerance)).toEqual([]);
  });
  it.each(named(drift.filter(({ expected }) => expected.counts_reference !== undefined)))('%s', (_, { expected, tolerance }) => {
    expect(compareCounts(expected.counts_reference, expected.counts_current, expected, tolerance)).toEqual([]);
  });
  it.each(named(readDataCases('quality').filter(({ what }) => what === 'one column')))('%s', async (_, { source, expected, tolerance }) => {
    expect(compareColumn(await read(source), expected, tolerance)).toEqual([]);
  });
});
