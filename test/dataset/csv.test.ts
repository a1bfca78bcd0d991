import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { workbench } from './helper.ts';

const { one, rows, error, rejected, table, open, input, scratch, database } = workbench();

describe('CSV values', () => {
  it('are text, whatever they look like', async () => {
    expect(await rows('a,b\n1,2.50\n')).toEqual([{ a: '1', b: '2.50' }]);
    expect((await one('a,b\n1,2.50\n')).columns).toEqual([
      { name: 'a', physical: 'VARCHAR' },
      { name: 'b', physical: 'VARCHAR' },
    ]);
  });
  it('keep null and the blank string apart', async () => {
    expect(await rows('a,b\n,""\n"",\n')).toEqual([
      { a: null, b: '' },
      { a: '', b: null },
    ]);
  });
  it('may hold delimiters, quotes and line breaks when quoted', async () => {
    expect(await rows('a,b\n"x, ""y""\nz",2\n')).toEqual([{ a: 'x, "y"\nz', b: '2' }]);
  });
  it('may be full of SQL and HTML', async () => {
    const value = `'; DROP TABLE t; --<script>alert(1)</script>`;
    expect(await rows(`"a""b'; --",<b>\n${value},2\n`)).toEqual([{ 'a"b\'; --': value, '<b>': '2' }]);
  });
  it('may hold a quote in the middle', async () => {
    expect(await rows('a,b\n5"x,6\n')).toEqual([{ a: '5"x', b: '6' }]);
  });
  it('are not mistaken for a comment', async () => {
    expect(await rows('a,b\n#x,6\n')).toEqual([{ a: '#x', b: '6' }]);
  });
  it('may be 3 MB long', async () => {
    const [row] = await rows(`a,b\n1,"${'y'.repeat(3e6)}"\n`);
    expect((row!.b as string).length).toBe(3e6);
  });
});

describe('a CSV dialect', () => {
  const expected = [{ a: '1', b: '2' }];
  it.each([
    ['tabs', 'a\tb\n1\t2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['bars', 'a|b\n1|2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['CR alone', 'a,b\r1,2\r'],
    ['a byte order mark', '\ufeffa,b\n1,2\n'],
    ['a byte order mark before a quote', '\ufeff"a",b\n1,2\n'],
    ['no last line break', 'a,b\n1,2'],
    ['blank lines', '\na,b\n\n1,2\n\n'],
    ['blanks around quotes', 'a,b\n "1" , "2"\n'],
    ['gzip', gzipSync('a,b\n1,2\n')],
    ['gzip of two members', Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n')])],
  ])('with %s is understood', async (_, content) => {
    expect(await rows(content)).toEqual(expected);
  });
  it('with mixed line breaks is understood', async () => {
    expect(await rows('a,b\n1,2\r\n3,4\n')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });
  it('with decimal commas is not split at them', async () => {
    expect(await rows('1,5;2,5\n3,5;4,5\n')).toEqual([
      { _c0: '1,5', _c1: '2,5' },
      { _c0: '3,5', _c1: '4,5' },
    ]);
  });
  it('with one column keeps its blank lines as nulls', async () => {
    expect(await rows('a\n1\n\n3\n')).toEqual([{ a: '1' }, { a: null }, { a: '3' }]);
  });
});

describe('what only looks like CSV', () => {
  it.each([
    ['an HTML page', '<!DOCTYPE html>\n<p>\nAccess denied\n'],
    ['an XML document', '<?xml version="1.0"?>\n<Error>\n<Code>AccessDenied</Code>\n'],
    ['a JSON array of arrays; expected one of objects', '[[1, 2],\n [3, 4]]'],
  ])('is refused: %s', async (name, content) => {
    expect(await error(content)).toBe(`expected Parquet, CSV, JSON Lines or SageMaker capture; found ${name}`);
    expect((await one(content, { format: 'csv' })).files[0]!.error).toBeUndefined();
  });
});

describe('a CSV header', () => {
  it('alone gives no rows but columns', async () => {
    const dataset = await one('a,b\n');
    expect([dataset.rows, dataset.columns.map(({ name }) => name), dataset.files[0]!.error]).toEqual([0, ['a', 'b'], undefined]);
  });
  it('is absent where the first line is numbers', async () => {
    expect(await rows('1,2\n3,4\n')).toEqual([
      { _c0: '1', _c1: '2' },
      { _c0: '3', _c1: '4' },
    ]);
  });
  it('is absent where its words come back as values', async () => {
    expect((await one('yes,red\nno,red\nyes,blue\n')).rows).toBe(3);
  });
  it('may have an empty and a repeated name over numbers', async () => {
    expect(await rows('a,A,,a\n1,2,3,4\n')).toEqual([{ a: '1', A_1: '2', _c2: '3', a_2: '4' }]);
  });
  it('may count its columns', async () => {
    expect(await rows('label,0,1\n5,7,9\n')).toEqual([{ label: '5', '0': '7', '1': '9' }]);
  });
  it.each([
    ['words for a value', 'id,na,none,amount\n1,2,3,4\n5,6,7,8\n'],
    ['names with an e and digits', 'e1,e2\n1,2\n3,4\n'],
    ['truth values', 'false,true\n1,2\n3,4\n'],
    ['a dash, and dashes below', 'id,-,amount\n1,-,3\n2,4,5\n'],
    ['a word over texts', 'city,na,street\nrome,x,via\nparis,y,rue\nbonn,z,weg\n'],
    ['repeated names', 'a,a,b\n1,2,3\n4,5,6\n'],
    ['repeated names over ids', 'id,id,city\nr-1,s-1,rome\nr-2,s-2,bonn\nr-3,s-3,paris\n'],
    ['an empty name over an index', ',city\n0,rome\n1,bonn\n'],
    ['numbers over an index', ',0,1\n0,0,2\n1,1,0\n'],
    ['numbers over fractions', '0,1,2\n0.5,1.5,2.5\n1.5,2.5,3.5\n'],
    ['numbers over texts', '0,1\nrome,x\nbonn,y\n'],
    ['numbers that come back below', 'label,0,1,2\n7,0,255,2\n3,0,1,9\n'],
    ['years', 'country,1990,2000,2010\n7,0.5,1.5,2.5\n'],
    ['percentages', 'item,25%,50%\nrice,1,2\noats,2,3\n'],
    ['dates over numbers', 'shop,2026-01-01,2026-01-02\nrome,5,7\nbonn,6,8\n'],
    ['names that come again in a line of their own', 'id,x\n1,2\nid,x\n3,4\n'],
  ])('may have %s', async (_, text) => {
    const names = text.slice(0, text.indexOf('\n')).split(',');
    const found = (await one(text)).columns.map(({ name }) => name.replace(/_1$/, ''));
    expect(found).toEqual(names.map((name, i) => name || `_c${i}`));
  });
  it.each([
    ['a word for a missing value', 'NA\n1\n2\n3\n'],
    ['words for missing values beside a text', 'rome,NaN,NaN\nbonn,1,2\nparis,3,4\n'],
    ['an empty field', 'rome,,2\nbonn,1,3\n'],
    ['a text that comes back', 'rome,x y\nbonn,z w\nrome,u v\n'],
    ['an id like those below', 'r-17,rome\nr-18,bonn\nr-204,paris\nr-5,bern\n'],
    ['an identifier as long as those below', `${['a0', 'b1', 'cd', '2e'].map((part) => part.repeat(16)).join('\n')}\n`],
    ['a number of the column beside an odd text', 'unknown,5\n1,2\n3,9\n'],
    ['whole numbers that count up', '0,1,2\n3,4,5\n'],
  ])('is absent where the first line has %s', async (_, text) => {
    expect((await one(text)).columns.map(({ name }) => name)).toEqual(
      text
        .split('\n')[0]!
        .split(',')
        .map((_, i) => `_c${i}`),
    );
  });
  it('is absent where names are configured', async () => {
    expect(await rows('x,y\n', { input: { names: ['p', 'q'] } })).toEqual([{ p: 'x', q: 'y' }]);
  });
  it('is seen where it repeats the configured names', async () => {
    expect(await rows('q,p\n1,2\n', { input: { names: ['p', 'q'] } })).toEqual([{ q: '1', p: '2' }]);
    expect(await rows('Q, P\n1,2\n', { input: { names: ['p', 'q'] } })).toEqual([{ q: '1', p: '2' }]);
  });
});

describe('a CSV line that cannot be a row', () => {
  it('is rejected with its number, also after a line break inside quotes', async () => {
    expect(await rejected('a,b\n"1\n1",2\n3\n4,5,6\n7,8\n')).toEqual([
      '4: 1 field, expected 2 as in line 1',
      '5: 3 fields, expected 2 as in line 1',
    ]);
  });
  it('leaves the good rows', async () => {
    const dataset = await one('a,b\n1,2\n3\n"4\n4",5\n');
    expect([dataset.rows, dataset.rejected, await table(dataset)]).toEqual([
      2,
      1,
      [
        { a: '1', b: '2' },
        { a: '4\n4', b: '5' },
      ],
    ]);
  });
  it('costs only itself when it opens a quote', async () => {
    const dataset = await one('a,b\n"1,2\n3,4\n5,6\n');
    expect([dataset.rows, dataset.rejectedLines]).toEqual([
      2,
      [{ uri: 'data.txt', line: 2, reason: 'a quote is opened and never closed' }],
    ]);
  });
  it('costs only itself when a later quote closes it', async () => {
    expect(await rejected('a,b\n"1,2\n3,4\n"5",6\n')).toEqual(['2: text after a closing quote']);
  });
  it('is rejected for bytes that are not UTF-8', async () => {
    const latin1 = Buffer.from('a,b\nhello,caf\xe9\nworld,tea\n', 'latin1');
    expect(await rejected(latin1)).toEqual(['2: not valid UTF-8; save the file as UTF-8']);
    expect(await rows(latin1)).toEqual([{ a: 'world', b: 'tea' }]);
  });
  it('is no line but the file where the header is not UTF-8: its names would be others', async () => {
    expect(await error(Buffer.from('id,gr\xf6\xdfe\n1,2\n3,4\n', 'latin1'))).toBe(
      'expected UTF-8; the header is not. Save the file as UTF-8',
    );
    expect((await one('id,a\ufffd\n1,2\n3,4\n')).columns.map(({ name }) => name)).toEqual(['id', 'a\ufffd']);
  });
  it('is measured against the configured names', async () => {
    expect(await rejected('1,2\n1,2,3\n', { input: { names: ['p', 'q'] } })).toEqual(['2: 3 fields, expected 2 in input.names']);
  });
  it('keeps its text only when asked', async () => {
    expect((await one('a,b\n1\n', { keepRejected: true })).rejectedLines[0]!.text).toBe('1');
    expect((await one('a,b\n1\n')).rejectedLines[0]).not.toHaveProperty('text');
  });
  it('is listed up to a hundred times and counted always', async () => {
    const dataset = await one(`a,b\n1,2\n${'x\n'.repeat(250)}`);
    expect([dataset.rows, dataset.rejected, dataset.rejectedLines.length]).toEqual([1, 250, 100]);
  });
});

describe('a CSV file', () => {
  it('may have a name that is a pattern', async () => {
    const dataset = await open({ 'a[1]*?.csv': 'a,b\n1,2\n', 'a1x.csv': 'a,b\n3,4\n' });
    expect(await table(dataset)).toEqual([
      { a: '3', b: '4' },
      { a: '1', b: '2' },
    ]);
  });
  it('cut off inside gzip is unreadable', async () => {
    const whole = gzipSync(`a,b\n${Array.from({ length: 5000 }, (_, i) => `${i},${i * i}`).join('\n')}`);
    expect(await error(whole.subarray(0, whole.length - 100))).toBe('expected a complete gzip file; found one that is cut off');
  });
  it('larger than a chunk is read without losing a row', async () => {
    const text = `a,b,c\n${Array.from({ length: 120_000 }, (_, i) => `${i},"x\n""${i}""",zzzzzzzzzz`).join('\r\n')}\r\nbad`;
    const dataset = await one(text);
    const path = dataset.files[0]!.parquet!;
    const [sum] = await database().rows(`SELECT sum(a::bigint)::double AS s, count(DISTINCT b) AS n FROM '${path}'`);
    expect([dataset.rows, dataset.rejectedLines[0]!.line, sum]).toEqual([120_000, 240_002, { s: (120_000 * 119_999) / 2, n: 120_000n }]);
  });
  it('written by a correct writer reads back the same', async () => {
    const value = fc.oneof(fc.constant(null), fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[ ,;"\n\r\t|a1]*$/));
    const tables = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
    const quote = (text: string | null) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
    const path = join(input, 'property.csv');
    const property = fc.asyncProperty(tables, fc.constantFrom('\n', '\r\n'), async (values, lineBreak) => {
      const names = values[0]!.map((_, i) => `column ${i}`);
      writeFileSync(path, [names, ...values].map((row) => row.map(quote).join(',')).join(lineBreak) + lineBreak);
      const dataset = await openDataset(database(), [{ uri: 'p', path }], { scratch, format: 'csv', input: { names } });
      expect([dataset.rejected, (await table(dataset)).map((row) => names.map((name) => row[name]))], readFileSync(path, 'utf8')).toEqual([
        0,
        values,
      ]);
    });
    await fc.assert(property, { numRuns: 60, seed: 7 });
  });
  it('of any text gives as many rows as it counts, and never fails over it', async () => {
    const path = join(input, 'any.csv');
    const property = fc.asyncProperty(fc.stringMatching(/^[ ,;"\n\ra1é\0#\\']*$/), fc.boolean(), async (text, header) => {
      writeFileSync(path, (header ? 'a,b\n1,2\n' : '') + text);
      const dataset = await openDataset(database(), [{ uri: 'p', path }], { scratch, format: 'csv' });
      expect(dataset.files[0]!.error ?? '').not.toContain('came out of parsing');
      if (!dataset.files[0]!.error) expect((await table(dataset)).length).toBe(dataset.rows);
    });
    await fc.assert(property, { numRuns: 60, seed: 7 });
  });
});
