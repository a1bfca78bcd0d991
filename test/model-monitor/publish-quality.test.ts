import { beforeAll, describe, expect, it } from 'vitest';
import { compareRun, importBaseline, readRun } from '../../layers/quality/model-monitor/index.ts';
import { csvOf, DAY, HOUR, lab, labelsOf, type Row, reference, rowsOf, SEEN } from '../audit/lab.ts';

const AT = DAY + 13 * HOUR;
const FOLDER = (schedule: string): string => `model-monitor/credit-risk-prod/${schedule}/2026/03/17/14/`;
const OWN = { files: true, schedule: 'hourly', modelQualitySchedule: 'quality', biasSchedule: 'bias' };
let REFERENCE: string;
beforeAll(() => {
  REFERENCE = reference();
});

/** An hour of 600 rows in which hardly any woman is chosen, with what audits of it leave in folders of labelled runs. */
async function audited(modelMonitor: object, change?: (row: Row) => Row, baseline = REFERENCE) {
  const made = lab({ endpoint: 'credit-risk-prod', modelMonitor });
  const rows = rowsOf(AT / HOUR, 600, change);
  await made.arrive('monitors/m/baseline/input/reference.csv', baseline);
  await made.arrive('data/a.csv', csvOf(rows, SEEN));
  const audit = () => made.audit(AT, AT + HOUR);
  const label = (): void => made.put('labels/2026/03/16/20/x.csv', labelsOf(rows));
  const written = (): string[] => [...made.store.objects.keys()].filter((key) => /^model-monitor\/.*\/2026\/03\/17\/14\//.test(key)).sort();
  const text = (key: string): string => made.store.objects.get(key)!.toString('utf8');
  const files = (schedule: string) =>
    written()
      .filter((key) => key.startsWith(FOLDER(schedule)))
      .map((uri) => ({ uri, text: text(uri) }));
  return { audit, label, written, text, files };
}
const unfair = (row: Row): Row => (row.sex === 'F' ? { ...row, prediction: '0' } : row);

describe('files of runs that need labels', () => {
  it('are under their schedules once labels have come, and a second audit writes the same bytes', async () => {
    const { audit, label, written, files } = await audited(OWN, unfair);
    await audit();
    expect(written()).toEqual([]);
    label();
    await audit();
    const names = [...['analysis.json', 'constraint_violations.json'].map((name) => `${FOLDER('bias')}${name}`)];
    expect(written()).toEqual([
      ...names,
      ...['constraint_violations.json', 'constraints.json', 'statistics.json'].map((name) => `${FOLDER('quality')}${name}`),
    ]);
    const before = [...files('bias'), ...files('quality')];
    await audit();
    expect([...files('bias'), ...files('quality')]).toEqual(before);
  });

  it('are read back: a run that found what the report did, the same numbers, and a baseline', async () => {
    const { audit, label, files } = await audited(OWN, unfair);
    label();
    const { report } = await audit();
    const quality = compareRun({ ...readRun(files('quality'), 'quality'), report });
    expect(quality).toMatchObject({ run: { rows: 600 }, onlyModelMonitor: [], numbers: [] });
    expect(quality.both.map(({ assay }) => assay!.id)).toContain('performance/recall');
    const bias = compareRun({ ...readRun(files('bias'), 'bias'), report });
    expect(bias.both.map(({ feature, assay }) => [feature, assay!.id])).toContainEqual([
      'DPPL of sex=F',
      'fairness_gap/selection_rate/sex=F',
    ]);
    const { monitor } = importBaseline(files('quality'), 'm');
    expect(monitor).toMatchObject({ problem: 'binary', checks: { 'performance/roc_auc': { warn: null } } });
    const measured = report.checks.find(({ id }) => id === 'performance/roc_auc')!;
    const { value } = report.metrics[measured.metric!]!;
    const { fail } = monitor.checks!['performance/roc_auc'] as { fail: number };
    expect(Number(value) - fail).toBeCloseTo(measured.expected! - measured.threshold!.fail!, 9);
  });

  it('violate nothing where nothing has changed', async () => {
    const { audit, label, text } = await audited(OWN);
    label();
    await audit();
    expect(JSON.parse(text(`${FOLDER('quality')}constraint_violations.json`))).toEqual({ violations: [] });
    expect(JSON.parse(text(`${FOLDER('bias')}constraint_violations.json`))).toEqual({ version: '1.0', violations: [] });
  });

  it.each<[string, object, string[]]>([
    ['no schedule of their own', { files: true }, ['m/analysis.json']],
    ['one with each other', { ...OWN, biasSchedule: 'quality' }, ['quality/analysis.json']],
    ['one with data quality', { ...OWN, modelQualitySchedule: 'hourly' }, ['bias/analysis.json', 'bias/constraint_violations.json']],
  ])('leave out what would take the place of others: %s', async (_, modelMonitor, names) => {
    const { audit, label, written } = await audited(modelMonitor);
    label();
    await audit();
    expect(written()).toEqual(names.map((name) => name.replace(/^(\w+)\//, (__, schedule: string) => FOLDER(schedule))));
  });

  it('are held to what a baseline without labels knows: its predictions', async () => {
    const unlabelled = csvOf(Array.from({ length: 15 * 24 }, (_, i) => rowsOf(DAY / HOUR - 15 * 24 + i, 40)).flat(), SEEN);
    const { audit, label, text } = await audited(OWN, unfair, unlabelled);
    label();
    await audit();
    expect(JSON.parse(text(`${FOLDER('quality')}constraints.json`))).toEqual({ version: 0, binary_classification_constraints: {} });
    expect(JSON.parse(text(`${FOLDER('quality')}constraint_violations.json`))).toEqual({ violations: [] });
    const { violations } = JSON.parse(text(`${FOLDER('bias')}constraint_violations.json`)) as { violations: { metric_name: string }[] };
    expect(violations.map(({ metric_name }) => metric_name)).toEqual(['DI', 'DPPL']);
  });
});
