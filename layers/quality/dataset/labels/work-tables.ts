import { join } from 'node:path';
import { type Database, parquetTable, quoteText } from '../../engine/database.ts';

/** Makes a table of a query's rows, in any order, and gives it as SQL. */
export type MakeTable = (name: string, select: string) => Promise<string>;

/**
 * Tables between the steps of the join, as Parquet in a folder. A step is a file of its own so that no more than one hash table is in memory at a time, and
 * that one can spill; order is left open and row groups are small for the same reason.
 */
export const workTables =
  (database: Database, folder: string): MakeTable =>
  async (name, select) => {
    const path = join(folder, `${name}.parquet`);
    await database.run(`COPY (${select}) TO ${quoteText(path)} (FORMAT parquet, PRESERVE_ORDER false, ROW_GROUP_SIZE 20480)`);
    return parquetTable([path]);
  };
