import { describe, expect, it } from 'vitest';
import { UsageError } from '../../layers/quality/contract/index.ts';
import { gzip, labelBench, lines, request, truth } from './labels-helper.ts';

const { join, labelsOf, write, open } = labelBench();

const RECORDS = lines(request('a', 1), request('b', 2), request('c', 1));
/** What every row of RECORDS (a, b, b, c) gets. */
const given = async (labels: string | Buffer | Record<string, string | Buffer>, options = {}) =>
  labelsOf(await join(RECORDS, labels, options));

describe('ground truth of SageMaker', () => {
  it('gives a request of one row its label', async () => {
    expect(await given(lines(truth('a', '1'), truth('c', '0')))).toEqual([1n, null, null, 0n]);
  });
  it.each([
    ['lines of CSV', '1\n0'],
    ['lines of CSV that end with CR and LF', '1\r\n0\r\n'],
    ['one line of CSV', '1,0'],
    ['instances', { instances: [{ label: 1 }, { label: 0 }] }],
    ['predictions', { predictions: [{ label: 1 }, { label: 0 }] }],
    ['instances that are labels', { instances: [1, 0] }],
    ['an object of labels', { label: [1, 0] }],
    ['an object that calls them otherwise', { groundTruth: [1, 0] }],
    ['an object with null beside it', { instances: [{ target: 1, note: null }, { target: 0 }] }],
    ['an array', [1, 0]],
    ['an array of arrays of one', [[1], [0]]],
  ])('gives the rows of a request their labels in order, from %s', async (_, data) => {
    expect(await given(lines(truth('b', data)))).toEqual([null, 1n, 0n, null]);
  });
  it('takes a bare value, as JSON, as a number and as text', async () => {
    const bare = { groundTruthData: { data: 7, encoding: 'JSON' }, eventMetadata: { eventId: 'c' } };
    expect(await given(lines(truth('a', 5), bare))).toEqual([5n, null, null, 7n]);
    expect(await given(lines(truth('a', 'yes')))).toEqual(['yes', null, null, null]);
  });
  it('decodes BASE64 of CSV and of JSON', async () => {
    const encoded = (eventId: string, data: string) => ({
      groundTruthData: { data: Buffer.from(data).toString('base64'), encoding: 'BASE64' },
      eventMetadata: { eventId },
    });
    expect(await given(lines(encoded('b', '1\n0'), encoded('c', '{"label": 3}')))).toEqual([null, 1n, 0n, 3n]);
  });
  it('finds labels by JMESPath', async () => {
    const options = { labelPath: 'rows[*].outcome.paid' };
    const data = { rows: [{ outcome: { paid: 1 } }, { outcome: { paid: 0 } }] };
    expect(await given(lines(truth('b', data)), options)).toEqual([null, 1n, 0n, null]);
    await expect(given(lines(truth('b', data)), { labelPath: 'rows[' })).rejects.toThrow(
      /^labels: expected a JMESPath expression; found "rows\["/,
    );
  });
  it('is read out of gzip, out of an array, and where its keys come in another order', async () => {
    const turned = { eventVersion: '0', eventMetadata: { eventId: 'a' }, groundTruthData: { encoding: 'CSV', data: '1' } };
    const array = `[\n${JSON.stringify(turned)},\n${truth('c', '0')}\n]`;
    expect(await given(gzip(lines(turned, truth('c', '0'))))).toEqual([1n, null, null, 0n]);
    expect(await given(array)).toEqual([1n, null, null, 0n]);
  });
  it('finds the request by its inference id, and by its event id', async () => {
    const records = lines(request('e1', 1, 'mine'), request('e2', 1, 'yours'));
    const joined = await join(records, lines(truth('mine', '1'), truth('e2', '0')));
    expect(await labelsOf(joined)).toEqual([1n, 0n]);
    expect(joined.facts.keys).toEqual(['inference_id', 'event_id']);
  });
  it('tells apart requests of one file for which a client used an inference id again', async () => {
    const joined = await join(lines(request('e1', 2, 'same'), request('e2', 2, 'same')), lines(truth('same', '1\n0')));
    expect(await labelsOf(joined)).toEqual([1n, 0n, 1n, 0n]);
  });
});

describe('a table of labels', () => {
  const expected = [1n, null, null, 0n];
  it.each([
    ['CSV', 'event_id,label\na,1\nc,0\n'],
    ['CSV in gzip', gzip('event_id,label\na,1\nc,0\n')],
    ['JSON Lines', lines({ id: 'a', ground_truth: 1 }, { id: 'c', ground_truth: 0 })],
    ['a JSON array', '[{"inference_id":"a","target":1},{"inference_id":"c","target":0}]'],
    ['CSV with capitals in its names', 'Event_ID;GroundTruth\na;1\nc;0\n'],
  ])('is read as %s', async (_, content) => {
    expect(await given(content)).toEqual(expected);
  });
  it('is read as Parquet, and keeps its type', async () => {
    const parquet = await write('labels.parquet', "SELECT * FROM (VALUES ('a', 1::DOUBLE), ('c', 0::DOUBLE)) t(event_id, label)");
    const joined = await join(RECORDS, parquet);
    expect(await labelsOf(joined)).toEqual([1, null, null, 0]);
    expect(joined.dataset.columns.at(-1)).toEqual({ name: 'label', physical: 'DOUBLE' });
  });
  it('goes together with ground truth', async () => {
    expect(await given({ one: 'event_id,label\na,1\n', two: lines(truth('b', '1\n0')), three: gzip('{"id":"c","label":2}') })).toEqual([
      1n,
      1n,
      0n,
      2n,
    ]);
  });
  it('names the row within a request in a column "row", in any order and not for all of them', async () => {
    expect(await given('id,row,label\nb,1,0\nb,0,1\na,,1\n')).toEqual([1n, 1n, 0n, null]);
    const joined = await join(RECORDS, 'id,row,label\nb,1,0\nb,2,1\n');
    expect([await labelsOf(joined), joined.facts.unmatched]).toEqual([[null, null, 0n, null], 1]);
  });
  it('is looked up by the id column of the records, whatever its type, and there alone', async () => {
    const records = 'inference_id,customer,income\n7,1,10\n8,2,20\n9,7,30\n';
    const byId = await join(records, lines({ customer: 7, label: 'x' }, { customer: 2.0, label: 'y' }), { id: 'customer' });
    expect(await labelsOf(byId)).toEqual([null, 'y', 'x']);
    const byInference = await join(records, lines({ inference_id: 7, label: 'x' }), { id: 'customer' });
    expect(await labelsOf(byInference)).toEqual(['x', null, null]);
    expect(byId.facts.keys).toEqual(['inference_id', 'customer']);
  });
  it('is looked up by numbers of any type and size, none of which becomes another', async () => {
    const records = 'customer,income\n7,1\n7.5,2\n1234567890123456,3\n1152921504606846976,4\n1152921504606846977,5\n';
    const labelled = async (labels: string | Buffer) => labelsOf(await join(records, labels, { id: 'customer' }));
    const decimals = "SELECT * FROM (VALUES (7.00::DECIMAL(10,2), 'a'), (7.50, 'b')) t(customer, label)";
    expect(await labelled(await write('decimals.parquet', decimals))).toEqual(['a', 'b', null, null, null]);
    const doubles = "SELECT * FROM (VALUES (7::DOUBLE, 'a'), (1234567890123456, 'b'), (NULL, 'c')) t(customer, label)";
    expect(await labelled(await write('doubles.parquet', doubles))).toEqual(['a', null, 'b', null, null]);
    const integers = '{"customer":1152921504606846976,"label":"a"}\n{"customer":1152921504606846977,"label":"b"}';
    for (const each of [integers, `${integers}\n{"customer":"x","label":"c"}`])
      expect(await labelled(each)).toEqual([null, null, null, 'a', 'b']);
    expect(await labelled(integers.split('\n')[0]!)).toEqual([null, null, null, 'a', null]);
  });
  it('takes the id of each row from the first key column of the records that has one', async () => {
    const records = 'inference_id,event_id,customer\na,e1,7\nb,e2,7\nc,e3,9\n';
    const table = 'customer,event_id,inference_id,label\n7,e1,a,1\n7,e2,,0\n9,,,1\n,,,1\n';
    const joined = await join(records, table, { id: 'customer' });
    expect(await labelsOf(joined)).toEqual([1n, 0n, 1n]);
    expect(joined.facts).toMatchObject({ labels: 3, matched: 3, rejected: 1, mismatched: 0 });
    const other = await join('customer,x\n7,1\n8,2\n', 'id,inference_id,customer,label\n8,8,7,1\n7,7,,0\n', { id: 'customer' });
    expect(await labelsOf(other)).toEqual([1n, null]);
    expect(other.facts.rejectedLines.map(({ line, reason }) => `${line}: ${reason}`)).toEqual(['2: a label without an id']);
  });
  it('prefers the inference id where the id column has a label too, which counts as a duplicate', async () => {
    const records = 'inference_id,customer,income\n7,1,10\n8,2,20\n';
    const joined = await join(records, { one: 'customer,label\n1,5\n2,6\n', two: 'inference_id,label\n7,9\n' }, { id: 'customer' });
    expect(await labelsOf(joined)).toEqual([9n, 6n]);
    expect(joined.facts).toMatchObject({ labels: 3, matched: 2, duplicates: 1 });
  });
});

describe('the label column', () => {
  it.each([
    ['truths, as Python writes them too', ['true', 'False', 'TRUE'], 'BOOLEAN', [true, false, true]],
    ['integers', ['1', '-2', '+3'], 'BIGINT', [1n, -2n, 3n]],
    ['numbers', ['1', '0.5', '1e3'], 'DOUBLE', [1, 0.5, 1000]],
    [
      'whole numbers of more digits than are told apart as numbers',
      ['1', '18446744073709551616', '2'],
      'VARCHAR',
      ['1', '18446744073709551616', '2'],
    ],
    ['codes with underscores', ['1', '1_0', '10'], 'VARCHAR', ['1', '1_0', '10']],
    ['text, one of it a number', ['1', 'no', ' yes '], 'VARCHAR', ['1', 'no', 'yes']],
  ])('of %s', async (_, values, physical, expected) => {
    const joined = await join(
      lines(request('0', 1), request('1', 1), request('2', 1)),
      lines(...values.map((value, i) => truth(`${i}`, value))),
    );
    expect(joined.dataset.columns.at(-1)).toEqual({ name: 'label', physical });
    expect(await labelsOf(joined)).toEqual(expected);
  });
  it('comes last, under the name asked for, beside rows and columns as they were', async () => {
    const before = await open({ 'before.csv': 'id,x\n3,c\n1,a\n2,\n' });
    const joined = await join('id,x\n3,c\n1,a\n2,\n', 'id,repaid\n1,1\n2,0\n', { id: 'id', label: 'repaid' });
    expect(joined.dataset.columns).toEqual([...before.columns, { name: 'repaid', physical: 'BIGINT' }]);
    expect(joined.dataset).toMatchObject({ rows: 3, rejected: 0, files: [{ uri: 'records', rows: 3, sha256: before.files[0]!.sha256 }] });
    expect([await labelsOf(joined, 'id'), await labelsOf(joined, 'x'), await labelsOf(joined, 'repaid')]).toEqual([
      ['3', '1', '2'],
      ['c', 'a', null],
      [null, 1n, 0n],
    ]);
  });
  it('may not be there already, in small or capital letters', async () => {
    const attempt = join('id,Label\n1,1\n2,0\n', 'id,label\n1,1\n', { id: 'id' });
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow(/already have a column "label"/);
  });
});

describe('hostile names and values', () => {
  it('are data: quotes, and columns named as the join names its own', async () => {
    const names = ['id', 'file', 'row"', 'key', 'place', 'problem', "time'", 'line'];
    const records = `${names.join(',')}\n"o'brien ""x""",1,1,1,1,1,1,1\nb,2,2,2,2,2,2,2\n`.replace('row"', '"row"""');
    const labels = `id,label,problem,key,place,line,road,size\n"o'brien ""x""",1,p,k,9,9,9,9\nb,0,p,k,9,9,9,9\n`;
    const joined = await join(records, labels, { id: 'id' });
    expect(await labelsOf(joined)).toEqual([1n, 0n]);
    expect(await labelsOf(joined, 'place')).toEqual(['1', '2']);
  });
});
