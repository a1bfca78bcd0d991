import type { Database } from '../../engine/database.ts';
import type { Source, Table } from '../source.ts';
import { flatten } from './flatten.ts';
import { readDocuments } from './read-documents.ts';

/** Converts JSON Lines, or one JSON array of objects, to Parquet. Columns are the union of the keys of the whole file. */
export const readJsonLines = async (database: Database, source: Source, array: boolean): Promise<Table> => {
  const table = await readDocuments(database, source, array, (document, _line, writer) => {
    const { names, cells } = flatten(document);
    return writer.add(names, cells);
  });
  return { ...table, keyed: true };
};
