import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, PeriodOverride, type YAxisProps } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MetricName } from '../../layers/quality/contract/metric-names.ts';
import type { Audit } from '../audit/audit.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { Alerts } from './alerts.ts';
import { byMonitor } from './report-metrics.ts';

export interface QualityDashboardProps {
  alerts: Alerts;
  ingest: Ingest;
  audit: Audit;
}

const PERIOD = { period: Duration.minutes(5) };

/** What reports say, monitor by monitor, above; how the layer itself is doing, below. */
export class QualityDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { alerts, ingest, audit }: QualityDashboardProps) {
    super(scope, id);
    const graph = (title: string, left: IMetric[], leftYAxis: YAxisProps = { min: 0 }) =>
      new GraphWidget({ title, left, leftYAxis: { showUnits: false, ...leftYAxis }, width: 8 });
    const ofReports = (title: string, name: MetricName, axis?: YAxisProps) => graph(title, [byMonitor(alerts.service, name)], axis);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(7),
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        [
          ofReports('Verdict: 1 pass, 2 warn, 3 fail, 4 error', 'Verdict', { min: 0, max: 4 }),
          ofReports('Failed checks', 'FailedChecks'),
          ofReports('Age of the newest data, seconds', 'DataAge'),
        ],
        [ofReports('Objects an hour', 'Objects'), ofReports('Rows an hour', 'Rows'), ofReports('Arrival to report, seconds', 'Lag')],
        [
          graph('Waiting: the oldest, seconds', [
            ingest.metricOldestMessageAge({ ...PERIOD, label: 'objects' }),
            audit.metricOldestMessageAge({ ...PERIOD, label: 'audits' }),
          ]),
          graph('Dead letters', [
            ingest.metricDeadLetters({ ...PERIOD, label: 'objects' }),
            audit.metricDeadLetters({ ...PERIOD, label: 'audits' }),
          ]),
          graph('Errors', [
            ingest.metricErrors({ ...PERIOD, label: 'ingest' }),
            audit.metricErrors({ ...PERIOD, label: 'audit' }),
            alerts.metricUndelivered({ ...PERIOD, label: 'alerts that reached nobody' }),
          ]),
        ],
      ],
    });
  }
}
