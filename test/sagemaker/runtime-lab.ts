import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeEndpointCommand, type InvokeEndpointCommandInput, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { onTestFinished, vi } from 'vitest';
import { type RuntimeOptions, startSageMakerRuntime } from '../../local/sagemaker/index.ts';
import { type Files, PLAIN } from './descriptions.ts';

export interface RuntimeLab {
  url: string;
  /** Asks the endpoint through the SDK. */
  invoke(input: Partial<InvokeEndpointCommandInput> & { Body: string }): Promise<{ body: string; contentType: string; variant: string }>;
  /** What was written, by key, once all of it is. */
  captured(): Promise<Record<string, object[]>>;
}

/** Answers every row of CSV with its length. */
const lengths: NonNullable<RuntimeOptions['containers']>[string] = async ({ body }) => ({
  contentType: 'text/csv; charset=utf-8',
  body: Buffer.from(
    `${body
      .toString('utf8')
      .split('\n')
      .map(({ length }) => length)
      .join('\n')}\n`,
  ),
});

/** A runtime over some descriptions, and the SDK's client of it. */
export async function runtimeLab(files: Files = {}, options: Partial<RuntimeOptions> = {}): Promise<RuntimeLab> {
  const directory = mkdtempSync(join(tmpdir(), 'assay-runtime-'));
  for (const [name, content] of Object.entries({ ...PLAIN, ...files })) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, `${name}.json`), JSON.stringify(content));
  }
  const written: Record<string, object[]> = {};
  const put = async (bucket: string, key: string, body: string): Promise<void> => {
    written[`${bucket}/${key}`] = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  };
  const runtime = await startSageMakerRuntime({
    directory,
    put,
    containers: { xgboost: lengths },
    flushMilliseconds: 3_600_000,
    ...options,
  });
  vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME', runtime.url);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SageMakerRuntimeClient({ region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    client.destroy();
    await runtime.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    url: runtime.url,
    async invoke(input) {
      const answer = await client.send(
        new InvokeEndpointCommand({ EndpointName: 'credit-risk-prod', ContentType: 'text/csv', ...input } as InvokeEndpointCommandInput),
      );
      return { body: answer.Body.transformToString(), contentType: answer.ContentType!, variant: answer.InvokedProductionVariant! };
    },
    async captured() {
      await runtime.flush();
      return written;
    },
  };
}
