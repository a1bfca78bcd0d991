import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { joinLabels } from '../../layers/quality/dataset/labels/index.ts';
import { openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { Database } from '../../layers/quality/engine/database.ts';
import { checkBatch } from '../../layers/quality/usecases/check-batch.ts';
import { hintsOf, monitorOutcomes, readMonitor } from '../../layers/quality/usecases/monitors.ts';
import { currentBaseline } from '../../layers/quality/usecases/renew-baseline.ts';
import { expectClose } from '../engine/same.ts';
import { BUCKET, csvOf, DAY, fileOf, HOUR, lab, labelsOf, metricOf, type Row, reference, rowsOf, SEEN, scratchFolder } from './lab.ts';

const FIRST = DAY / HOUR;
/** So that the day's distinct rows fit their sketch, which the label column is part of in a check and not in an audit. */
const PER_HOUR = 40;
/** Objects of a day: an hour each, one with broken lines, one over the border of two hours, one with a unit changed. */
const objects = (): Record<string, string> => {
  const made: Record<string, string> = {};
  for (let hour = 0; hour < 24; hour++) {
    const rows = rowsOf(FIRST + hour, PER_HOUR, (row) => (hour === 9 ? { ...row, amount: row.amount * 100 } : row));
    if (hour === 4) made['data/04-05.csv'] = csvOf([...rows, ...rowsOf(FIRST + 5, PER_HOUR)], SEEN);
    else if (hour === 7) made['data/07.csv'] = `${csvOf(rows, SEEN)}too,few\n`;
    else if (hour !== 5) made[`data/${String(hour).padStart(2, '0')}.csv`] = csvOf(rows, SEEN);
  }
  return made;
};
const dayRows = (): Row[] => Array.from({ length: 24 }, (_, hour) => rowsOf(FIRST + hour, PER_HOUR)).flat();
const labels = (): Record<string, string> => ({
  'labels/2026/03/16/18/a.csv': labelsOf(dayRows().slice(0, 560)),
  'labels/2026/03/17/06/b.csv': labelsOf([...dayRows().slice(520, 880), ...rowsOf(FIRST + 30, 40)]),
  'labels/2026/03/15/b.csv': labelsOf(rowsOf(FIRST - 5, 40)),
});

async function filledLab(monitor: object = {}) {
  const made = lab(monitor);
  await made.arrive('monitors/m/baseline/input/reference.csv', reference());
  return made;
}

/** An audit profiles no labels: they come when all else has been profiled. */
const seen = <T extends { metric: string; column: string | null }>(rows: T[]): T[] =>
  rows.filter(({ metric, column }) => column !== 'outcome' && metric !== 'column_count');

describe('the audit of a day', () => {
  let cloud: Awaited<ReturnType<typeof filledLab>>;
  let report: Report;
  let batch: Report;

  beforeAll(async () => {
    cloud = await filledLab({ records: 'all' });
    for (const [key, body] of Object.entries(objects())) await cloud.arrive(key, body);
    for (const [key, body] of Object.entries(labels())) cloud.put(key, body);
    report = (await cloud.audit(DAY, DAY + 24 * HOUR)).report;
    batch = await batchReport(cloud.deps(), objects(), labels());
  });

  it('has every metric of a check of all its rows, counts exactly and sums to 1e-12', () => {
    const values = (of: Report) =>
      Object.fromEntries(
        seen(of.metrics).map(({ metric, column, segment, facet, parameters, ...rest }) => [
          JSON.stringify([metric, column, segment, facet, parameters]),
          rest,
        ]),
      );
    expectClose(values(report), values(batch));
  });

  it('gives every check the verdict of a check of all its rows', () => {
    const verdicts = (of: Report) => of.checks.filter(({ id }) => !id.endsWith('/outcome')).map(({ id, verdict }) => [id, verdict]);
    expect(verdicts(report)).toEqual(verdicts(batch));
    expect(report.checks.length).toBeGreaterThan(40);
    const findings = (of: Report) => of.findings.filter(({ columns }) => columns[0] !== 'outcome').map(({ id, cause }) => [id, cause]);
    expect(findings(report)).toEqual(findings(batch));
    expect(findings(report)).toContainEqual(['out_of_range/amount', 'out_of_range']);
  });

  it('lists its objects and its rejected lines, and says of what time it is', () => {
    expect(report).toMatchObject({ kind: 'window', monitor: 'm', subject: { from: '2026-03-16T00:00:00.000Z', rows: 960, rejected: 1 } });
    const { objects: listed } = report.subject;
    expect(listed.map(({ uri, sha256, bytes, rows, rejected }) => [uri, sha256, bytes, rows, rejected])).toEqual(
      batch.subject.objects.map(({ uri, sha256, bytes, rows, rejected }) => [uri, sha256, bytes, rows, rejected]),
    );
    expect(report.rejected).toEqual(batch.rejected);
  });

  it('judges accuracy and fairness by the labels that came', () => {
    expect(report.performance).toMatchObject({ rows: { all: 960, labelled: 880 } });
    expect(report.fairness?.facets.length ?? 0).toBeGreaterThan(0);
    expect(metricOf(report, 'accuracy')).toBeGreaterThan(0.6);
  });
});

async function batchReport(
  deps: Parameters<typeof readMonitor>[0],
  files: Record<string, string>,
  given: Record<string, string>,
): Promise<Report> {
  const monitor = (await readMonitor(deps, 'm'))!;
  const scratch = scratchFolder();
  const paths = (of: Record<string, string>) =>
    Object.entries(of).map(([key, body], i) => ({ uri: `s3://${BUCKET}/${key}`, path: fileOf(body, `${i}.csv`) }));
  const [data, labelFiles] = [paths(files), paths(given)];
  const allowed = [...data, ...labelFiles].map(({ path }) => path.replace(/\/[^/]*$/, ''));
  const database = await Database.open({ scratch, memoryMB: 300, threads: 1, allowed });
  try {
    const dataset = await openDataset(database, data, { scratch });
    const joined = await joinLabels(database, dataset, labelFiles, { scratch, label: 'outcome', id: 'id' });
    const { report } = await checkBatch(
      database,
      joined.dataset,
      await currentBaseline(deps, 'm'),
      { scratch, memoryMB: 300, workers: 1 },
      {
        ...{
          monitor: 'm',
          hints: hintsOf(monitor),
          settings: {},
          falseAlarmRate: 0.01,
          minimumRows: 30,
          dataQualityOnly: false,
          version: 'test',
        },
        ...{ outcomes: monitorOutcomes(monitor), labels: joined.facts },
      },
    );
    return report;
  } finally {
    database.close();
  }
}
