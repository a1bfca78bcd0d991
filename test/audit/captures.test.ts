import { describe, expect, it } from 'vitest';
import { CAPTURES, captureOf, NAMES, truthOf } from './capture-lab.ts';
import { csvOf, DAY, HOUR, lab, type Row, rowsOf } from './lab.ts';

const FIRST = DAY / HOUR;
/** What a model was trained on has neither requests nor their ids. */
const table = (columns: (keyof Row)[]): string => {
  const rows = Array.from({ length: 15 * 24 }, (_, i) => rowsOf(FIRST - 15 * 24 + i, 40)).flat();
  return csvOf(rows, columns).replace(/^at,/, 'inference_time,');
};

describe.each([
  ['with the time of each row', ['at', ...NAMES, 'outcome']],
  ['without time', [...NAMES, 'outcome']],
] as [string, (keyof Row)[]][])('captures of a monitor whose reference data is a plain table %s', (_, columns) => {
  it('keep what ground truth names them by, and what a capture adds is no extra column', async () => {
    const { arrive, audit, put, store } = lab(CAPTURES);
    await arrive('monitors/m/baseline/input/reference.csv', table(columns));
    const rows = rowsOf(FIRST + 3, 600);
    await arrive('data/2026/03/16/03/a.jsonl', captureOf(rows));
    put('labels/2026/03/17/03/a.jsonl', truthOf(rows));
    const { report } = await audit(DAY + 3 * HOUR, DAY + 4 * HOUR);
    expect(report.performance).toMatchObject({
      rows: { all: 600, labelled: 600 },
      labels: { matched: 600, keys: ['inference_id', 'event_id'] },
    });
    expect(report.checks.filter(({ id, verdict }) => id.startsWith('extra_column') || verdict === 'fail')).toEqual([]);
    const object = [...store.objects.keys()].find((key) => /reports\/.*report\.json$/.test(key) && !key.includes('window'))!;
    const ofObject = JSON.parse(store.objects.get(object)!.toString('utf8')) as typeof report;
    expect(ofObject.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
});

it('are filed under the hour they were made in, where neither monitor nor reference data name a time', async () => {
  const { inference_time: _, ...columns } = CAPTURES.columns;
  const { arrive, audit, store } = lab({ ...CAPTURES, columns });
  await arrive('monitors/m/baseline/input/reference.csv', table([...NAMES, 'outcome']));
  await arrive('data/2026/03/16/03/a.jsonl', captureOf(rowsOf(FIRST + 3, 600)));
  expect([...store.objects.keys()].filter((key) => key.startsWith('profiles/'))).toEqual([
    expect.stringContaining('/date=2026-03-16/hour=03/'),
  ]);
  const object = [...store.objects.keys()].find((key) => key.startsWith('reports/m/2026/03/16/03/batch-') && key.endsWith('report.json'))!;
  const { subject } = JSON.parse(store.objects.get(object)!.toString('utf8'));
  expect([subject.from.slice(0, 13), subject.to.slice(0, 13)]).toEqual(['2026-03-16T03', '2026-03-16T03']);
  expect((await audit(DAY + 3 * HOUR, DAY + 4 * HOUR)).report.subject.rows).toBe(600);
});

it('labels of no class the baseline knows fail, for no profile looks at them', async () => {
  const { arrive, audit, put } = lab(CAPTURES);
  await arrive('monitors/m/baseline/input/reference.csv', table(['at', ...NAMES, 'outcome']));
  const rows = rowsOf(FIRST + 3, 600);
  await arrive('data/2026/03/16/03/a.jsonl', captureOf(rows));
  put('labels/2026/03/17/03/a.jsonl', truthOf(rows.map((row, i) => ({ ...row, outcome: i % 3 === 2 ? 'maybe' : row.outcome }))));
  const { report } = await audit(DAY + 3 * HOUR, DAY + 4 * HOUR);
  const check = report.checks.find(({ id }) => id === 'categories/outcome')!;
  expect(check).toMatchObject({ verdict: 'fail', factor: 'data_quality' });
  expect(check.message).toContain("outcome: 33 % of the values not among the baseline's categories, 0 % in the baseline");
  expect(report.findings.some(({ columns }) => columns.includes('outcome'))).toBe(true);
  expect(report.notes.join()).toContain('of no class the baseline knows: found "maybe", expected "0", "1"');
});
