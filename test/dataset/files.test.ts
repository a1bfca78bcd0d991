import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { addHashes, openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { workbench } from './helper.ts';

const { one, error, open, table, scratch, input, database } = workbench();
const parquet = async (select: string): Promise<Buffer> => {
  const path = join(scratch, 'made.parquet');
  await database().run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return readFileSync(path);
};

describe('Parquet', () => {
  it('is used in place, with its own types', async () => {
    const dataset = await open({ 'x.parquet': await parquet("SELECT 1::INTEGER AS a, DATE '2024-01-01' AS b") });
    expect([dataset.files[0]!.parquet, dataset.columns]).toEqual([
      join(input, 'x.parquet'),
      [
        { name: 'a', physical: 'INTEGER' },
        { name: 'b', physical: 'DATE' },
      ],
    ]);
  });
  it('with no rows is fine', async () => {
    const dataset = await one(await parquet('SELECT 1 AS a LIMIT 0'));
    expect([dataset.rows, dataset.files[0]!.error, dataset.columns.length]).toEqual([0, undefined, 1]);
  });
  it('cut off is unreadable', async () => {
    const whole = await parquet('SELECT range AS a FROM range(1000)');
    expect(await error(whole.subarray(0, whole.length - 20))).toBe('expected Parquet with "PAR1" at its end; the file is cut off');
  });
  it('with a hole in the middle is unreadable', async () => {
    const whole = await parquet('SELECT hash(range) AS a FROM range(10000)');
    expect(await error(Buffer.concat([whole.subarray(0, 100), whole.subarray(-600)]))).toMatch(/^expected/);
  });
  it('with a footer that makes no sense is unreadable', async () => {
    expect(await error(Buffer.from('PAR1xxxxxxxx\xff\xff\xff\x7fPAR1', 'latin1'))).toContain('footer');
    expect(await error(Buffer.from('PAR1xxxxxxxx\x08\x00\x00\x00PAR1', 'latin1'))).toContain('footer');
  });
  it('asked for and not found says so', async () => {
    expect(await error('a,b\n1,2\n', { format: 'parquet' })).toBe('expected Parquet; the file does not begin with "PAR1"');
  });
  it('under a name like a partition gets no column of it', async () => {
    const dataset = await open({ 'day=1.parquet': await parquet('SELECT 1 AS a') });
    expect(await table(dataset)).toEqual([{ a: 1 }]);
  });
});

describe('an unreadable file', () => {
  it.each([
    ['nothing', '', 'the file is empty'],
    ['only blanks', ' \n\n', 'the file is empty'],
    ['nothing, gzipped', gzipSync(''), 'the file is empty'],
    ['binary garbage', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)), 'found binary data that starts with 00 8a'],
    ['a ZIP archive', Buffer.from('PK\x03\x04\x14\x00\x00\x00', 'latin1'), 'found a ZIP archive or a spreadsheet'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'found UTF-16 text'],
    ['Parquet inside gzip', gzipSync('PAR1abcdefgh'), 'found one inside gzip'],
    ['damaged gzip', Buffer.from('\x1f\x8bxxxxxxxxxxx', 'latin1'), 'found damaged gzip data'],
  ])('of %s says what was expected and found', async (_, content, message) => {
    const dataset = await one(content);
    expect(dataset.files[0]).toMatchObject({ error: expect.stringContaining(message), rows: 0, parquet: null });
  });
  it('lets the others go on', async () => {
    const dataset = await open({ 'a.csv': '', 'b.csv': 'a,b\n1,2\n' });
    expect([dataset.rows, dataset.files.map((file) => file.error !== undefined)]).toEqual([1, [true, false]]);
  });
  it('may be absent', async () => {
    const dataset = await openDataset(database(), [{ uri: 'x', path: join(input, 'absent') }], { scratch });
    expect(dataset.files[0]!.error).toBe('expected a file; there is none');
  });
  it('may be a folder', async () => {
    const dataset = await openDataset(database(), [{ uri: 'x', path: input }], { scratch });
    expect(dataset.files[0]!.error).toContain('found a folder');
  });
});

describe('a dataset', () => {
  it('is in the order of the uris, whatever the order of the files', async () => {
    const sources = ['b', 'a', '\u{1f600}', '\uffee'].map((uri, i) => ({ uri, path: join(input, `order-${i}`) }));
    for (const [i, { path }] of sources.entries()) writeFileSync(path, `x,y\n${i},${i}\n`);
    const [one, two] = [
      await openDataset(database(), sources, { scratch }),
      await openDataset(database(), [...sources].reverse(), { scratch }),
    ];
    expect(one.files.map(({ uri }) => uri)).toEqual(['a', 'b', '\uffee', '\u{1f600}']);
    expect(await table(one)).toEqual(await table(two));
  });
  it('carries the hash and size of the raw bytes', async () => {
    const bytes = gzipSync('a,b\n1,2\n');
    const dataset = await one(bytes);
    await addHashes(dataset);
    expect(dataset.files[0]).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length });
  });
  it('of no files is empty', async () => {
    expect(await openDataset(database(), [], { scratch })).toMatchObject({ files: [], columns: [], rows: 0, rejected: 0 });
  });
  it('puts the hashes of its files into copies of them', async () => {
    const dataset = await open({ 'one.csv': 'a\n1\n', 'two.csv': 'a\n2\n' });
    const copy = { ...dataset, files: dataset.files.map((file) => ({ ...file })) };
    await addHashes(copy);
    expect(copy.files.map(({ sha256 }) => sha256)).toEqual(
      ['a\n1\n', 'a\n2\n'].map((text) => createHash('sha256').update(text).digest('hex')),
    );
  });
  it('has the columns of all files, in the order they were seen', async () => {
    const dataset = await open({ 'a.csv': 'b,a\nx,2\n', 'b.jsonl': '{"c":1,"a":"x"}' });
    expect(dataset.columns.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
  });
});
