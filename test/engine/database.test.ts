import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Database } from '../../layers/quality/engine/database.ts';

const scratch = mkdtempSync(join(tmpdir(), 'assay-database-'));
afterAll(() => rmSync(scratch, { recursive: true }));

it('a connection beside has the same time zone and locks, and may be closed before the other', async () => {
  const database = await Database.open({ scratch, memoryMB: 64, threads: 1, allowed: [] });
  const beside = await database.beside();
  expect(await beside.rows("SELECT current_setting('TimeZone') AS zone")).toEqual([{ zone: 'UTC' }]);
  await expect(beside.run("SET TimeZone = 'Asia/Tokyo'")).rejects.toThrow(/locked/);
  await expect(beside.run("SELECT * FROM read_csv('/etc/passwd')")).rejects.toThrow(/disabled/);
  beside.close();
  expect(await database.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  database.close();
});
