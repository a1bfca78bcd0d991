import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACCOUNT } from './events.ts';
import { isForeign, listen, receiveUpTo } from './loopback.ts';
import { RefusedError } from './outbox/errors.ts';

const SEND = 'AmazonSQS.SendMessageBatch';
const RETRY = 'AmazonSQS.ChangeMessageVisibility';
const MOST_BYTES = 1_048_576;
const MOST_ENTRIES = 10;

export interface SqsServer {
  /** What AWS_ENDPOINT_URL_SQS takes, and the address of the one queue there is. */
  readonly url: string;
  readonly queueUrl: string;
  close(): Promise<void>;
}

/** As much of SQS on the loopback interface as Assay asks of it: to send messages to one queue, which says their ids, and to have them back later. */
export async function startSqs(name: string, send: (body: string) => string, log?: (line: string) => void): Promise<SqsServer> {
  const path = `/${ACCOUNT}/${name}`;
  const server = await listen(async (request, response) => {
    try {
      const body = JSON.parse(await accepted(request)) as Batch;
      if (!body.QueueUrl?.endsWith(path)) throw new RefusedError('QueueDoesNotExist', 'The specified queue does not exist.');
      // What failed comes back by itself sooner than anybody here asks for.
      reply(response, 200, request.headers['x-amz-target'] === RETRY ? {} : sendBatch(body, send));
    } catch (error) {
      if (response.headersSent || request.socket.destroyed) return void response.destroy();
      request.resume();
      const { code, message } = error instanceof RefusedError ? error : new RefusedError('InvalidParameterValue', (error as Error).message);
      log?.(`sqs: ${code}: ${message}`);
      reply(response, 400, { __type: `com.amazonaws.sqs#${code}`, message });
    }
  });
  return { ...server, queueUrl: server.url + path };
}

interface Batch {
  QueueUrl?: string;
  Entries?: { Id: string; MessageBody: string }[];
}

async function accepted(request: IncomingMessage): Promise<string> {
  if (isForeign(request)) throw new RefusedError('AccessDenied', 'Access Denied');
  const body = await receiveUpTo(MOST_BYTES, request);
  if (body === null) throw new RefusedError('BatchRequestTooLong', `Batch requests cannot be longer than ${MOST_BYTES} bytes.`);
  const operation = request.headers['x-amz-target'];
  if (operation !== SEND && operation !== RETRY)
    throw new RefusedError('UnsupportedOperation', `${operation} is not known here; ${SEND} and ${RETRY} are`);
  return body.toString('utf8');
}

function sendBatch({ Entries = [] }: Batch, send: (body: string) => string): object {
  if (Entries.length === 0) throw new RefusedError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (Entries.length > MOST_ENTRIES)
    throw new RefusedError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MOST_ENTRIES}.`);
  const Successful = Entries.map(({ Id, MessageBody }) => ({
    Id,
    MessageId: send(MessageBody),
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  }));
  return { Successful, Failed: [] };
}

function reply(response: ServerResponse, status: number, content: object): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() })
    .end(JSON.stringify(content));
}
