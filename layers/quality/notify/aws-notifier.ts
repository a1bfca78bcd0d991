import type { Notifier } from '../alerts/notifier.ts';
import { REPORT_EVENT } from '../contract/alerts.ts';

export interface AwsNotifierOptions {
  /** Topic that people listen to; without one nobody is told. */
  topicArn?: string | undefined;
  /** Bus that programs listen to, by name or ARN; without one there are no events. */
  eventBus?: string | undefined;
}

/** SNS for people, EventBridge for programs. Their clients are loaded when there is something to say for the first time: a start does not wait for them. */
export function createAwsNotifier({ topicArn, eventBus }: AwsNotifierOptions): Omit<Notifier, 'measure'> {
  const sns = once(async () => {
    const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns');
    return { client: new SNSClient({ maxAttempts: 5 }), PublishCommand };
  });
  const bridge = once(async () => {
    const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    return { client: new EventBridgeClient({ maxAttempts: 5 }), PutEventsCommand };
  });
  return {
    async message(monitor, { subject, text }) {
      if (topicArn === undefined) return;
      const { client, PublishCommand } = await sns();
      const attributes = { monitor: { DataType: 'String', StringValue: monitor } };
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text, MessageAttributes: attributes }));
    },
    async event(detail) {
      if (eventBus === undefined) return;
      const { client, PutEventsCommand } = await bridge();
      const entry = {
        Source: REPORT_EVENT.source,
        DetailType: REPORT_EVENT.detailType,
        EventBusName: eventBus,
        Detail: JSON.stringify(detail),
      };
      const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount > 0)
        throw new Error(`event bus ${eventBus} refused an event: ${Entries[0]?.ErrorCode}: ${Entries[0]?.ErrorMessage}`);
    },
  };
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};
