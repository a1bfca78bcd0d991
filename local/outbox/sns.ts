import { randomUUID } from 'node:crypto';
import { document, element } from '../s3/xml.ts';
import { RefusedError } from './errors.ts';
import type { Outbox } from './outbox.ts';

const MOST_BYTES = 262_144;
/** As SNS has it: printable ASCII below 100 characters, that begins with no space. */
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]{0,98}$/;

/** SNS's Publish, in its query protocol: the message becomes a file as a mail would show it. */
export function publish(outbox: Outbox, body: string): string {
  const given = new URLSearchParams(body);
  const [topic, subject, message] = ['TopicArn', 'Subject', 'Message'].map((name) => given.get(name));
  if (given.get('Action') !== 'Publish') throw new RefusedError('InvalidAction', `${given.get('Action')} is not known here; Publish is`);
  if (!topic?.startsWith('arn:')) throw new RefusedError('InvalidParameter', 'Invalid parameter: TopicArn');
  if (!message || Buffer.byteLength(message) > MOST_BYTES) throw new RefusedError('InvalidParameter', 'Invalid parameter: Message');
  if (subject && !SUBJECT.test(subject)) throw new RefusedError('InvalidParameter', 'Invalid parameter: Subject');
  outbox.keep('messages', 'txt', `To: ${topic}\nSubject: ${subject ?? ''}\n\n${message}`);
  return envelope('PublishResponse', element('PublishResult', [element('MessageId', randomUUID())]));
}

export const refusal = ({ code, message }: RefusedError): string =>
  envelope('ErrorResponse', element('Error', [element('Type', 'Sender'), element('Code', code), element('Message', message)]));

const envelope = (name: string, content: string): string =>
  document(name, [content, element('ResponseMetadata', [element('RequestId', randomUUID())])]);
