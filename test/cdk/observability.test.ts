import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { METRIC_NAMES, METRIC_NAMESPACE } from '../../layers/quality/contract/metric-names.ts';
import { makeStack, resources, spelled, statements } from './stack.ts';

const { stack, template } = makeStack({ alarmEmail: 'night@example.com' });
const topics = resources(template, 'AWS::SNS::Topic');
const [alertTopic, alarmTopic] = [/Reports/, /Alarms/].map((name) => topics.find(({ id }) => name.test(id))!);

describe('the topic of alerts', () => {
  it('is encrypted, another one than that of alarms, and has the same listener unless told otherwise', () => {
    expect(topics).toHaveLength(2);
    expect(spelled(alertTopic!.Properties.KmsMasterKeyId)).toContain('alias/aws/sns');
    const listeners = (of: typeof template) =>
      resources(of, 'AWS::SNS::Subscription').map(({ Properties }) => [Properties.TopicArn.Ref, Properties.Endpoint]);
    expect(listeners(template)).toEqual(
      expect.arrayContaining([
        [alarmTopic!.id, 'night@example.com'],
        [alertTopic!.id, 'night@example.com'],
      ]),
    );
    const { template: other } = makeStack({ alarmEmail: 'night@example.com', alertEmail: 'data@example.com' });
    expect(listeners(other)).toContainEqual([alertTopic!.id, 'data@example.com']);
  });

  it('and the bus are written to by ingest and audit, one resource each, and by no other', () => {
    const tellers = resources(template, 'AWS::IAM::Policy').flatMap((policy) =>
      statements(policy)
        .filter(({ Action }) => Action.some((action) => ['sns:Publish', 'events:PutEvents'].includes(action)))
        .map(({ Action, Resource }) => [policy.id.replace(/Role.*/, ''), ...Action, Resource.map(spelled).join()]),
    );
    const bus = 'arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default';
    expect(tellers.sort()).toEqual(
      ['AssayAudit', 'AssayIngest'].flatMap((who) => [
        [who, 'events:PutEvents', bus],
        [who, 'sns:Publish', `<${alertTopic!.id}>`],
      ]),
    );
    for (const { id, Properties } of resources(template, 'AWS::Lambda::Function'))
      expect([id, Object.keys(Properties.Environment.Variables).includes('ALERT_TOPIC_ARN')]).toEqual([id, /Ingest|Audit/.test(id)]);
  });

  it('may be about another bus', () => {
    const { template: other } = makeStack({ eventBusName: 'ml' });
    const variables = resources(other, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Environment.Variables.EVENT_BUS);
    expect(variables.filter(Boolean).map(spelled)).toEqual(Array(2).fill(expect.stringMatching(/:event-bus\/ml$/)));
  });
});

describe('alarms', () => {
  it('sound for reports in error, late reports, old data and alerts that reach nobody', () => {
    const alarm = (properties: object) => template.hasResourceProperties('AWS::CloudWatch::Alarm', properties);
    const ofReports = [{ Name: 'service', Value: 'Assay' }];
    alarm({ Namespace: METRIC_NAMESPACE, MetricName: 'Verdict', Statistic: 'Maximum', Threshold: 3, Dimensions: ofReports });
    alarm({ Namespace: METRIC_NAMESPACE, MetricName: 'Lag', Statistic: 'Maximum', Threshold: 3600, Dimensions: ofReports });
    alarm({ Namespace: METRIC_NAMESPACE, MetricName: 'DataAge', Statistic: 'Minimum', Threshold: 172_800, Dimensions: ofReports });
    alarm({
      Namespace: 'AWS/SNS',
      MetricName: 'NumberOfNotificationsFailed',
      Dimensions: [{ Name: 'TopicName', Value: Match.anyValue() }],
    });
  });

  it('have a section of the runbook each, and the runbook has one for each and no other', () => {
    const anchors = resources(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmDescription.split('#')[1]);
    const page = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
    expect(headings.sort()).toEqual(anchors.sort());
    for (const section of page.split(/^## /m).slice(1))
      expect([...section.matchAll(/\*\*(Meaning|How to look|What to do)\.\*\*/g)].map(([, part]) => part)).toEqual([
        'Meaning',
        'How to look',
        'What to do',
      ]);
  });

  it('can be made for one monitor', () => {
    const { monitor } = stack;
    const { namespace, metricName, dimensions, statistic } = monitor.metricVerdict({ monitor: 'credit-risk' });
    expect({ namespace, metricName, statistic, monitor: dimensions!.monitor }).toEqual({
      ...{ namespace: 'Assay', metricName: 'Verdict', statistic: 'Maximum', monitor: 'credit-risk' },
    });
    const names = [
      monitor.metricVerdict(),
      monitor.metricFailedChecks(),
      monitor.metricRows(),
      monitor.metricLag(),
      monitor.metricDataAge(),
    ];
    expect(names.map((metric) => metric.metricName).filter((name) => !METRIC_NAMES.includes(name as never))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('has a line for each monitor of every metric of reports, and what the layer does', () => {
    const [dashboard] = resources(template, 'AWS::CloudWatch::Dashboard');
    const body = spelled(dashboard!.Properties.DashboardBody);
    for (const name of METRIC_NAMES) expect(body).toContain(`MetricName=\\"${name}\\"`);
    expect(body).toContain('{Assay,monitor,service} service=\\"Assay\\"');
    const { widgets } = JSON.parse(body) as { widgets: { properties: { title: string; metrics: unknown[] } }[] };
    expect(widgets).toHaveLength(9);
    for (const { properties } of widgets) expect([properties.title, properties.metrics.length]).not.toContain(0);
  });

  it('is left out where it is not wanted', () => {
    makeStack({ dashboard: 'false' }).template.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});
