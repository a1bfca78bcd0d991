import { parseHTML } from 'linkedom';
import { beforeAll, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { csvOf, DAY, HOUR, lab, labelsOf, reference, rowsOf, SEEN } from './lab.ts';

const FIRST = DAY / HOUR;
let report: Report;
let page: ReturnType<typeof parseHTML>['document'];
beforeAll(async () => {
  const { arrive, audit, put, store } = lab();
  await arrive('monitors/m/baseline/input/reference.csv', reference());
  const rows = rowsOf(FIRST + 3, 400);
  await arrive('data/03.csv', csvOf(rows, SEEN));
  put('labels/2026/03/17/03/a.csv', labelsOf(rows));
  const audited = await audit(DAY + 3 * HOUR, DAY + 4 * HOUR);
  report = audited.report;
  page = parseHTML(store.objects.get(audited.key.replace(/json$/, 'html'))!.toString('utf8')).document;
});

const distributionOf = (name: string) => report.columns.find((column) => column.name === name)!.distribution;
const detailsOf = (name: string) =>
  [...page.querySelectorAll('details.column')].find((each) => each.querySelector('.title')!.textContent === name)!;
const drawn = (name: string): number => detailsOf(name).querySelectorAll('svg.mini, svg.plot').length;

it('labels that were joined to a window are in no profile, and are not drawn as missing beside those of the baseline', () => {
  expect(report.performance).toMatchObject({ rows: { all: 400, labelled: 400 }, labels: { matched: 400 } });
  expect(distributionOf('outcome')).toEqual({ kind: 'none', bars: [], missing: null });
  expect(drawn('outcome')).toBe(0);
  expect(detailsOf('outcome').querySelector('.none')!.textContent).toBe(
    'No distribution to show: labels that come apart from the data are not profiled.',
  );
});

it('what was profiled is drawn', () => {
  expect(distributionOf('amount').kind).toBe('number');
  expect(drawn('amount')).toBe(2);
});

it('the page says where labels came from, and draws how right the model was with them', () => {
  const [, labels] = [...page.querySelectorAll('#performance ~ .outcome .lead')].map(({ textContent }) => textContent);
  expect(labels).toContain('Labels came apart from the data, joined by id: 400 matched');
  expect(page.querySelectorAll('#performance ~ .outcome svg').length).toBeGreaterThan(2);
});
