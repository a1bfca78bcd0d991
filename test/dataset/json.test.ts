import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { workbench } from './helper.ts';

const { one, rows, error, rejected, open, table } = workbench();
const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const types = async (content: string) => Object.fromEntries((await one(content)).columns.map(({ name, physical }) => [name, physical]));

describe('JSON Lines', () => {
  it('keep the types of their values', async () => {
    expect(await types(lines({ a: 1, b: 1.5, c: 'x', d: true }, { a: 2, b: 2, c: null, d: false }))).toEqual({
      a: 'BIGINT',
      b: 'DOUBLE',
      c: 'VARCHAR',
      d: 'BOOLEAN',
    });
  });
  it('have the union of the keys of all lines as columns', async () => {
    const content = `${Array.from({ length: 30_000 }, () => '{"a":1}').join('\n')}\n{"late":"x"}`;
    const dataset = await one(content);
    expect([dataset.rows, dataset.columns]).toEqual([
      30_001,
      [
        { name: 'a', physical: 'BIGINT' },
        { name: 'late', physical: 'VARCHAR' },
      ],
    ]);
  });
  it('make text of a column of mixed types', async () => {
    expect(await rows(lines({ a: 1 }, { a: 'x' }, { a: true }))).toEqual([{ a: '1' }, { a: 'x' }, { a: 'true' }]);
  });
  it('do not damage integers past 2^53', async () => {
    expect(await rows('{"a":9007199254740993}\n{"a":1}')).toEqual([{ a: 9007199254740993n }, { a: 1n }]);
    expect(await rows('{"a":18446744073709551615}')).toEqual([{ a: '18446744073709551615' }]);
    expect(await rows('{"a":9007199254740993}\n{"a":0.5}')).toEqual([{ a: '9007199254740993' }, { a: '0.5' }]);
    expect(await rows('{"a":[9007199254740993]}')).toEqual([{ a: '[9007199254740993]' }]);
  });
  it('keep every digit of integers past 2^53, those that are doubles too', async () => {
    expect(await rows('{"a":9007199254741000}')).toEqual([{ a: 9007199254741000n }]);
    expect(await rows('{"a":1152921504606846976}\n{"a":1152921504606846977}')).toEqual([
      { a: 1152921504606846976n },
      { a: 1152921504606846977n },
    ]);
    expect(await rows('{"a":1152921504606846976}\n{"a":"x"}')).toEqual([{ a: '1152921504606846976' }, { a: 'x' }]);
    expect(await rows('{"a":1152921504606846976}\n{"a":0.5}\n{"a":100000000000000000000}')).toEqual([
      { a: 2 ** 60 },
      { a: 0.5 },
      { a: 1e20 },
    ]);
    const long = '7'.repeat(400);
    expect(await rows(`{"a":${long}}`)).toEqual([{ a: long }]);
  });
  it('may hold the NaN and Infinity that Python writes', async () => {
    expect(await rows('{"a": NaN, "b": "NaN, Infinity"}\n{"a": -Infinity, "b": ""}')).toEqual([
      { a: Number.NaN, b: 'NaN, Infinity' },
      { a: Number.NEGATIVE_INFINITY, b: '' },
    ]);
  });
  it('keep digits of fractions', async () => {
    expect(await rows('{"a":0.036397725343704224,"b":1e-300,"c":1234567890123456.5}')).toEqual([
      { a: 0.036397725343704224, b: 1e-300, c: 1234567890123456.5 },
    ]);
  });
  it('flatten objects one level and keep what is deeper as JSON', async () => {
    expect(await rows(lines({ a: { b: 1, c: { d: 2 } }, e: [1, 2], f: {} }))).toEqual([
      { 'a.b': 1n, 'a.c': '{"d":2}', e: '[1,2]', f: '{}' },
    ]);
  });
  it('do not lose a value when a flattened name is taken', async () => {
    expect(await rows('{"a.b":1,"a":{"b":2}}')).toEqual([{ 'a.b': 1n, a: '{"b":2}' }]);
  });
  it('keep apart keys that differ by case', async () => {
    expect(await rows('{"a":1,"A":2,"":3}')).toEqual([{ a: 1n, A_1: 2n, _c2: 3n }]);
  });
  it('may have keys and values full of quotes, SQL and HTML', async () => {
    const row = { 'a"b\'; DROP TABLE x; --': `<i>"'; --` };
    expect(await rows(lines(row))).toEqual([row]);
  });
  it('may be gzipped, with a byte order mark, CRLF and blank lines', async () => {
    expect(await rows(gzipSync('\ufeff{"a":1}\r\n\r\n{"a":2}\r\n'))).toEqual([{ a: 1n }, { a: 2n }]);
  });
  it('keep a column of nulls', async () => {
    expect((await one('{"a":1,"b":null}')).columns).toEqual([
      { name: 'a', physical: 'BIGINT' },
      { name: 'b', physical: 'VARCHAR' },
    ]);
  });
});

describe('a broken JSON line', () => {
  it('is rejected with its number and reason', async () => {
    expect(await rejected('{"a":1}\n{"a":\n\n{"a":1,}\n[1]\n{"a" 1}\n{"a":2}')).toEqual([
      '2: broken JSON: it ends too early',
      '4: broken JSON at character 8: expected double-quoted property name',
      '5: an array, expected an object',
      `6: broken JSON at character 6: expected ':'`,
    ]);
  });
  it('does not repeat its content', async () => {
    expect((await rejected('{"a":1}\n{"name":"Ada Lovelace" x}')).join()).not.toContain('Ada');
  });
  it('leaves the good lines', async () => {
    expect(await rows('{"a":1}\n{"a":\n{"a":2}')).toEqual([{ a: 1n }, { a: 2n }]);
  });
  it('makes the file unreadable when there is no other', async () => {
    expect(await error('{"a":\n{')).toContain('none of its 2 could be read. Line 1: broken JSON');
  });
});

describe('a JSON array', () => {
  it('of objects is a table', async () => {
    expect(await rows('[\n  {"a": 1, "b": "x,]}\\""},\n  {"a": 2, "b": "[{"}\n]\n')).toEqual([
      { a: 1n, b: 'x,]}"' },
      { a: 2n, b: '[{' },
    ]);
  });
  it('rejects elements that are no objects', async () => {
    expect(await rejected('[{"a":1},\n7,\n{"a":2}]')).toEqual(['2: a number, expected an object']);
  });
  it('cut off loses only its last element, and says so', async () => {
    expect(await rejected('[{"a":1},\n{"a":')).toEqual(['2: the JSON array ends too early, expected "]"']);
  });
  it('is read across chunks', async () => {
    const values = Array.from({ length: 60_000 }, (_, i) => ({ i, text: 'ü"]},{[' }));
    const dataset = await one(JSON.stringify(values));
    expect([dataset.rows, dataset.rejected]).toEqual([60_000, 0]);
  });
});

describe('files of different types', () => {
  it('give a column of nulls the type it has elsewhere', async () => {
    const dataset = await open({ 'a.jsonl': '{"a":null}', 'b.jsonl': '{"a":1}', 'c.jsonl': '{"a":1.5}' });
    expect([dataset.columns, await table(dataset)]).toEqual([[{ name: 'a', physical: 'DOUBLE' }], [{ a: null }, { a: 1 }, { a: 1.5 }]]);
  });
  it('make text of what does not go together', async () => {
    const dataset = await open({ 'a.jsonl': '{"a":true}', 'b.jsonl': '{"a":1}', 'c.csv': 'a,b\n2,3\n' });
    expect(await table(dataset)).toEqual([
      { a: 'true', b: null },
      { a: '1', b: null },
      { a: '2', b: '3' },
    ]);
  });
  it('read numbers as text beside text', async () => {
    const dataset = await open({ 'a.jsonl': '{"a":null,"b":1}', 'b.csv': 'a,b\nx,y\n' });
    expect([dataset.columns.map(({ physical }) => physical), await table(dataset)]).toEqual([
      ['VARCHAR', 'VARCHAR'],
      [
        { a: null, b: '1' },
        { a: 'x', b: 'y' },
      ],
    ]);
  });
});
