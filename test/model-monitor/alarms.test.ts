import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { describeAlarms } from '../../layers/quality/cloudwatch/describe-alarms.ts';
import { type Monitor, monitorSchema } from '../../layers/quality/contract/monitor.ts';
import { type AlarmMetric, carryAlarms } from '../../layers/quality/model-monitor/index.ts';
import { fakeCloudWatch } from '../cloudwatch/fake-cloudwatch.ts';

const MONITOR: Monitor = { schema: 'assay.monitor/1', monitor: 'm' };
const alarm = (of: Partial<AlarmMetric> = {}): AlarmMetric => ({
  alarm: 'income drifts',
  namespace: 'aws/sagemaker/Endpoints/data-metrics',
  name: 'feature_baseline_drift_income',
  dimensions: { Endpoint: 'credit-risk-prod', MonitoringSchedule: 'hourly' },
  ...of,
});

const ON = (schedule: string) => ({ Endpoint: 'credit-risk-prod', MonitoringSchedule: schedule });
const quality = (of: Partial<AlarmMetric> = {}): AlarmMetric =>
  alarm({ alarm: 'auc falls', namespace: 'aws/sagemaker/Endpoints/model-metrics', name: 'auc', dimensions: ON('quality'), ...of });
const bias = (): AlarmMetric =>
  alarm({
    alarm: 'women are refused',
    namespace: 'aws/sagemaker/Endpoints/bias-metrics',
    name: 'bias_metric_DI',
    dimensions: { ...ON('bias'), BiasStage: 'Post-Training', Label: 'outcome', LabelValue: '1', Facet: 'sex', FacetValue: 'F' },
  });

describe('the metrics that alarms use', () => {
  it('are turned on by name, under the schedule and endpoint of the alarms', () => {
    const others = [alarm({ alarm: 'age drifts', name: 'feature_baseline_drift_age' }), alarm({ namespace: 'AWS/Lambda', name: 'Errors' })];
    expect(carryAlarms(MONITOR, [alarm(), ...others], null)).toEqual({
      monitor: {
        ...MONITOR,
        endpoint: 'credit-risk-prod',
        modelMonitor: { metrics: ['feature_baseline_drift_age', 'feature_baseline_drift_income'], schedule: 'hourly' },
      },
      read: ['alarm income drifts on feature_baseline_drift_income', 'alarm age drifts on feature_baseline_drift_age'],
      notes: [],
    });
  });

  it('are of model quality and bias too, each under the schedule of its own', () => {
    const monitor: Monitor = { ...MONITOR, columns: { sex: { facet: ['F'] } } };
    const { monitor: carried, read, notes } = carryAlarms(monitor, [alarm(), quality(), bias()], null);
    expect(carried).toEqual({
      ...monitor,
      endpoint: 'credit-risk-prod',
      modelMonitor: {
        metrics: ['auc', 'bias_metric_DI', 'feature_baseline_drift_income'],
        ...{ schedule: 'hourly', modelQualitySchedule: 'quality', biasSchedule: 'bias' },
      },
    });
    expect(monitorSchema.parse(carried)).toEqual(carried);
    expect(read.slice(1)).toEqual(['alarm auc falls on auc', 'alarm women are refused on bias_metric_DI']);
    expect(notes).toEqual([]);
  });

  it.each<[string, Partial<AlarmMetric>, RegExp]>([
    ['attribution', { namespace: 'aws/sagemaker/Endpoints/explainability-metrics', name: 'feature_income' }, /puts no such metric/],
    [
      'batches',
      { namespace: 'aws/sagemaker/ModelMonitoring/data-metrics', dimensions: { MonitoringSchedule: 'q' } },
      /puts no such metric/,
    ],
    ["the namespace's other spelling", { namespace: '/aws/sagemaker/Endpoints/data-metric' }, /puts no such metric/],
    ['a name that no job has', { namespace: 'aws/sagemaker/Endpoints/model-metrics', name: 'kappa' }, /puts no such metric/],
    ["the other stage's bias", { ...bias(), dimensions: { ...bias().dimensions, BiasStage: 'Pre-training' } }, /puts no such metric/],
    ['bias without a facet', { ...bias(), dimensions: ON('bias') }, /puts no such metric/],
    ['a facet that is not watched', bias(), /the monitor has no facet "sex"/],
  ])('of %s are not carried: said', (_, of, why) => {
    const { monitor, notes, read } = carryAlarms(MONITOR, [alarm(of)], null);
    expect(monitor).toBe(MONITOR);
    expect(notes).toEqual([expect.stringMatching(why)]);
    expect(read).toEqual(["alarms: none on metrics of an endpoint's schedule that Assay puts"]);
  });

  it('of another endpoint than the monitor watches would hear nothing: said', () => {
    const { notes } = carryAlarms({ ...MONITOR, endpoint: 'other' }, [alarm()], null);
    expect(notes).toEqual([expect.stringMatching(/it is on endpoint "credit-risk-prod", the monitor is of "other"$/)]);
  });

  it('are of one schedule: which one is asked', () => {
    const all = [alarm(), alarm({ dimensions: { Endpoint: 'e', MonitoringSchedule: 'daily' } })];
    expect(() => carryAlarms(MONITOR, all, null)).toThrow('--alarms: there are alarms on several schedules; give one of "daily", "hourly"');
    expect(() => carryAlarms(MONITOR, all, ['weekly'])).toThrow('--alarms: no alarm is on schedule "weekly", but on "daily", "hourly"');
    expect(carryAlarms(MONITOR, all, ['daily']).monitor).toMatchObject({ endpoint: 'e', modelMonitor: { schedule: 'daily' } });
  });

  it('are of one schedule of each job: those that are not named are said', () => {
    const all = [alarm(), quality(), quality({ dimensions: ON('nightly') })];
    expect(() => carryAlarms(MONITOR, all, null)).toThrow('give one of "nightly", "quality"');
    const { monitor, notes } = carryAlarms(MONITOR, all, ['hourly', 'nightly']);
    expect(monitor.modelMonitor).toEqual({
      metrics: ['auc', 'feature_baseline_drift_income'],
      ...{ schedule: 'hourly', modelQualitySchedule: 'nightly' },
    });
    expect(notes).toEqual([expect.stringMatching(/^alarm auc falls on .*: its schedule was not named$/)]);
  });

  it('are of one endpoint', () => {
    const all = [alarm(), quality({ dimensions: { Endpoint: 'other', MonitoringSchedule: 'quality' } })];
    expect(() => carryAlarms(MONITOR, all, null)).toThrow(
      '--alarms: "hourly", "quality" are of several endpoints, "credit-risk-prod", "other"; give the schedules of one',
    );
    expect(carryAlarms(MONITOR, all, ['quality']).monitor).toMatchObject({
      endpoint: 'other',
      modelMonitor: { metrics: ['auc'], modelQualitySchedule: 'quality' },
    });
  });

  it('are of the endpoint whose metrics are put, whatever else an alarm looks at first', () => {
    const attribution = alarm({
      ...{ namespace: 'aws/sagemaker/Endpoints/explainability-metrics', name: 'feature_income' },
      dimensions: { Endpoint: 'other', MonitoringSchedule: 'attribution' },
    });
    const { monitor, notes } = carryAlarms(MONITOR, [attribution, alarm()], null);
    expect(monitor).toMatchObject({ endpoint: 'credit-risk-prod', modelMonitor: { schedule: 'hourly' } });
    expect(notes).toEqual([expect.stringMatching(/puts no such metric/)]);
  });

  it('are found by the SDK, by themselves or in an expression', async () => {
    const metric = {
      Namespace: 'aws/sagemaker/Endpoints/data-metrics',
      MetricName: 'feature_non_null_age',
      Dimensions: [{ Name: 'Endpoint', Value: 'e' }],
    };
    const inside = {
      AlarmName: 'b',
      Metrics: [
        { Id: 'e1', Expression: 'm1 / 2' },
        { Id: 'm1', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } },
      ],
    };
    const { url } = await fakeCloudWatch([], [{ AlarmName: 'a', ...metric }, inside]);
    const variables = {
      AWS_ENDPOINT_URL_CLOUDWATCH: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const of = { namespace: metric.Namespace, name: metric.MetricName, dimensions: { Endpoint: 'e' } };
    expect(await describeAlarms()).toEqual([
      { alarm: 'a', ...of },
      { alarm: 'b', ...of },
    ]);
  });
});
