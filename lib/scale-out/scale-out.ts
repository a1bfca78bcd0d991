import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { backfillMachine, type MachinePlaces } from '../../layers/quality/contract/backfill-machine.ts';
import { withDefaults } from '../functions/function-props.ts';
import { explainDelivery, grantChildren, grantListing, grantResults } from './machine-grants.ts';
import { ScaleOutAlarms } from './scale-out-alarms.ts';
import { SCALE_OUT_DEFAULTS, type ScaleOutProps } from './scale-out-props.ts';

/** Backfills, and windows too large for one call: a Distributed Map of `ingest` over a prefix, then `audit` for the windows asked for. */
export class ScaleOut extends Construct {
  readonly stateMachine: StateMachine;
  readonly alarms: ScaleOutAlarms;

  constructor(scope: Construct, id: string, props: ScaleOutProps) {
    super(scope, id);
    const { dataBucket, ingest, audit, captureBuckets, logRetention, alarmTopic, ...settings } = withDefaults(SCALE_OUT_DEFAULTS, props);
    const { account, partition } = Stack.of(this);
    const conditions = { StringEquals: { 'aws:SourceAccount': account } };
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions }) });
    const functions = [ingest.function.functionArn, audit.function.functionArn];
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functions }));
    grantListing(role, dataBucket, captureBuckets);
    grantResults(role, dataBucket);
    const places: MachinePlaces = {
      Partition: partition,
      IngestFunction: ingest.function.functionArn,
      AuditFunction: audit.function.functionArn,
      DataBucket: dataBucket.bucketName,
    };
    this.stateMachine = new StateMachine(this, 'Machine', {
      comment: 'Assay: backfills and windows too large for one call',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(JSON.stringify(backfillMachine(settings))),
      definitionSubstitutions: { ...places },
      role,
      logs: {
        destination: new LogGroup(this, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY }),
        level: LogLevel.ALL,
      },
      tracingEnabled: true,
    });
    grantChildren(this, role, this.stateMachine);
    explainDelivery(role);
    this.alarms = new ScaleOutAlarms(this, 'Alarms', { scaleOut: this, topic: alarmTopic });
  }

  /** Executions that failed, those that were stopped for too many failed objects among them. */
  metricFailed(options?: MetricOptions): Metric {
    return this.stateMachine.metricFailed({ statistic: 'sum', ...options });
  }

  /** Executions that came to their end. */
  metricSucceeded(options?: MetricOptions): Metric {
    return this.stateMachine.metricSucceeded({ statistic: 'sum', ...options });
  }
}
