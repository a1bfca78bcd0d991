import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { describeAlarms } from '../../layers/quality/cloudwatch/describe-alarms.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
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

  it('of model quality, and of batches, are not put: said', () => {
    const quality = alarm({ alarm: 'auc falls', namespace: 'aws/sagemaker/Endpoints/model-metrics', name: 'auc' });
    const batch = alarm({ namespace: 'aws/sagemaker/ModelMonitoring/data-metrics', dimensions: { MonitoringSchedule: 'hourly' } });
    const { monitor, notes, read } = carryAlarms(MONITOR, [quality, batch], null);
    expect(monitor).toBe(MONITOR);
    expect(notes.map((note) => note.slice(0, 40))).toEqual([
      'alarm auc falls on aws/sagemaker/Endpoin',
      'alarm income drifts on aws/sagemaker/Mod',
    ]);
    expect(read).toEqual([expect.stringMatching(/^alarms: none on metrics/)]);
  });

  it('are of one schedule: which one is asked', () => {
    const all = [alarm(), alarm({ dimensions: { Endpoint: 'e', MonitoringSchedule: 'daily' } })];
    expect(() => carryAlarms(MONITOR, all, null)).toThrow('--alarms: there are alarms on several schedules; give one of "daily", "hourly"');
    expect(() => carryAlarms(MONITOR, all, 'weekly')).toThrow('--alarms: no alarm is on schedule "weekly", but on "daily", "hourly"');
    expect(carryAlarms(MONITOR, all, 'daily').monitor).toMatchObject({ endpoint: 'e', modelMonitor: { schedule: 'daily' } });
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
