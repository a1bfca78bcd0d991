import { parseHTML } from 'linkedom';
import { beforeAll, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { csvOf, DAY, HOUR, labelsOf, MONITOR, rowsOf, SEEN } from '../audit/lab.ts';
import { BUCKET, followed, lab } from './lab.ts';

const FIRST = DAY / HOUR;
const before = Array.from({ length: 15 * 24 }, (_, i) => rowsOf(FIRST - 15 * 24 + i, 40)).flat();
const rows = rowsOf(FIRST + 3, 600);
const { put, arrive, ask, store } = lab();

interface Both {
  report: Report;
  /** Headings of the page, by the id of their section. */
  sections: string[];
  text: string;
}

async function audit(): Promise<Both> {
  const body = JSON.stringify({ from: new Date(DAY + 3 * HOUR).toISOString(), to: new Date(DAY + 4 * HOUR).toISOString() });
  const answer = await ask('POST', '/v1/monitors/m/audits', { body, headers: { 'content-type': 'application/json' } });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  const { path, query } = followed(answer.headers.location!);
  const report = reportSchema.parse((await ask('GET', path, { query, headers: { accept: 'application/json' } })).json);
  const page = await ask('GET', path, { query, headers: { accept: 'text/html' } });
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const { document } = parseHTML(page.text);
  const sections = [...document.querySelectorAll('h2[id]')].map(({ id }) => id);
  return { report, sections, text: document.body.textContent! };
}

let late: Both;
let labelled: Both;
beforeAll(async () => {
  const monitor = {
    ...MONITOR,
    input: { location: `s3://${BUCKET}/data/` },
    labels: { location: `s3://${BUCKET}/labels/m/`, delay: 'P1D' },
  };
  put('monitors/m/monitor.json', JSON.stringify(monitor));
  put('monitors/m/baseline/input/a.csv', csvOf(before, SEEN));
  await arrive('monitors/m/baseline/input/labels/a.csv', labelsOf(before));
  await arrive('data/03.csv', csvOf(rows, SEEN));
  late = await audit();
  const sent = await ask('POST', '/v1/monitors/m/labels', { body: labelsOf(rows), headers: { 'content-type': 'text/csv' } });
  expect(sent.status).toBe(201);
  for (const key of store.objects.keys()) if (key.startsWith('labels/')) store.written.set(key, new Date(DAY + 24 * HOUR));
  labelled = await audit();
}, 120_000);

const checksOf = ({ report }: Both, name: string) => report.checks.filter(({ id }) => id === name || id.startsWith(`${name}/`));

it('while labels are late a window has estimates against what labels of the reference data taught, in JSON and on its page', () => {
  const { report, sections, text } = late;
  expect(report.performance).toMatchObject({ rows: { all: 600, labelled: 0 }, confusion: null });
  expect(report.performance!.estimates.length).toBeGreaterThan(0);
  for (const { estimate, baseline } of report.performance!.estimates)
    expect([estimate, baseline]).toEqual([expect.any(Number), expect.any(Number)]);
  expect(checksOf(late, 'estimated_performance').length).toBeGreaterThan(0);
  expect(sections).toEqual(expect.arrayContaining(['performance', 'fairness', 'columns']));
  expect(text).toContain('It cannot see a change of what the same inputs lead to: that takes labels.');
});

it('with labels it has accuracy and fairness beside the baseline, in JSON and on its page', () => {
  const { report, sections, text } = labelled;
  expect(report.performance).toMatchObject({ rows: { all: 600, labelled: 600 }, labels: { matched: 600, unmatched: 0 } });
  expect(report.performance!.baseline!.length).toBeGreaterThan(0);
  expect(report.factors).toMatchObject({ accuracy: 'pass', fairness: expect.stringMatching(/pass|warn/) });
  expect(checksOf(labelled, 'performance').length).toBeGreaterThan(0);
  expect(checksOf(labelled, 'fairness_gap').length).toBeGreaterThan(0);
  expect(sections).toEqual(late.sections);
  expect(text).toContain('Labels came apart from the data, joined by id: 600 matched');
});

it('the list has the report with labels alone, and a check of records with a label measures accuracy', async () => {
  const { json } = await ask('GET', '/v1/monitors/m/reports', { query: { kind: 'window' } });
  expect(json.reports.map(({ id }: { id: string }) => id)).toEqual([labelled.report.id]);
  const checked = await ask('POST', '/v1/monitors/m/checks', {
    body: csvOf(rows, [...SEEN, 'outcome']),
    headers: { 'content-type': 'text/csv' },
  });
  expect(checked.json.performance).toMatchObject({ rows: { all: 600, labelled: 600 }, labels: null });
});
