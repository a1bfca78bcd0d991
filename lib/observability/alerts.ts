import { Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlertsProps {
  /**
   * Who is told of what is wrong with the data; has to confirm the first message.
   * @default nobody
   */
  email?: string;
  /**
   * Bus that gets an event for each report.
   * @default the account's default bus
   */
  eventBus?: IEventBus;
}

/** Where reports are told of: a topic for people, encrypted as titles name columns and values, and a bus for programs. */
export class Alerts extends Construct {
  readonly topic: Topic;
  readonly eventBus: IEventBus;
  /** Dimension `service` of the metrics of reports: stacks stand side by side. */
  readonly service: string;

  constructor(scope: Construct, id: string, { email, eventBus }: AlertsProps = {}) {
    super(scope, id);
    this.service = Stack.of(this).stackName;
    this.topic = new Topic(this, 'Topic', {
      displayName: 'Assay',
      enforceSSL: true,
      // AWS's own key: who may publish in this account may use it, and nobody from outside.
      masterKey: Alias.fromAliasName(this, 'Key', 'alias/aws/sns'),
    });
    if (email) this.topic.addSubscription(new EmailSubscription(email));
    this.eventBus = eventBus ?? EventBus.fromEventBusName(this, 'Bus', 'default');
  }

  /** What a function that tells of reports has in its environment. */
  get environment(): Record<string, string> {
    return { ALERT_TOPIC_ARN: this.topic.topicArn, EVENT_BUS: this.eventBus.eventBusArn, METRICS_SERVICE: this.service };
  }

  /** Lets a role tell people and programs. */
  grantTell(role: IRole): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }));
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.eventBus.eventBusArn] }));
  }

  /** Messages that reached nobody. */
  metricUndelivered(options?: MetricOptions): Metric {
    return this.topic.metricNumberOfNotificationsFailed({ statistic: 'sum', ...options });
  }
}
