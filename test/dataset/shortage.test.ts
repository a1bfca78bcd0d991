import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../layers/quality/dataset/csv/read-csv.ts';
import { checkParquet } from '../../layers/quality/dataset/parquet/check-parquet.ts';
import { FileProblem } from '../../layers/quality/dataset/source-bytes.ts';
import type { Database } from '../../layers/quality/engine/database.ts';
import { isShortage } from '../../layers/quality/engine/shortage.ts';
import { workbench } from './helper.ts';

const { one, scratch, database } = workbench();

/** The engine, where every question is answered like this. */
const refusing = (words: string): Database =>
  Object.assign(Object.create(database()), { rows: () => Promise.reject(new Error(words)) }) as Database;

describe('a machine that has too little of something', () => {
  it.each([
    'Out of Memory Error: could not allocate block of size 4.0 MiB (256.0 KiB/976.5 KiB used)',
    'IO Error: Could not write file "/tmp/x.parquet": No space left on device',
    'IO Error: Cannot open file "/tmp/x.parquet": Too many open files',
  ])('does not make a good Parquet file unreadable: %s', async (words) => {
    const path = join(scratch, 'good.parquet');
    await database().run(`COPY (SELECT 1 AS a) TO '${path}' (FORMAT parquet)`);
    const failed = await checkParquet(refusing(words), path).catch((error: Error) => error);
    expect(failed).toMatchObject({ name: 'Error', message: words });
    await expect(checkParquet(refusing('Invalid Input Error: no such page'), path)).rejects.toThrow(FileProblem);
    expect(await checkParquet(database(), path)).toBe(1);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'and no space for a copy of the good lines says so, and neither hangs nor ends the process',
    async () => {
      const path = join(scratch, 'ragged.csv');
      writeFileSync(path, `a,b\n1\n${'1,some text of a row\n'.repeat(200_000)}`);
      symlinkSync('/dev/full', join(scratch, 'full.csv'));
      const source = { uri: 'ragged.csv', path, gzip: false, stem: join(scratch, 'full'), keepText: false };
      const failed = await readCsv(database(), source).catch((error: Error) => error);
      expect(failed).toMatchObject({ code: 'ENOSPC' });
      expect(isShortage(failed)).toBe(true);
    },
  );

  it('is not what a damaged file is taken for', async () => {
    expect((await one(Buffer.from('PAR1 and no more'))).files[0]!.error).toMatch(/cut off/);
    expect(isShortage(new FileProblem('the file is cut off'))).toBe(false);
  });
});
