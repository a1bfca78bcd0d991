import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACCOUNT, REGION } from '../events.ts';
import { isForeign, listen, receiveUpTo } from '../loopback.ts';
import { CaptureFiles, type PutObject } from './capture-files.ts';
import { type Container, ContainerError, type Payload } from './container.ts';
import { type Deployment, deploymentOf } from './deployment.ts';
import { SageMakerError } from './errors.ts';

const PATH = /^\/endpoints\/([a-zA-Z0-9-]{1,63})\/invocations$/;
const MOST_BYTES = 25 * 1024 * 1024;
const PLACE = { region: REGION, account: ACCOUNT };

export interface RuntimeOptions {
  /** Folder of the descriptions, as the control plane has it. */
  directory: string;
  /** What runs in a model's container, by image. */
  containers: Readonly<Record<string, Container>>;
  /** Where captured requests go to. */
  put: PutObject;
  /** How long captured requests wait for others. Default 2 seconds; SageMaker takes some minutes. */
  flushMilliseconds?: number;
  /** A free one otherwise. */
  port?: number;
  log?: ((line: string) => void) | undefined;
  now?: () => number;
  /** Numbers in [0, 1): which variant answers, and which requests are captured. */
  random?: () => number;
}

export interface SageMakerRuntime {
  /** What AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME takes. */
  readonly url: string;
  /** Resolves when all that was captured so far is in the store. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

type Settings = RuntimeOptions & Required<Pick<RuntimeOptions, 'now' | 'random'>>;

/** SageMaker's InvokeEndpoint on the loopback interface: containers answer, and what an endpoint is to capture is captured as SageMaker does. */
export async function startSageMakerRuntime(options: RuntimeOptions): Promise<SageMakerRuntime> {
  const settings: Settings = { now: Date.now, random: Math.random, ...options };
  const { put, log, flushMilliseconds = 2000 } = options;
  const files = new CaptureFiles({ put, log, flushMilliseconds });
  const server = await listen((request, response) => answer(request, response, settings, files), options.port);
  return {
    url: server.url,
    flush: () => files.flush(),
    close: async () => {
      await server.close();
      await files.stop();
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, settings: Settings, files: CaptureFiles): Promise<void> {
  const requestId = randomUUID();
  try {
    const { payload, variant } = await invoke(request, settings, files);
    const headers = { 'content-type': payload.contentType, 'x-amzn-invoked-production-variant': variant };
    response.writeHead(200, { ...headers, 'x-amzn-requestid': requestId }).end(payload.body);
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return void response.destroy();
    request.resume();
    const { code, status, fields } = refusalOf(error, settings.log);
    response
      .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code, 'x-amzn-requestid': requestId })
      .end(JSON.stringify(fields));
  }
}

async function invoke(request: IncomingMessage, settings: Settings, files: CaptureFiles): Promise<{ payload: Payload; variant: string }> {
  if (isForeign(request)) throw new SageMakerError('AccessDeniedException', 'Access Denied', 403);
  const [, endpoint] = PATH.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || endpoint === undefined)
    throw new SageMakerError('UnknownOperationException', 'expected POST /endpoints/NAME/invocations', 404);
  const body = await receiveUpTo(MOST_BYTES, request);
  if (body === null) throw new SageMakerError('ValidationError', `the payload is larger than ${MOST_BYTES} bytes`, 413);
  const at = settings.now();
  const header = (name: string): string | null => (request.headers[name] as string | undefined) ?? null;
  const target = header('x-amzn-sagemaker-target-variant');
  const deployment = deploymentOf(settings.directory, PLACE, { endpoint, target, draw: settings.random() });
  const asked = { contentType: header('content-type') ?? 'application/octet-stream', body };
  const payload = await containerOf(settings, deployment)(asked);
  const { capture, variant } = deployment;
  if (capture !== null && (capture.input || capture.output) && settings.random() < capture.share)
    files.add({ endpoint, variant }, capture, {
      ...{ request: asked, answer: payload, at, eventId: randomUUID() },
      inferenceId: header('x-amzn-sagemaker-inference-id'),
      customAttributes: header('x-amzn-sagemaker-custom-attributes'),
    });
  return { payload, variant };
}

function containerOf({ containers }: Settings, { image, variant }: Deployment): Container {
  if (Object.hasOwn(containers, image)) return containers[image]!;
  throw new SageMakerError('InternalFailure', `variant ${variant}: there is no container "${image}" here`, 500);
}

/** In the shape of the REST JSON protocol; of a container its own status and words, as SageMaker passes them on. */
function refusalOf(error: unknown, log: Settings['log']): { code: string; status: number; fields: object } {
  if (error instanceof SageMakerError) return { code: error.code, status: error.status, fields: { Message: error.message } };
  if (error instanceof ContainerError) {
    const { status, message } = error;
    const whose = status < 500 ? 'client' : 'server';
    const Message = `Received ${whose} error (${status}) from primary with message "${message}".`;
    return { code: 'ModelError', status: 424, fields: { Message, OriginalMessage: message, OriginalStatusCode: status } };
  }
  log?.(`sagemaker: ${(error as Error).message}`);
  return { code: 'InternalFailure', status: 500, fields: { Message: 'We encountered an internal error.' } };
}
