import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Dataset, openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { Database, quoteText } from '../../layers/quality/engine/database.ts';
import { inferColumns } from '../../layers/quality/engine/infer-columns.ts';
import { makeCuts } from '../../layers/quality/engine/make-cuts.ts';
import type { Resources } from '../../layers/quality/engine/resources.ts';
import { scanTable, sourceOf, wholeProfile } from '../../layers/quality/usecases/profile-dataset.ts';

/** A database over a folder of Parquet files that queries write, and the steps from such files to states. */
export function engineBench() {
  const root = mkdtempSync(join(tmpdir(), 'assay-engine-'));
  const [scratch, input] = [join(root, 'scratch'), join(root, 'input')];
  let database: Database;
  beforeAll(async () => {
    mkdirSync(scratch);
    mkdirSync(input);
    database = await Database.open({ scratch, memoryMB: 256, threads: 1, allowed: [input] });
  });
  afterAll(() => {
    database.close();
    rmSync(root, { recursive: true });
  });
  const resources = (more: Partial<Resources> = {}): Resources => ({ scratch, memoryMB: 256, workers: 1, ...more });
  const open = (names: string[]): Promise<Dataset> =>
    openDataset(
      database,
      names.map((uri) => ({ uri, path: join(input, uri) })),
      { scratch },
    );
  const write = (name: string, sql: string): Promise<void> =>
    database.run(`COPY (${sql}) TO ${quoteText(join(input, name))} (FORMAT parquet)`);
  /** Columns, cuts and states of files as they stand. */
  const profile = async (dataset: Dataset, options: { resources?: Resources; bytes?: number; cutsFrom?: Dataset } = {}) => {
    const source = sourceOf(dataset);
    const from = options.cutsFrom ?? dataset;
    const columns = await inferColumns(database, sourceOf(from), new Map(), from.rows);
    const cuts = await makeCuts(database, sourceOf(from), columns, from.rows);
    const result = await scanTable(source, columns, cuts, options.resources ?? resources(), options.bytes ?? 0);
    return { source, columns, cuts, result, profile: wholeProfile(result, columns, cuts) };
  };
  return { root, scratch, input, database: () => database, resources, open, write, profile };
}
