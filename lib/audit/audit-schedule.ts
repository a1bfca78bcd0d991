import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { grantSend } from '../functions/grants.ts';

export interface AuditScheduleProps {
  /** Takes the question what is due. */
  queue: IQueue;
  /** Takes what could not be put there. */
  deadLetters: IQueue;
  /** Minute of every hour. */
  minute: number;
}

/** The longest Scheduler tries: the question has its time in it, and is as good a day later. */
const RETRIES = 185;
const MAXIMUM_AGE = Duration.days(1);

/** Asks every hour, through the queue, what is due. The L2 construct would give its role more rights at the queue than that to send. */
export class AuditSchedule extends Construct {
  readonly group: CfnScheduleGroup;
  readonly schedule: CfnSchedule;

  constructor(scope: Construct, id: string, { queue, deadLetters, minute }: AuditScheduleProps) {
    super(scope, id);
    this.group = new CfnScheduleGroup(this, 'Group');
    const account = { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': this.group.attrArn };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: account } }),
    });
    grantSend(role, [queue, deadLetters]);
    this.schedule = new CfnSchedule(this, 'Hourly', {
      description: 'Assay: asks which windows are due',
      groupName: this.group.ref,
      scheduleExpression: `cron(${minute} * * * ? *)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: queue.queueArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ time: '<aws.scheduler.scheduled-time>' }),
        retryPolicy: { maximumRetryAttempts: RETRIES, maximumEventAgeInSeconds: MAXIMUM_AGE.toSeconds() },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    this.schedule.node.addDependency(role);
  }
}
