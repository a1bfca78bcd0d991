import { beforeAll, describe, expect, it } from 'vitest';
import { importBaseline } from '../../layers/quality/model-monitor/index.ts';
import { auditWindow } from '../../layers/quality/usecases/audit-window.ts';
import type { MetricBatch, MetricSink } from '../../layers/quality/usecases/metric-sink.ts';
import { csvOf, DAY, HOUR, lab, labelsOf, MONITOR, metricOf, reference, rowsOf, SEEN } from '../audit/lab.ts';

const AT = DAY + 13 * HOUR;
/** When labels should have come: a day after the window. */
const DUE = AT + 25 * HOUR;
const ON = (job: string): string => `aws/sagemaker/Endpoints/${job}-metrics`;
const FOLDER = (schedule: string): string => `model-monitor/credit-risk-prod/${schedule}/2026/03/17/14/`;
const WANTED = ['recall', 'auc', 'bias_metric_DI', 'bias_metric_CI'];
let REFERENCE: string;
beforeAll(() => {
  REFERENCE = reference();
});

/** An hour of 400 rows, all with their labels, audited at a time. */
async function laboratory(modelMonitor: object, put: MetricSink['put'] = async () => 'done', more: object = {}) {
  const made = lab({ endpoint: 'credit-risk-prod', modelMonitor, ...more });
  const rows = rowsOf(AT / HOUR, 400);
  await made.arrive('monitors/m/baseline/input/reference.csv', REFERENCE);
  await made.arrive('data/a.csv', csvOf(rows, SEEN));
  const batches: MetricBatch[] = [];
  const logs: [string, Record<string, unknown> | undefined][] = [];
  const audit = (now: number) =>
    auditWindow(
      {
        ...made.deps(),
        metrics: { now: () => now, put: async (batch) => put(batches[batches.push(batch) - 1]!) },
        log: (message, fields) => void logs.push([message, fields]),
      },
      { monitor: 'm', from: AT, to: AT + HOUR },
    );
  const label = (): void => made.put('labels/2026/03/16/20/x.csv', labelsOf(rows));
  const kept = (key: string): unknown => JSON.parse(made.store.objects.get(key)!.toString('utf8'));
  const written = (): string[] => [...made.store.objects.keys()].filter((key) => key.endsWith('/analysis.json'));
  return { batches, logs, audit, label, kept, written };
}

describe('metrics of what needs labels', () => {
  it('are put once the labels should have come, under schedules of their own, with the report’s values', async () => {
    const { audit, label, batches, kept } = await laboratory({
      metrics: [...WANTED, 'feature_non_null_region'],
      ...{ schedule: 'hourly', modelQualitySchedule: 'quality', biasSchedule: 'bias' },
    });
    label();
    await audit(DUE - 1);
    expect(batches.map(({ namespace }) => namespace)).toEqual([ON('data')]);
    const { report } = await audit(DUE);
    await audit(DUE + HOUR);
    expect(batches.slice(1).map(({ namespace, dimensions, time }) => [namespace, dimensions.MonitoringSchedule, time])).toEqual([
      [ON('model'), 'quality', DUE],
      [ON('bias'), 'bias', DUE],
    ]);
    const [, model, bias] = batches;
    expect(model!.metrics).toEqual([
      { name: 'auc', value: metricOf(report, 'roc_auc') },
      { name: 'recall', value: metricOf(report, 'recall') },
    ]);
    const same = { Label: 'outcome', LabelValue: '1', Facet: 'sex', FacetValue: 'F' };
    const inReport = (code: string) =>
      report.metrics.find((row) => row.code === code && row.facet === 'sex=F' && row.segment === null)?.value;
    expect(bias!.metrics).toEqual([
      { name: 'bias_metric_CI', value: inReport('CI'), dimensions: { BiasStage: 'Pre-training', ...same } },
      { name: 'bias_metric_DI', value: inReport('DI'), dimensions: { BiasStage: 'Post-Training', ...same } },
    ]);
    const dimensions = { Endpoint: 'credit-risk-prod', MonitoringSchedule: 'quality' };
    expect(kept(`${FOLDER('quality')}model-metrics.json`)).toEqual({ namespace: ON('model'), dimensions, metrics: model!.metrics });
    expect(kept(`${FOLDER('bias')}bias-metrics.json`)).toMatchObject({ namespace: ON('bias'), metrics: bias!.metrics });
  });

  it('wait for labels, also when they are due', async () => {
    const { audit, label, batches } = await laboratory({ metrics: WANTED });
    await audit(DUE);
    expect(batches).toEqual([]);
    label();
    await audit(DUE + HOUR);
    expect(batches.map(({ namespace, dimensions }) => [namespace, dimensions.MonitoringSchedule])).toEqual([
      [ON('model'), 'm'],
      [ON('bias'), 'm'],
    ]);
  });

  it('are all there are of jobs whose schedule is named, where all are wanted', async () => {
    const { audit, label, batches } = await laboratory({ metrics: true, modelQualitySchedule: 'quality' });
    label();
    await audit(DUE);
    expect(batches.map(({ namespace }) => namespace)).toEqual([ON('data'), ON('model')]);
    expect(batches[1]!.metrics.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['accuracy', 'f0_5', 'false_negative_rate', 'recall_best_constant_classifier']),
    );
  });

  it('go to a namespace of ours where only theirs is refused, and the log says what their alarms need', async () => {
    const { audit, label, logs, kept } = await laboratory({ metrics: WANTED, schedule: 'hourly' }, async ({ namespace }) =>
      namespace === ON('bias') ? 'namespace refused' : 'done',
    );
    label();
    await audit(DUE);
    expect(logs.filter(([message]) => message === 'CloudWatch refused the namespace of Model Monitor')).toEqual([
      [
        'CloudWatch refused the namespace of Model Monitor',
        {
          refused: ON('bias'),
          namespace: `Assay/${ON('bias')}`,
          mend: `put each alarm again with the other namespace, as: aws cloudwatch put-metric-alarm --namespace Assay/${ON('bias')} --metric-name bias_metric_CI --dimensions Name=Endpoint,Value=credit-risk-prod Name=MonitoringSchedule,Value=hourly Name=BiasStage,Value=Pre-training Name=Label,Value=outcome Name=LabelValue,Value=1 Name=Facet,Value=sex Name=FacetValue,Value=F …`,
        },
      ],
    ]);
    expect([kept(`${FOLDER('hourly')}bias-metrics.json`), kept(`${FOLDER('hourly')}model-metrics.json`)]).toMatchObject([
      { namespace: `Assay/${ON('bias')}` },
      { namespace: ON('model') },
    ]);
  });

  it('are of every group that the report judges, an interval up to the largest value, quoted where the log names it', async () => {
    const columns = { amount: { facet: { above: 500, upTo: null } }, ...MONITOR.columns, sex: { type: 'category', facet: [] } };
    const { audit, label, batches, logs } = await laboratory(
      { metrics: ['bias_metric_DPPL'] },
      async ({ namespace }) => (namespace === ON('bias') ? 'namespace refused' : 'done'),
      { columns },
    );
    label();
    await audit(DUE);
    const largest = Math.max(...rowsOf(AT / HOUR, 400).map(({ amount }) => amount));
    expect(logs.map(([, fields]) => fields?.mend).join()).toContain(`'Name=FacetValue,Value="(500.0, ${largest}]"' …`);
    const facets = batches
      .slice(0, 1)
      .flatMap(({ metrics }) => metrics.map(({ dimensions }) => [dimensions!.Facet, dimensions!.FacetValue]));
    expect(facets.sort()).toEqual([
      ['amount', `(500.0, ${largest}]`],
      ['sex', 'F'],
      ['sex', 'M'],
    ]);
  });
});

describe('the file of a bias job', () => {
  it('is analysis.json under its schedule, with the values that are put, and reads back as a baseline', async () => {
    const { audit, label, batches, kept, written } = await laboratory({ files: true, metrics: ['bias_metric_DI'], biasSchedule: 'bias' });
    await audit(DUE);
    expect(written()).toEqual([]);
    label();
    await audit(DUE);
    const [name] = written();
    expect(written()).toEqual([`${FOLDER('bias')}analysis.json`]);
    const analysis = kept(name!) as Record<string, { facets: { sex: { value_or_threshold: string; metrics: { name: string }[] }[] } }>;
    expect(Object.keys(analysis)).toEqual(['version', 'post_training_bias_metrics', 'pre_training_bias_metrics']);
    const [group] = analysis.post_training_bias_metrics!.facets.sex;
    expect(group).toMatchObject({ value_or_threshold: 'F' });
    expect(group!.metrics.find((metric) => metric.name === 'DI')).toEqual({
      name: 'DI',
      description: 'Disparate Impact (DI)',
      value: batches[0]!.metrics[0]!.value,
    });
    expect(group!.metrics.find((metric) => metric.name === 'CDDPL')).toMatchObject({
      value: null,
      error: 'Group variable is empty or not provided',
    });
    const { monitor } = importBaseline([{ uri: 'analysis.json', text: JSON.stringify(analysis) }], 'm');
    expect(monitor).toMatchObject({ positive: ['1'], columns: { outcome: { role: 'label' }, sex: { facet: ['F'] } } });
  });
});
