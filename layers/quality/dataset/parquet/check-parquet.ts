import { stat } from 'node:fs/promises';
import { type Database, quoteText } from '../../engine/database.ts';
import { isShortage } from '../../engine/shortage.ts';
import { FileProblem, rawHead, rawTail } from '../source-bytes.ts';

const MAGIC = 'PAR1';
const TAIL = 8;

/** The rows of a Parquet file, after making sure that it is whole: magic, footer, and column data within the file. */
export async function checkParquet(database: Database, path: string): Promise<number> {
  const { size } = await stat(path);
  if (size === 0) throw new FileProblem('the file is empty; expected Parquet');
  if ((await rawHead(path, 4)).toString('latin1') !== MAGIC) throw new FileProblem('expected Parquet; the file does not begin with "PAR1"');
  const tail = await rawTail(path, TAIL);
  if (tail.length < TAIL || tail.toString('latin1', 4) !== MAGIC) {
    throw new FileProblem('expected Parquet with "PAR1" at its end; the file is cut off');
  }
  const footer = tail.readUInt32LE(0);
  if (footer + TAIL + MAGIC.length > size)
    throw new FileProblem(`expected a Parquet footer of ${footer} bytes; the file has ${size} in all`);
  return rowsOf(database, path, size - footer - TAIL);
}

async function rowsOf(database: Database, path: string, dataEnd: number): Promise<number> {
  try {
    const [counted] = await database.rows<{ n: bigint }>(
      `SELECT count(*) AS n FROM read_parquet(${quoteText(path)}, hive_partitioning = false)`,
    );
    const [extent] = await database.rows<{ last: bigint | null }>(
      `SELECT max(coalesce(dictionary_page_offset, data_page_offset) + total_compressed_size) AS last FROM parquet_metadata(${quoteText(path)})`,
    );
    if (Number(extent?.last ?? 0) > dataEnd)
      throw new FileProblem('expected the column data its footer names; the Parquet file is cut off');
    return Number(counted!.n);
  } catch (error) {
    if (error instanceof FileProblem || isShortage(error)) throw error;
    throw new FileProblem(
      `expected a Parquet footer; found one that cannot be read (${String((error as Error).message)
        .split('\n')[0]!
        .replaceAll(path, 'the file')})`,
    );
  }
}
