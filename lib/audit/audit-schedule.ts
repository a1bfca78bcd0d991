import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AUDIT_MAXIMUM_AGE, AUDIT_RETRIES } from './audit-props.ts';

export interface AuditScheduleProps {
  target: IFunction;
  /** Takes what could not be handed to the function. */
  deadLetters: IQueue;
  /** Minute of every hour. */
  minute: number;
}

/** Asks the function every hour what is due. The L2 construct would let it call every version of the function; this role may call the one. */
export class AuditSchedule extends Construct {
  readonly group: CfnScheduleGroup;
  readonly schedule: CfnSchedule;

  constructor(scope: Construct, id: string, { target, deadLetters, minute }: AuditScheduleProps) {
    super(scope, id);
    this.group = new CfnScheduleGroup(this, 'Group');
    const role = this.createRole(target, deadLetters);
    this.schedule = new CfnSchedule(this, 'Hourly', {
      description: 'Assay: audits the windows that are due',
      groupName: this.group.ref,
      scheduleExpression: `cron(${minute} * * * ? *)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ time: '<aws.scheduler.scheduled-time>' }),
        retryPolicy: { maximumRetryAttempts: AUDIT_RETRIES, maximumEventAgeInSeconds: AUDIT_MAXIMUM_AGE.toSeconds() },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    this.schedule.node.addDependency(role);
  }

  private createRole(target: IFunction, deadLetters: IQueue): Role {
    const account = { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': this.group.attrArn };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: account } }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    return role;
  }
}
