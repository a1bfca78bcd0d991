import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Executions } from './executions.ts';
import { StatesError } from './path.ts';

const HOST = '127.0.0.1';
const TARGET = 'AWSStepFunctions.';
const MOST_BYTES = 1_000_000;

export interface StatesServer {
  /** What AWS_ENDPOINT_URL_SFN takes. */
  readonly url: string;
  close(): Promise<void>;
}

/** As much of Step Functions on the loopback interface as Assay asks of it: to start an execution, and to describe one. */
export async function startStates(executions: Executions): Promise<StatesServer> {
  const server = createServer({ keepAliveTimeout: 5000 }, (request, response) => void answer(request, response, executions));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, executions: Executions): Promise<void> {
  try {
    refuseForeign(request);
    reply(response, 200, operate(request, await receive(request), executions));
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return void response.destroy();
    request.resume();
    const { name, message } = error instanceof StatesError ? error : new StatesError('ValidationException', (error as Error).message);
    reply(response, 400, { __type: name, message });
  }
}

function operate({ headers }: IncomingMessage, body: string, executions: Executions): object {
  const target = String(headers['x-amz-target'] ?? '');
  const { stateMachineArn, name, input, executionArn } = JSON.parse(body) as Record<string, string | undefined>;
  switch (target) {
    case `${TARGET}StartExecution`: {
      if (stateMachineArn !== executions.machineArn)
        throw new StatesError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
      const { executionArn, startDate } = executions.start(name ?? randomUUID(), input ?? '{}');
      return { executionArn, startDate };
    }
    case `${TARGET}DescribeExecution`:
      return executions.describe(executionArn ?? '');
    default:
      throw new StatesError('UnknownOperationException', `${target || 'no operation'}: not known here`);
  }
}

function reply(response: ServerResponse, status: number, content: object): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() })
    .end(JSON.stringify(content));
}

/** There are no passwords here: a page in the user's browser must not reach it, by a name that resolves to us. */
function refuseForeign({ headers, socket }: IncomingMessage): void {
  const own = [HOST, 'localhost'].map((name) => `${name}:${socket.localPort}`);
  const origin = headers.origin?.replace(/^http:\/\//, '');
  if (!own.includes(headers.host ?? '') || (origin !== undefined && !own.includes(origin)))
    throw new StatesError('AccessDeniedException', 'Access Denied');
}

async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  if (bytes > MOST_BYTES) throw new StatesError('InvalidExecutionInput', 'the body is too large');
  return Buffer.concat(chunks).toString('utf8');
}
