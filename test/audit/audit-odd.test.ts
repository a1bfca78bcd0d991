import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvOf, DAY, HOUR, lab, MONITOR, type Row, reference, rowsOf, SEEN, verdictOf } from './lab.ts';

const FIRST = DAY / HOUR;
const data = (h: number, change?: (row: Row) => Row, names = SEEN): string => csvOf(rowsOf(FIRST + h, 200, change), names);
const times100 = (row: Row): Row => ({ ...row, amount: row.amount * 100 });
const hours = (from: number, to = from + 1): [number, number] => [DAY + from * HOUR, DAY + to * HOUR];

let baseline: [string, Buffer][];
beforeAll(async () => {
  const { arrive, store } = lab();
  await arrive('monitors/m/baseline/input/reference.csv', reference());
  baseline = [...store.objects];
});

async function filled(objects: Record<string, string>, monitor: object = {}) {
  const made = lab(monitor);
  for (const [key, body] of baseline) if (!key.endsWith('monitor.json')) made.store.objects.set(key, body);
  for (const [key, body] of Object.entries(objects)) await made.arrive(key, body);
  return made;
}
const profiles = ({ store }: ReturnType<typeof lab>): string[] => [...store.objects.keys()].filter((key) => key.startsWith('profiles/'));
type StoredJson = { cuts: string; object?: unknown };
function rewrite({ store }: ReturnType<typeof lab>, key: string, change: (json: StoredJson) => void): void {
  const json = JSON.parse(gunzipSync(store.objects.get(key)!).toString('utf8')) as StoredJson;
  change(json);
  store.objects.set(key, gzipSync(JSON.stringify(json)));
}

describe('a window', () => {
  it('without data is a report that says so and fails, unless that is expected', async () => {
    const { report, key } = await (await filled({})).audit(...hours(0));
    expect(report).toMatchObject({ verdict: 'fail', subject: { rows: 0, objects: [], columns: 0 } });
    expect(verdictOf(report, 'row_count')).toBe('fail');
    expect(report.notes).toContain('There is no data: no object has a row in this window.');
    expect(key).toContain('reports/m/2026/03/16/00/window-');
    const expected = await (await filled({}, { checks: { row_count: 'off' } })).audit(...hours(0));
    expect(expected.report).toMatchObject({ verdict: 'pass', subject: { rows: 0 } });
  });

  it('holds the rows of its hours alone, of objects over its borders as well', async () => {
    const cloud = await filled({ 'data/a.csv': csvOf([...rowsOf(FIRST, 200), ...rowsOf(FIRST + 1, 90)], SEEN) });
    const { report } = await cloud.audit(...hours(1));
    expect(report.subject).toMatchObject({ rows: 90, objects: [{ uri: 's3://b/data/a.csv', rows: 90 }] });
    expect(report.performance?.rows.all).toBe(90);
  });

  it('says what was profiled at other cuts, and judges without it', async () => {
    const cloud = await filled({ 'data/a.csv': data(0), 'data/b.csv': data(1) });
    rewrite(cloud, profiles(cloud)[0]!, (json) => (json.cuts = 'other'));
    const { report } = await cloud.audit(...hours(0, 2));
    expect(report.notes.join(' ')).toMatch(/1 object \(200 rows\) were? profiled at other cuts/);
    expect(report.subject.rows).toBe(400);
    expect(report.metrics.find(({ metric, column }) => metric === 'completeness' && column === 'amount')?.rows).toBe(200);
    expect(report.performance?.rows.all).toBe(400);
  });

  it('counts profiles that an earlier release wrote', async () => {
    const cloud = await filled({ 'data/a.csv': data(0), 'data/b.csv': data(1) });
    for (const key of profiles(cloud)) rewrite(cloud, key, (json) => delete json.object);
    const { report } = await cloud.audit(...hours(0, 2));
    expect(report.subject.rows).toBe(400);
    expect(report.subject.objects.map(({ uri }) => uri)).toEqual(
      profiles(cloud)
        .sort()
        .map((key) => `s3://b/${key}`),
    );
    expect(report.notes.join(' ')).toMatch(/2 profiles were written by a release that did not keep their objects/);
  });

  it('takes a column that some objects lack for missing there, and one that all lack for gone', async () => {
    const without = SEEN.filter((name) => name !== 'amount');
    const cloud = await filled({
      'data/a.csv': data(0),
      'data/b.csv': data(1, undefined, without),
      'data/c.csv': data(2, undefined, without),
    });
    const some = (await cloud.audit(...hours(0, 2))).report;
    expect(some.metrics.find(({ metric, column }) => metric === 'missing_rate' && column === 'amount')?.value).toBe(0.5);
    expect(some.findings[0]).toMatchObject({ columns: ['amount'], cause: 'null_surge' });
    const all = (await cloud.audit(...hours(2))).report;
    expect(verdictOf(all, 'missing_column/amount')).toBe('fail');
  });

  it('leaves a key to chance that rows of JSON Lines may be without, and all are', async () => {
    const linesOf = (rows: Row[]): string =>
      rows.map((row, i) => JSON.stringify({ ...row, outcome: undefined, ...(i % 50 === 1 && { coupon: `c${i % 3}` }) })).join('\n');
    const cloud = lab();
    const before = Array.from({ length: 15 * 24 }, (_, i) => rowsOf(FIRST - 15 * 24 + i, 40)).flat();
    await cloud.arrive('monitors/m/baseline/input/reference.jsonl', linesOf(before));
    await cloud.arrive('data/a.jsonl', linesOf(rowsOf(FIRST, 200)).replaceAll(/,"coupon":"[^"]*"/g, ''));
    const { report } = await cloud.audit(...hours(0));
    expect(verdictOf(report, 'missing_column/coupon')).toBeUndefined();
    expect(verdictOf(report, 'missing_rate/coupon')).toBe('pass');
    expect(report.metrics.find(({ metric, column }) => metric === 'missing_rate' && column === 'coupon')?.value).toBe(1);
  });

  it('lists an object that could not be read as an error', async () => {
    const cloud = await filled({ 'data/a.csv': data(12), 'data/broken.parquet': 'PAR1 this is no Parquet file' });
    const arrived = Date.UTC(2026, 2, 10, 12);
    const { report } = await cloud.audit(arrived, arrived + HOUR);
    expect(report.verdict).toBe('error');
    expect(verdictOf(report, 'readable/s3://b/data/broken.parquet')).toBe('error');
  });

  it('without a baseline counts, and says that nothing was compared', async () => {
    const cloud = lab();
    await cloud.arrive('data/a.csv', data(0));
    const { report } = await cloud.audit(...hours(0));
    expect(report).toMatchObject({ baseline: null, subject: { rows: 200 } });
    expect(report.notes.join(' ')).toMatch(/There is no baseline/);
    expect(report.performance?.rows.all).toBe(200);
  });

  it('names what its monitor says of columns and checks that are nowhere', async () => {
    const slips = { columns: { ...MONITOR.columns, amuont: { type: 'number' } }, checks: { 'drift/amonut': 'off' } };
    const said = async (monitor: object) =>
      (await (await filled({ 'data/a.csv': data(0) }, monitor)).audit(...hours(0))).report.notes.filter((note) =>
        note.includes('names what'),
      );
    expect(await said(slips)).toEqual([
      'The monitor names what is not there: no column "amuont"; did you mean "amount"?',
      'The monitor names what is not there: checks: drift/amonut: no column "amonut"; did you mean "amount"?',
    ]);
    expect(await said({})).toEqual([]);
  });

  it('joins ground truth by the event id of a capture, though that column is ignored', async () => {
    const cloud = lab({ columns: { ...MONITOR.columns, event_id: { role: 'ignored' } } });
    const rows = rowsOf(FIRST, 120);
    const events = csvOf(rows, SEEN)
      .split('\n')
      .map((line, i) => (i === 0 ? `event_id,${line}` : line && `event-${i},${line}`));
    await cloud.arrive('data/a.csv', events.join('\n'));
    const truth = rows.map(({ outcome }, i) =>
      JSON.stringify({
        groundTruthData: { data: outcome, encoding: 'CSV' },
        eventMetadata: { eventId: `event-${i + 1}` },
        eventVersion: '0',
      }),
    );
    cloud.put('labels/2026/03/16/12/00.jsonl', `${truth.slice(0, 100).join('\n')}\n`);
    const { report } = await cloud.audit(...hours(0));
    expect(report.performance?.rows).toMatchObject({ all: 120, labelled: 100 });
    expect(report.notes.join(' ')).toContain('Labels were joined by event_id, id: 100 of 120 rows have one.');
  });

  it('that keeps no records is judged by its profiles alone', async () => {
    const { report } = await (await filled({ 'data/a.csv': data(0, times100) }, { records: 'none' })).audit(...hours(0));
    expect(report.findings[0]).toMatchObject({ cause: 'unit_change', columns: ['amount'] });
    expect(report.performance).toBeUndefined();
  });

  it.each([
    [[DAY + 1, DAY + HOUR], /whole hours/],
    [[DAY, DAY], /ends after it begins/],
    [[DAY, DAY + 400 * 24 * HOUR], /at most 366 days/],
  ] as const)('of %j is refused in words', async ([from, to], words) => {
    await expect(lab().audit(from, to)).rejects.toThrow(words);
  });

  it('of no monitor is refused by its name', async () => {
    const cloud = lab();
    cloud.store.objects.clear();
    await expect(cloud.audit(...hours(0))).rejects.toThrow(/no monitor "m"/);
  });
});

describe('a finding', () => {
  it('is there since the first of the windows in a row that had it', async () => {
    const objects = [0, 1, 2, 3].map((h) => [`data/${h}.csv`, data(h, h === 0 ? undefined : times100)]);
    const cloud = await filled(Object.fromEntries(objects));
    const since: (string | null | undefined)[] = [];
    for (const h of [0, 1, 2, 3])
      since.push((await cloud.audit(...hours(h))).report.findings.find(({ columns }) => columns[0] === 'amount')?.since);
    expect(since).toEqual([undefined, '2026-03-16T01:00:00.000Z', '2026-03-16T01:00:00.000Z', '2026-03-16T01:00:00.000Z']);
  });

  it('says nothing of since when where the window before was not audited', async () => {
    const cloud = await filled({ 'data/a.csv': data(3, times100) });
    expect((await cloud.audit(...hours(3))).report.findings[0]!.since).toBeNull();
  });
});
