import { beforeAll, describe, expect, it } from 'vitest';
import { importBaseline } from '../../layers/quality/model-monitor/index.ts';
import { auditWindow } from '../../layers/quality/usecases/audit-window.ts';
import type { MetricBatch, MetricSink } from '../../layers/quality/usecases/metric-sink.ts';
import { csvOf, DAY, HOUR, lab, reference, rowsOf, SEEN } from '../audit/lab.ts';

const FOLDER = 'model-monitor/credit-risk-prod/hourly/2026/03/16/14/';
const NAMESPACE = 'aws/sagemaker/Endpoints/data-metrics';
const FILES = ['constraint_violations.json', 'constraints.json', 'statistics.json'];

/** An hour in which amounts are ten times what they were, audited with what the monitor asks for. */
async function audited(modelMonitor: object | undefined, put: MetricSink['put'] = async () => 'done', hours = 1) {
  const made = lab({ endpoint: 'credit-risk-prod', ...(modelMonitor && { modelMonitor }) });
  await made.arrive('monitors/m/baseline/input/reference.csv', REFERENCE);
  await made.arrive(
    'data/a.csv',
    csvOf(
      rowsOf(AT / HOUR, 400, (row) => ({ ...row, amount: row.amount * 10 })),
      SEEN,
    ),
  );
  const batches: MetricBatch[] = [];
  const logs: [string, Record<string, unknown> | undefined][] = [];
  const metrics: MetricSink = { now: () => AT + 24 * HOUR, put: async (batch) => put(batches[batches.push(batch) - 1]!) };
  const audit = () =>
    auditWindow(
      { ...made.deps(), metrics, log: (message, fields) => void logs.push([message, fields]) },
      { monitor: 'm', from: AT, to: AT + hours * HOUR },
    );
  await audit();
  const text = (key: string): string => made.store.objects.get(key)!.toString('utf8');
  return {
    ...made,
    batches,
    logs,
    again: audit,
    text,
    written: () => [...made.store.objects.keys()].filter((key) => key.startsWith('model-monitor/')).sort(),
  };
}
const AT = DAY + 13 * HOUR;
let REFERENCE: string;
beforeAll(() => {
  REFERENCE = reference();
});

describe('what a run of Model Monitor would have left', () => {
  it('is written under its keys, in the hour after the data, and reads back as a baseline', async () => {
    const { written, text } = await audited({ files: true, schedule: 'hourly' });
    expect(written()).toEqual(FILES.map((name) => FOLDER + name));
    expect(JSON.parse(text(`${FOLDER}constraint_violations.json`))).toMatchObject({
      violations: expect.arrayContaining([
        expect.objectContaining({
          feature_name: 'amount',
          constraint_check_type: 'baseline_drift_check',
          description: expect.stringMatching(/distance: .+ exceeds threshold: .+/),
        }),
      ]) as unknown,
    });
    expect(JSON.parse(text(`${FOLDER}statistics.json`))).toMatchObject({ dataset: { item_count: 400 } });
    const { monitor } = importBaseline([{ uri: 'constraints.json', text: text(`${FOLDER}constraints.json`) }], 'm');
    expect(monitor.columns).toMatchObject({ amount: { type: 'number' } });
  });

  it('is metrics under its names and dimensions, once', async () => {
    const { batches, again } = await audited({ metrics: true, schedule: 'hourly' });
    await again();
    expect(batches).toHaveLength(1);
    const { metrics, ...where } = batches[0]!;
    expect(where).toEqual({
      namespace: NAMESPACE,
      dimensions: { Endpoint: 'credit-risk-prod', MonitoringSchedule: 'hourly' },
      time: AT + HOUR,
    });
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value;
    expect(of('feature_baseline_drift_amount')).toBeGreaterThan(0.5);
    expect(of('feature_non_null_region')).toBe(400);
    expect(of('feature_data_amount')).toMatchObject({
      count: 400,
      minimum: expect.any(Number) as number,
      maximum: expect.any(Number) as number,
    });
    expect(of('feature_data_region')).toBeUndefined();
  });

  it('is only the metrics that alarms use', async () => {
    const { batches } = await audited({ metrics: ['feature_baseline_drift_amount', 'feature_baseline_drift_gone'] });
    expect(batches.flatMap(({ metrics, dimensions }) => metrics.map(({ name }) => [dimensions.MonitoringSchedule, name]))).toEqual([
      ['m', 'feature_baseline_drift_amount'],
    ]);
  });

  it.each<[string, object | undefined, number]>([
    ['not asked for', undefined, 1],
    ['asked for nothing', { files: false, metrics: false }, 1],
    ['of a window of another length', { files: true, metrics: true }, 2],
  ])('is nothing where it is %s', async (_, modelMonitor, hours) => {
    const { written, batches } = await audited(modelMonitor, undefined, hours);
    expect([written(), batches]).toEqual([[], []]);
  });

  it('is written again when the window is audited again with late data', async () => {
    const { again, arrive, text } = await audited({ files: true, schedule: 'hourly' });
    await arrive(
      'data/late.csv',
      csvOf(
        rowsOf(AT / HOUR, 100).map((row) => ({ ...row, id: `late-${row.id}` })),
        SEEN,
      ),
    );
    await again();
    expect(JSON.parse(text(`${FOLDER}statistics.json`))).toMatchObject({ dataset: { item_count: 500 } });
  });
});

describe('where CloudWatch refuses', () => {
  it('the namespace, metrics go to ours, and the log says what to do with alarms', async () => {
    const { batches, logs, text } = await audited({ metrics: true, schedule: 'hourly' }, async ({ namespace }) =>
      namespace === NAMESPACE ? 'namespace refused' : 'done',
    );
    expect(batches.map(({ namespace }) => namespace)).toEqual([NAMESPACE, `Assay/${NAMESPACE}`]);
    expect(logs).toContainEqual([
      'CloudWatch refused the namespace of Model Monitor',
      {
        refused: NAMESPACE,
        namespace: `Assay/${NAMESPACE}`,
        mend: expect.stringContaining(
          `--namespace Assay/${NAMESPACE} --metric-name feature_non_null_id --dimensions Name=Endpoint,Value=credit-risk-prod Name=MonitoringSchedule,Value=hourly`,
        ) as string,
      },
    ]);
    expect(JSON.parse(text(`${FOLDER}metrics.json`))).toMatchObject({ namespace: `Assay/${NAMESPACE}` });
  });

  it('everything, the report stands, the log says why, and the next audit tries again', async () => {
    const { batches, logs, again, store } = await audited({ metrics: true }, async () =>
      Promise.reject(new Error('not authorized to perform: cloudwatch:PutMetricData')),
    );
    await again();
    expect(batches).toHaveLength(2);
    expect(logs.map(([message]) => message)).toEqual(['metrics of Model Monitor were not put', 'metrics of Model Monitor were not put']);
    expect([...store.objects.keys()].some((key) => key.startsWith('reports/m/2026/03/16/13/window-'))).toBe(true);
  });
});
