import { beforeAll, describe, expect, it } from 'vitest';
import { csvOf, DAY, HOUR, lab, labelsOf, metricOf, reference, rowsOf, SEEN } from './lab.ts';

const FIRST = DAY / HOUR;
const WINDOW = [DAY, DAY + 3 * HOUR] as const;
const hour = (h: number): string => csvOf(rowsOf(FIRST + h, 150), SEEN);
const DATA = { 'data/a.csv': hour(0), 'data/b.csv': hour(1), 'data/c.csv': hour(2) };
const labels = (h: number): string => labelsOf(rowsOf(FIRST + h, 150));

let baseline: [string, Buffer][];
beforeAll(async () => {
  const { arrive, store } = lab();
  await arrive('monitors/m/baseline/input/reference.csv', reference());
  baseline = [...store.objects];
});

/** A lab with the baseline and some objects of three hours. */
async function filled(keys: string[] = Object.keys(DATA)) {
  const made = lab();
  for (const [key, body] of baseline) made.store.objects.set(key, body);
  for (const key of keys) await made.arrive(key, DATA[key as keyof typeof DATA]);
  return made;
}

const written = ({ store }: ReturnType<typeof lab>): [string, string][] =>
  [...store.objects].filter(([key]) => /^(reports|metrics)\//.test(key)).map(([key, body]) => [key, body.toString('base64')]);
const windows = (cloud: ReturnType<typeof lab>) => written(cloud).filter(([key]) => key.includes('/window-') || key.startsWith('metrics/'));

describe('a window that is audited again', () => {
  it('gives the same bytes under the same keys', async () => {
    const cloud = await filled();
    const { report, key } = await cloud.audit(...WINDOW);
    expect(key).toBe(`reports/m/2026/03/16/00/window-${report.id}/report.json`);
    const before = written(cloud);
    expect(before.map(([each]) => each)).toContain(`metrics/monitor=m/date=2026-03-16/${report.id}.parquet`);
    await cloud.audit(...WINDOW);
    expect(written(cloud)).toEqual(before);
  });

  it('gives the same bytes in whatever order its objects came, and however often', async () => {
    const once = await filled();
    const shuffled = await filled(['data/c.csv', 'data/a.csv', 'data/c.csv', 'data/b.csv', 'data/a.csv']);
    await once.audit(...WINDOW);
    await shuffled.audit(...WINDOW);
    expect(windows(shuffled).sort()).toEqual(windows(once).sort());
  });

  it('gives another report, beside the first, when an object came late', async () => {
    const cloud = await filled(['data/a.csv', 'data/b.csv']);
    const early = await cloud.audit(...WINDOW);
    await cloud.arrive('data/c.csv', DATA['data/c.csv']);
    const late = await cloud.audit(...WINDOW);
    expect([early.report.subject.rows, late.report.subject.rows]).toEqual([300, 450]);
    expect(late.report.id).not.toBe(early.report.id);
    expect(cloud.store.objects.has(early.key) && cloud.store.objects.has(late.key)).toBe(true);
  });

  it('gives accuracy once labels have come, of those that have', async () => {
    const cloud = await filled();
    const before = (await cloud.audit(...WINDOW)).report;
    expect(before.performance?.rows).toMatchObject({ all: 450, labelled: 0 });
    expect(before.notes.join(' ')).toContain('No labels have come under s3://b/labels/ since the window began');
    expect(metricOf(before, 'estimated_accuracy')).toBeGreaterThan(0.6);
    cloud.put('labels/2026/03/16/20/x.csv', labels(0));
    const after = (await cloud.audit(...WINDOW)).report;
    expect(after.performance?.rows).toMatchObject({ all: 450, labelled: 150 });
    expect(metricOf(after, 'accuracy')).toBeGreaterThan(0.6);
    cloud.put('labels/2026/03/17/x.csv', labels(0) + labels(1).split('\n').slice(1).join('\n'));
    const later = (await cloud.audit(...WINDOW)).report;
    expect(later.performance?.rows).toMatchObject({ labelled: 300 });
    expect(new Set([before.id, after.id, later.id]).size).toBe(3);
  });

  it('is the same report when labels of other days came, or the same ones again', async () => {
    const cloud = await filled();
    cloud.put('labels/2026/03/16/20/x.csv', labels(0));
    const before = (await cloud.audit(...WINDOW)).report;
    cloud.put('labels/2026/03/18/x.csv', labels(40));
    cloud.put('labels/2026/03/18/y.csv', labels(0));
    cloud.put('labels/2026/03/15/z.csv', 'no,table\nof,labels\n');
    expect((await cloud.audit(...WINDOW)).report).toEqual(before);
  });

  it('is the same report when labels of other days came, though of its own none can be used', async () => {
    const cloud = await filled();
    const [head, row] = labels(0).split('\n');
    const id = row!.split(',')[0];
    cloud.put('labels/2026/03/16/20/x.csv', `${head}\n${id},1\n${id},0\n`);
    const before = (await cloud.audit(...WINDOW)).report;
    expect(before.performance?.labels).toMatchObject({ matched: 0, conflicts: 1, unmatched: 0 });
    cloud.put('labels/2026/03/18/x.csv', labels(40));
    expect((await cloud.audit(...WINDOW)).report).toEqual(before);
  });

  it('says why labels are not joined, and judges all else', async () => {
    const cloud = await filled();
    cloud.put('labels/2026/03/16/20/x.csv', 'what,else\n1,2\n');
    const { report } = await cloud.audit(...WINDOW);
    expect(report.notes.join(' ')).toMatch(/Labels are not joined: .*expected an id column/);
    expect(report.performance?.rows).toMatchObject({ all: 450, labelled: 0 });
  });

  it('names a table without labels, and joins the others', async () => {
    const cloud = await filled();
    cloud.put('labels/2026/03/16/20/bad.csv', 'foo,bar\n1,2\n');
    cloud.put('labels/2026/03/16/20/x.csv', labels(0));
    const { report } = await cloud.audit(...WINDOW);
    expect(report.performance?.rows).toMatchObject({ all: 450, labelled: 150 });
    const found = expect.stringMatching(
      /^Labels not read: s3:\/\/b\/labels\/2026\/03\/16\/20\/bad\.csv: expected an id column .* found foo, bar$/,
    );
    expect(report.notes).toContainEqual(found);
  });

  it('says how many label objects came since under earlier dates, where rows have no label', async () => {
    const cloud = await filled();
    const { list } = cloud.store;
    cloud.store.list = async (...of) => (await list(...of)).map((object) => ({ ...object, lastModified: new Date(WINDOW[1]) }));
    for (const key of ['14/a.csv', '15/b.csv']) cloud.put(`labels/2026/03/${key}`, labels(0));
    const note = '2 label objects came after the window began under keys dated before it, and were not read.';
    const notes = async () => (await cloud.audit(...WINDOW)).report.notes;
    expect(await notes()).toContain(note);
    cloud.put('labels/2026/03/17/x.csv', labels(0));
    expect(await notes()).toContain(note);
    for (const hour of [1, 2]) cloud.put(`labels/2026/03/17/y${hour}.csv`, labels(hour));
    expect(await notes()).not.toContain(note);
  });

  it.each([
    [6, 150, null],
    [8, 0, '1 label object came more than 7 days before the window under keys without a date, and was not read.'],
  ])('reads labels without a date that were there %i days before their records: %i of them', async (days, labelled, note) => {
    const cloud = await filled();
    const { list } = cloud.store;
    cloud.store.list = async (...of) =>
      (await list(...of)).map((object) => ({ ...object, lastModified: new Date(WINDOW[0] - days * 24 * HOUR) }));
    cloud.put('labels/x.csv', labels(0));
    const { report } = await cloud.audit(...WINDOW);
    expect(report.performance?.rows).toMatchObject({ all: 450, labelled });
    expect(report.notes.filter((each) => each.includes('without a date'))).toEqual(note === null ? [] : [note]);
  });

  it('says which labels name a row that their request does not have', async () => {
    const cloud = await filled();
    const [head, ...rows] = labels(0).trimEnd().split('\n');
    const numbered = [`${head},row`, ...rows.map((row, i) => `${row},${i < 3 ? 7 : 0}`)].join('\n');
    cloud.put('labels/2026/03/16/20/x.csv', `${numbered}\nof-another-window,1,0\n`);
    const { report } = await cloud.audit(...WINDOW);
    expect(report.performance?.rows).toMatchObject({ labelled: 147 });
    expect(report.performance?.labels).toMatchObject({ matched: 147, unmatched: 3 });
    expect(report.notes).toContain('3 labels name a row that their request does not have, and were not used: rows are counted from 0.');
    expect(report.notes.join(' ')).not.toContain('none of these rows');
  });
});

describe('of the versions of a key', () => {
  it('only the newest counts', async () => {
    const cloud = await filled();
    await cloud.arrive('data/b.csv', csvOf(rowsOf(FIRST + 1, 100), SEEN));
    const { report } = await cloud.audit(...WINDOW);
    expect(report.subject).toMatchObject({ rows: 400 });
    expect(report.subject.objects.map(({ uri, rows }) => [uri, rows])).toContainEqual(['s3://b/data/b.csv', 100]);
    expect(report.performance?.rows.all).toBe(400);
    expect(report.notes.join(' ')).toMatch(/Of 1 object another version is the newest.*s3:\/\/b\/data\/b\.csv/);
  });

  it('none counts once it is deleted', async () => {
    const cloud = await filled();
    cloud.store.objects.delete('data/b.csv');
    const { report } = await cloud.audit(...WINDOW);
    expect(report.subject.rows).toBe(300);
    expect(report.notes.join(' ')).toMatch(/1 object deleted since do.* not count.*s3:\/\/b\/data\/b\.csv/);
  });

  it('equal bytes under two keys are two objects, and said', async () => {
    const cloud = await filled();
    await cloud.arrive('data/copy.csv', DATA['data/a.csv']);
    const { report } = await cloud.audit(...WINDOW);
    expect(report.subject.rows).toBe(600);
    const found = report.findings.find(({ id }) => id === 'repeated_object');
    expect(found).toMatchObject({ severity: 'warn', cause: 'duplicates' });
    expect(found!.title).toMatch(/same bytes as another.*data\/copy\.csv/);
  });
});
