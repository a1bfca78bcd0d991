import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Dataset, type OpenOptions, openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';

/** A database and folders for one test file, and short ways to read what was written. */
export const workbench = () => {
  const root = mkdtempSync(join(tmpdir(), 'assay-dataset-'));
  const [scratch, input] = [join(root, 'scratch'), join(root, 'input')];
  let database: Database;
  beforeAll(async () => {
    mkdirSync(scratch);
    mkdirSync(input);
    database = await Database.open({ scratch, memoryMB: 300, threads: 2, allowed: [input] });
  });
  afterAll(() => {
    database.close();
    rmSync(root, { recursive: true });
  });
  const open = (files: Record<string, string | Buffer>, options: Partial<OpenOptions> = {}): Promise<Dataset> => {
    const sources = Object.entries(files).map(([uri, content]) => {
      const path = join(input, uri);
      writeFileSync(path, content);
      return { uri, path };
    });
    return openDataset(database, sources, { scratch, ...options });
  };
  const table = (dataset: Dataset): Promise<Record<string, unknown>[]> =>
    database.rows(`SELECT * FROM ${parquetTable(dataset.files.flatMap(({ parquet }) => (parquet ? [parquet] : [])))}`);
  const one = (content: string | Buffer, options: Partial<OpenOptions> = {}): Promise<Dataset> => open({ 'data.txt': content }, options);
  const rows = async (content: string | Buffer, options: Partial<OpenOptions> = {}) => table(await one(content, options));
  const error = async (content: string | Buffer, options: Partial<OpenOptions> = {}) => (await one(content, options)).files[0]!.error;
  const rejected = async (content: string | Buffer, options: Partial<OpenOptions> = {}) =>
    (await one(content, options)).rejectedLines.map(({ line, reason }) => `${line}: ${reason}`);
  return { input, scratch, open, table, one, rows, error, rejected, database: () => database };
};
