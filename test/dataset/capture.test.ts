import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../layers/quality/contract/index.ts';
import { workbench } from './helper.ts';

const { one, rows, rejected, error } = workbench();

/** Real records, as in the documentation of SageMaker's own notebooks. */
const JSON_RECORD = String.raw`{"captureData":{"endpointInput":{"observedContentType":"application/json","mode":"INPUT","data":"{\"instances\": [{\"features\": [28, 2, 133937, 9, 13, 2, 0, 0, 4, 1, 15024, 0, 55, 37]}, {\"features\": [43, 2, 72338, 12, 14, 2, 12, 0, 1, 1, 0, 0, 40, 37]}]}","encoding":"JSON"},"endpointOutput":{"observedContentType":"application/json","mode":"OUTPUT","data":"{\"predictions\": [{\"score\": 0.9899773597717285, \"predicted_label\": 1}, {\"score\": 0.5041388273239136, \"predicted_label\": 1}]}","encoding":"JSON"}},"eventMetadata":{"eventId":"9066ac80-dde1-4370-a73e-ab997e2544f1","inferenceTime":"2024-01-19T19:27:57Z"},"eventVersion":"0"}`;
const CSV_RECORD = `{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"132,10,x","encoding":"CSV"},"endpointOutput":{"observedContentType":"text/csv; charset=utf-8","mode":"OUTPUT","data":"0.036397725343704224","encoding":"CSV"}},"eventMetadata":{"eventId":"f04a8538-696c-4648-8064-8b680b2e3318","inferenceId":"0","inferenceTime":"2022-04-18T00:21:48Z"},"eventVersion":"0"}`;
const QUERIES = { features: 'instances[*].features', prediction: 'predictions[*].predicted_label', score: 'predictions[*].score' };

type Part = { data: unknown; encoding: string; observedContentType?: string | null } | null;
const csv = (data: string): Part => ({ data, encoding: 'CSV', observedContentType: 'text/csv' });
const json = (data: unknown): Part => ({ data: JSON.stringify(data), encoding: 'JSON', observedContentType: 'application/json' });
const base64 = (data: string | Buffer, observedContentType: string | null = null): Part => ({
  data: Buffer.from(data).toString('base64'),
  encoding: 'BASE64',
  observedContentType,
});
const record = (endpointInput: Part | undefined, endpointOutput: Part | undefined, id = 'e'): string =>
  JSON.stringify({
    captureData: { endpointInput, endpointOutput },
    eventMetadata: { eventId: id, inferenceTime: '2024-01-19T19:27:57Z' },
    eventVersion: '0',
  });
const added = { inference_id: 'e', event_id: 'e', inference_time: new Date('2024-01-19T19:27:57Z') };

describe('the real capture records', () => {
  it('of JSON give a row per instance, output first', async () => {
    const [first, second] = await rows(JSON_RECORD);
    expect(Object.entries(first!).slice(0, 4)).toEqual([
      ['score', 0.9899773597717285],
      ['predicted_label', 1n],
      ['_c2', 28n],
      ['_c3', 2n],
    ]);
    expect(second).toMatchObject({ score: 0.5041388273239136, _c15: 37n, event_id: '9066ac80-dde1-4370-a73e-ab997e2544f1' });
  });
  it('of CSV give text, output first', async () => {
    expect(await rows(CSV_RECORD)).toEqual([
      {
        _c0: '0.036397725343704224',
        _c1: '132',
        _c2: '10',
        _c3: 'x',
        inference_id: '0',
        event_id: 'f04a8538-696c-4648-8064-8b680b2e3318',
        inference_time: new Date('2022-04-18T00:21:48Z'),
      },
    ]);
  });
  it('are addressed by JMESPath', async () => {
    const [row] = await rows(JSON_RECORD, { input: QUERIES });
    expect(Object.keys(row!).slice(0, 4)).toEqual(['prediction', 'score', '_c0', '_c1']);
    expect(row).toMatchObject({ prediction: 1n, score: 0.9899773597717285, _c0: 28n, _c13: 37n });
  });
  it.each([
    ['the features', 0],
    ['all columns', 2],
  ])('take names for %s', async (_, extra) => {
    const names = Array.from({ length: 14 + extra }, (__, i) => `n${i - extra}`);
    const [row] = await rows(JSON_RECORD, { input: { ...QUERIES, names } });
    expect(row).toMatchObject({ prediction: 1n, n0: 28n, n13: 37n });
  });
  it('are typed', async () => {
    const { columns } = await one(JSON_RECORD, { input: QUERIES });
    expect(columns.slice(1, 3).concat(columns.slice(-3))).toEqual([
      { name: 'score', physical: 'DOUBLE' },
      { name: '_c0', physical: 'BIGINT' },
      { name: 'inference_id', physical: 'VARCHAR' },
      { name: 'event_id', physical: 'VARCHAR' },
      { name: 'inference_time', physical: 'TIMESTAMP' },
    ]);
  });
  it('may begin with the metadata and be gzipped', async () => {
    const { captureData, ...rest } = JSON.parse(CSV_RECORD);
    expect((await one(gzipSync(`${JSON.stringify({ ...rest, captureData })}\n`))).rows).toBe(1);
  });
});

describe('a capture payload', () => {
  it('of CSV may hold many rows, quotes and a last line break', async () => {
    expect(await rows(record(csv('1,"a,b\nc"\n2,\n'), csv('0.1\n0.9\n')))).toEqual([
      { _c0: '0.1', _c1: '1', _c2: 'a,b\nc', ...added },
      { _c0: '0.9', _c1: '2', _c2: null, ...added },
    ]);
  });
  it('of CSV may be one column with nothing in a row', async () => {
    expect(await rows(record(csv('1\n\n3\n'), csv('\n0.5\n0.9')))).toEqual([
      { _c0: null, _c1: '1', ...added },
      { _c0: '0.5', _c1: null, ...added },
      { _c0: '0.9', _c1: '3', ...added },
    ]);
    expect(await rows(record(csv('1,2\n\n3,4\n'), csv('0.5\n0.9')))).toHaveLength(2);
  });
  it('takes names, output first', async () => {
    expect(await rows(record(csv('1,2'), csv('0.5')), { input: { names: ['score', 'income', 'age'] } })).toEqual([
      { score: '0.5', income: '1', age: '2', ...added },
    ]);
  });
  it.each([
    ['CSV', csv('0.1,0.9')],
    ['JSON', json([0.1, 0.9])],
  ])('of %s in one line answers as many rows', async (_, output) => {
    expect((await rows(record(csv('1\n2'), output))).map((row) => Number(row._c0))).toEqual([0.1, 0.9]);
  });
  it('may be CSV in and JSON out', async () => {
    expect(await rows(record(csv('1,2'), json({ score: 0.5 })))).toEqual([{ score: 0.5, _c1: '1', _c2: '2', ...added }]);
  });
  it('may be objects', async () => {
    expect(await rows(record(json([{ a: 1, b: 'x' }, { a: 2 }]), json([{ p: true }, { p: false }])))).toEqual([
      { p: true, a: 1n, b: 'x', ...added },
      { p: false, a: 2n, b: null, ...added },
    ]);
  });
  it('may be JSON Lines', async () => {
    const part = (data: string): Part => ({ data, encoding: 'JSON', observedContentType: 'application/jsonlines' });
    const content = record(part('{"features":[1,2]}\n{"features":[3,4]}'), part('{"predicted_label":1}\n{"predicted_label":0}\n'));
    expect(await rows(content, { input: { features: 'features', prediction: 'predicted_label' } })).toEqual([
      { prediction: 1n, _c0: 1n, _c1: 2n, ...added },
      { prediction: 0n, _c0: 3n, _c1: 4n, ...added },
    ]);
  });
  it('of BASE64 is read by its content type, or by its looks', async () => {
    expect(await rows(record(base64('1,2', 'text/csv'), base64('[0.5]', 'text/html; charset=utf-8')))).toEqual([
      { _c0: 0.5, _c1: '1', _c2: '2', ...added },
    ]);
  });
  it('may have the same name on both sides', async () => {
    expect(await rows(record(json({ score: 1, event_id: 2 }), json({ score: 0.5 })))).toEqual([
      { score: 0.5, score_1: 1n, event_id_1: 2n, ...added },
    ]);
  });
  it('of mixed types becomes text', async () => {
    expect((await rows(`${record(json([[1]]), json([0]))}\n${record(json([['x']]), json([0]))}`)).map((row) => row._c1)).toEqual([
      '1',
      'x',
    ]);
  });
  it('may be the input alone', async () => {
    expect(await rows(record(csv('1,2'), undefined))).toEqual([{ _c0: '1', _c1: '2', ...added }]);
  });
  it('may come from batch transform', async () => {
    const content = JSON.stringify({ captureData: { batchTransformOutput: json({ p: 1 }) }, eventMetadata: { eventId: 'e' } });
    expect(await rows(content)).toMatchObject([{ p: 1n, event_id: 'e', inference_time: null }]);
  });
});

describe('a capture record that cannot be rows', () => {
  const good = record(csv('1,2'), csv('0.5'));
  it.each([
    ['unequal rows', record(csv('1,2\n3,4'), csv('0.5')), '1 output row for 2 input rows, expected as many'],
    ['a null output', record(csv('1,2'), null), 'the output is missing'],
    ['no output where others have one', record(csv('1,2'), undefined), 'the output is missing'],
    ['an empty output', record(csv('1,2'), csv('')), 'the output has no data'],
    ['binary data', record(base64(Buffer.from([0, 1, 255])), csv('0.5')), 'the input is 3 bytes of binary data, expected CSV or JSON'],
    ['broken BASE64', record({ data: '***', encoding: 'BASE64' }, csv('0.5')), 'the input is not valid BASE64'],
    ['broken JSON', record({ data: '{"a":', encoding: 'JSON' }, csv('0.5')), 'the input: broken JSON: it ends too early'],
    ['ragged CSV', record(csv('1,2\n3'), csv('0.5\n0.6')), 'the input, row 2: 1 field, expected 2 as in its row 1'],
    ['more columns than the first', record(csv('1,2,3'), csv('0.5')), '3 input columns, expected 2 as in line 1'],
    ['no captureData', '{"a":1}', 'no "captureData", expected a SageMaker capture record'],
    ['broken lines', '{"captureData":', 'broken JSON: it ends too early'],
  ])('for %s is rejected with its line and reason', async (_, bad, reason) => {
    const dataset = await one(`${good}\n${bad}\n${good}`);
    expect([dataset.rows, dataset.rejectedLines]).toEqual([2, [{ uri: 'data.txt', line: 2, reason }]]);
  });
  it('is measured against the names', async () => {
    expect(await error(good, { input: { names: ['a', 'b', 'c', 'd'] } })).toContain(
      '3 columns (1 output, 2 input), expected 4 as in input.names',
    );
  });
  it('is rejected when an expression finds nothing', async () => {
    const input = { prediction: 'nothing' };
    expect(await rejected(`${record(csv('1'), csv('0'))}\n${record(csv('1'), json({ p: 1 }))}`, { input })).toEqual([
      '2: input.prediction finds nothing',
    ]);
  });
});

describe('the configuration', () => {
  it('is refused when an expression is wrong', async () => {
    await expect(one(CSV_RECORD, { input: { features: 'instances[*' } })).rejects.toThrow(UsageError);
  });
  it('is refused when a name is there twice', async () => {
    await expect(one(CSV_RECORD, { input: { names: ['a', 'a'] } })).rejects.toThrow('input.names: "a" is there twice');
  });
});
