import { describe, expect, it } from 'vitest';
import { UsageError } from '../../layers/quality/contract/index.ts';
import { type Content, gzip, labelBench, lines, request, truth } from './labels-helper.ts';

const { join, labelsOf } = labelBench();

const RECORDS = lines(request('a', 1), request('b', 2), request('c', 1));
const NONE = {
  matched: 0,
  records: 4,
  unlabelled: 4,
  unmatched: 0,
  beyond: 0,
  duplicates: 0,
  conflicts: 0,
  mismatched: 0,
  pending: 0,
  rejected: 0,
};
const look = async (labels: Content | Record<string, Content>, records: Content | Record<string, Content> = RECORDS) => {
  const joined = await join(records, labels);
  return { labels: await labelsOf(joined), facts: joined.facts };
};

describe('several labels for one record', () => {
  it('a label that comes twice counts once', async () => {
    const { labels, facts } = await look(lines(truth('a', '1'), truth('a', '1'), truth('a', '1.0')));
    expect(labels).toEqual([1, null, null, null]);
    expect(facts).toMatchObject({ ...NONE, labels: 3, matched: 1, unlabelled: 3, duplicates: 2 });
  });
  it('the newest wins, wherever it stands, and the others are duplicates', async () => {
    const rows = ['a,0,2024-01-02', 'a,1,2024-01-03T10:00:00Z', 'a,0,', 'a,0,1704153600'];
    for (const order of [rows, rows.toReversed()]) {
      const { labels, facts } = await look(`event_id,label,time\n${order.join('\n')}\n`);
      expect(labels[0]).toBe(1n);
      expect(facts).toMatchObject({ labels: 4, matched: 1, duplicates: 3, conflicts: 0 });
    }
  });
  it('a label without a time is older than any with one', async () => {
    expect((await look(lines(truth('a', '0'), truth('a', '1', { inferenceTime: '1969-01-01T00:00:00Z' })))).labels[0]).toBe(1n);
  });
  it('the time a label was made goes before the time of the inference', async () => {
    const late = truth('a', '1', { time: '2024-03-01T00:00:00Z', inferenceTime: '2024-01-01T00:00:00Z' });
    const early = truth('a', '0', { time: '2024-02-01T00:00:00Z', inferenceTime: '2024-01-02T00:00:00Z' });
    expect((await look(lines(late, early))).labels[0]).toBe(1n);
  });
  it('different ones that are equally new are a conflict and give none', async () => {
    const { labels, facts } = await look('event_id,label,time\na,1,2024-01-02\na,0,2024-01-02\na,1,2024-01-01\nc,1,\nc,1,\n');
    expect(labels).toEqual([null, null, null, 1n]);
    expect(facts).toMatchObject({ labels: 5, matched: 1, unlabelled: 3, conflicts: 1, duplicates: 3 });
  });
  it('a conflict is over once something newer says which', async () => {
    const { labels, facts } = await look('event_id,label,time\na,1,2024-01-02\na,0,2024-01-02\na,0,2024-01-03\n');
    expect(labels[0]).toBe(0n);
    expect(facts).toMatchObject({ conflicts: 0, duplicates: 2 });
  });
  it('the same number is no conflict because some other label is a text', async () => {
    const { labels, facts } = await look(lines(truth('a', '1'), truth('a', '1.0'), truth('c', 'no'), truth('x', '1.5')));
    expect(labels).toEqual(['1', null, null, 'no']);
    expect(facts).toMatchObject({ conflicts: 0, duplicates: 1 });
  });
  it('a conflict about one row of a request leaves its other rows their labels', async () => {
    const { labels, facts } = await look(lines(truth('b', '1\n0'), truth('b', '1\n1')));
    expect(labels).toEqual([null, 1n, null, null]);
    expect(facts).toMatchObject({ labels: 4, matched: 1, conflicts: 1, duplicates: 2 });
  });
});

describe('requests of many rows', () => {
  it.each([
    ['fewer', truth('b', '1')],
    ['more', truth('b', { instances: [{ label: 1 }, { label: 0 }, { label: 1 }] })],
    ['fewer, from a table that names no rows', 'event_id,label\nb,1\n'],
  ])('get none of their labels where there are %s than rows', async (_, content) => {
    const { labels, facts } = await look(content);
    expect(labels).toEqual([null, null, null, null]);
    expect(facts).toEqual({ ...facts, ...NONE, mismatched: facts.labels });
    expect(facts.mismatched).toBeGreaterThan(0);
  });
  it('are labelled by a delivery of the right number even if one of a wrong number is newer', async () => {
    const { labels, facts } = await look(lines(truth('b', '1\n0'), truth('b', '0\n1\n0', { time: '2024-01-01T00:00:00Z' })));
    expect(labels).toEqual([null, 1n, 0n, null]);
    expect(facts).toMatchObject({ labels: 5, matched: 2, mismatched: 3, duplicates: 0 });
  });
  it('keep the places of the others where one label is null, which is not there yet', async () => {
    const { labels, facts } = await look(lines('', truth('b', [null, 1])));
    expect(labels).toEqual([null, null, 1n, null]);
    expect(facts).toMatchObject({ labels: 1, pending: 1, rejected: 0, rejectedLines: [] });
  });
  it.each([
    ['the first', '\n0\n1', [null, 0n, 1n]],
    ['one between others', '1\n\n0', [1n, null, 0n]],
  ])('keep the places of the others where %s of the lines is blank', async (_, data, expected) => {
    const { labels, facts } = await look(lines(truth('b', data)), request('b', 3));
    expect(labels).toEqual(expected);
    expect(facts).toMatchObject({ labels: 2, pending: 1, mismatched: 0 });
  });
  it('are labelled in every file that a request was delivered in', async () => {
    const { labels, facts } = await look(lines(truth('b', '1\n0')), { one: request('b', 2), two: lines(request('a', 1), request('b', 2)) });
    expect(labels).toEqual([1n, 0n, null, 1n, 0n]);
    expect(facts).toMatchObject({ labels: 2, matched: 4, records: 5, unlabelled: 1, duplicates: 0 });
  });
});

describe('labels that fit nothing', () => {
  it('count once, whether a table or ground truth brings them', async () => {
    const files = { table: 'id,label\nx,1\ny,1\n', truth: lines(truth('x', '1'), truth('z', '1')) };
    const { facts } = await join('id,x\n1,a\n2,b\n', files, { id: 'id' });
    expect(facts).toMatchObject({ labels: 4, unmatched: 3, duplicates: 1 });
  });
  it('of another day match no record, and all of that is said', async () => {
    const { labels, facts } = await look('event_id,label\nx,1\ny,0\nx,1\n');
    expect(labels).toEqual([null, null, null, null]);
    expect(facts).toEqual({ ...facts, ...NONE, labels: 3, unmatched: 2, duplicates: 1 });
  });
  it('of a request that is there, but not the row they name, are counted apart', async () => {
    const { labels, facts } = await look('event_id,row,label\nb,0,1\nb,7,0\nx,0,1\n');
    expect(labels).toEqual([null, 1n, null, null]);
    expect(facts).toMatchObject({ labels: 3, matched: 1, unmatched: 2, beyond: 1 });
  });
  it('that are none at all leave every record as it is', async () => {
    expect((await look({})).facts).toEqual({
      ...NONE,
      files: 0,
      labels: 0,
      rejectedLines: [],
      problems: [],
      keys: ['inference_id', 'event_id'],
      ...{ strange: null, repeated: null },
    });
    expect((await look('event_id,label\n')).facts).toMatchObject({ ...NONE, files: 1, labels: 0, problems: [] });
  });
  it('are rejected one by one, without repeating them', async () => {
    const good = truth('a', '1');
    const bad = [
      '{"secret',
      { groundTruthData: { data: 'secret', encoding: 'CSV' } },
      truth('c', { instances: [{ secret: 1 }] }),
      truth('c', { label: { secret: 1 } }),
      truth('c', ''),
    ];
    const { labels, facts } = await look(lines(good, ...bad, truth('b', '1,0\n0,1')));
    expect(labels).toEqual([1n, null, null, null]);
    expect(facts.rejectedLines.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: broken JSON: it ends too early',
      '3: no "eventId", expected the id of the request',
      '4: the ground truth has an object without a label',
      '5: the ground truth has an object for a label, expected a value',
      '6: the ground truth has no data',
      '7: the ground truth has 2 lines of 2 values, expected one value a line or one line',
    ]);
    expect(facts).toMatchObject({ rejected: 6, labels: 1, matched: 1 });
    expect(JSON.stringify(facts)).not.toContain('secret');
  });
  it('of a table are rejected by row: no id, an impossible row number', async () => {
    const { labels, facts } = await look('id,row,label\na,0,1\n,0,1\nb,-1,1\nb,0.5,1\nb,first,1\nb,1e300,1\n');
    expect(labels).toEqual([1n, null, null, null]);
    const impossible = 'a row number that is no whole number from 0';
    expect(facts.rejectedLines.map(({ line, reason, isRow }) => [line, reason, isRow])).toEqual([
      [2, 'a label without an id', true],
      ...[3, 4, 5, 6].map((line) => [line, impossible, true]),
    ]);
    expect(facts).toMatchObject({ labels: 1, pending: 0, rejected: 5, matched: 1 });
  });
  it('of a table are no fault where they are not there yet: null, blank, NaN', async () => {
    const { labels, facts } = await look('id,row,label\na,0,1\nb,1,\nc,0,\nc,0, \nc,0,NaN\n,0,\n');
    expect(labels).toEqual([1n, null, null, null]);
    expect(facts).toMatchObject({ labels: 1, pending: 3, rejected: 0, rejectedLines: [], matched: 1 });
  });
  it('are not there yet once, however often that came, and no longer when another file has them', async () => {
    const early = 'id,row,label\na,0,\nb,1,\nx,0,\n';
    const truths = lines(truth('b', [1, null]), truth('x', [null]));
    expect((await look({ early, again: early, truths })).facts).toMatchObject({ labels: 1, pending: 3, mismatched: 0 });
    for (const labels of [
      { early, late: 'id,row,label\na,0,1\nb,1,0\n' },
      { early: 'id,row,label\na,0,1\nb,1,0\n', late: early },
    ])
      expect((await look(labels)).facts).toMatchObject({ labels: 2, matched: 2, pending: 1 });
    expect((await look(early)).facts).toMatchObject({ labels: 0, pending: 3 });
  });
  it('keep the first hundred rejections, and count them all', async () => {
    const { facts } = await look(`event_id,label\na,1\n${',1\n'.repeat(150)}`);
    expect([facts.rejected, facts.rejectedLines.length, facts.rejectedLines[99]!.line]).toEqual([150, 100, 101]);
  });
});

describe('files of labels that cannot be read', () => {
  const binary = Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 37) % 256));
  it('are named, and the others go on', async () => {
    const cut = gzip(lines(...Array.from({ length: 500 }, (_, i) => truth(`x${i}`, `${i}`)))).subarray(0, 900);
    const { labels, facts } = await look({
      a: lines(truth('a', '1')),
      b: '',
      c: binary,
      d: cut,
      e: 'event_id,label\nc,0\n',
      f: lines(truth('', '1')),
    });
    expect(labels).toEqual([1n, null, null, 0n]);
    expect(facts).toMatchObject({ files: 6, labels: 2, matched: 2 });
    expect(facts.problems.map(({ uri }) => uri)).toEqual(['b', 'c', 'd', 'f']);
    expect(facts.problems.map(({ error }) => error)).toEqual([
      'the file is empty; expected at least a header line or one record',
      expect.stringContaining('found binary data'),
      'expected a complete gzip file; found one that is cut off',
      expect.stringContaining('none of its 1 could be read'),
    ]);
  });
  it('are also tables without an id or a label, which say what was looked for and what is there', async () => {
    const { labels, facts } = await look({ a: 'event_id,label\na,1\n', b: 'foo,bar\na,1\n', c: 'event_id,paid\nc,1\n' });
    expect(labels).toEqual([1n, null, null, null]);
    expect(facts).toMatchObject({ files: 3, labels: 1, matched: 1 });
    expect(facts.problems).toEqual([
      { uri: 'b', error: 'expected an id column in the labels, one of "inference_id", "event_id", "id"; found foo, bar' },
      {
        uri: 'c',
        error: 'expected a label column in the labels, one of "label", "ground_truth", "groundTruth", "target"; found event_id, paid',
      },
    ]);
  });
  it('stop the join where there is no other', async () => {
    await expect(look({ a: binary, b: '' })).rejects.toThrow(/^labels: none of 2 files can be used\. a: expected/);
    await expect(look(Buffer.alloc(0))).rejects.toThrow(UsageError);
  });
});

describe('nothing to join by', () => {
  it('in the records says what was looked for and what is there', async () => {
    const attempt = join('loan,x\n1,a\n2,b\n', 'loan,label\n1,1\n', { id: 'account' });
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow('one of "inference_id", "event_id", "account"; found loan, x');
  });
  it('names no column twice, and the columns that look like ids', async () => {
    const attempt = join('loan_id,x\n1,a\n2,b\n', 'loan,label\n1,1\n', { id: 'inference_id' });
    await expect(attempt).rejects.toThrow('one of "inference_id", "event_id"; found loan_id, x');
    const several = join('loan_id,row_id\n1,a\n2,b\n', 'loan_id,label\n1,1\n', { likelyIds: ['loan_id', 'row_id'] });
    await expect(several).rejects.toThrow('found loan_id, row_id; did you mean --id loan_id or --id row_id?');
  });
  it('is mended by the only column that looks like an id, where a table of labels has one of its name', async () => {
    const records = 'loan_id,x\n1,a\n2,b\n';
    const options = { likelyIds: ['loan_id'] };
    const joined = await join(records, { a: 'loan_id,label\n2,1\n', b: 'foo,bar\n1,1\n' }, options);
    expect(await labelsOf(joined)).toEqual([null, 1n]);
    expect(joined.facts.keys).toEqual(['loan_id']);
    for (const labels of ['id,label\n2,1\n', lines(truth('2', '1'))])
      await expect(join(records, labels, options)).rejects.toThrow(
        'one of "inference_id", "event_id"; found loan_id, x; did you mean --id loan_id?',
      );
    const events = await join('event_id,loan_id\n1,2\n2,1\n', 'event_id,label\n2,1\n', options);
    expect(events.facts.keys).toEqual(['event_id']);
  });
  it('in a table of labels says so too, for its ids and its labels', async () => {
    await expect(look('loan,label\n1,1\n')).rejects.toThrow(
      'labels: expected an id column in the labels, one of "inference_id", "event_id", "id"; found loan, label',
    );
    await expect(look('id,paid\n1,1\n')).rejects.toThrow(/expected a label column .* found id, paid/);
    await expect(look('id,paid\n1,1\n')).rejects.toThrow(UsageError);
  });
  it('is not blamed on records of which no file could be read: those keep their errors', async () => {
    const { facts, dataset } = await join('', lines(truth('a', '1')));
    expect(facts).toMatchObject({ records: 0, matched: 0, unmatched: 1, keys: [] });
    expect(dataset.files).toMatchObject([{ error: expect.stringContaining('the file is empty'), parquet: null }]);
  });
});
