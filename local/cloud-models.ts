import { type BuiltOptions, builtFunction } from './built-function.ts';
import { endpointDeployed } from './events.ts';
import { LocalFunction } from './function.ts';
import { type RuntimeOptions, startSageMaker, startSageMakerRuntime, watchEndpoints } from './sagemaker/index.ts';

export interface ModelsOptions extends Omit<RuntimeOptions, 'put' | 'log'> {
  /** Whether a description of an endpoint that is changed counts as a deployment. Default false. */
  watch?: boolean;
}

/** SageMaker beside the cloud. */
export interface CloudModels {
  /** Where it is, as the SDK's variables take it. */
  controlPlane: string;
  runtime: string;
  /** Tells of an endpoint that serves anew, as EventBridge would; resolves when its monitors have followed. */
  deployed(endpoint: string): Promise<unknown>;
}

/** Both halves of SageMaker over one folder, and the function that follows endpoints. Captured requests land in the embedded S3 as any other object does. */
export async function startModels(
  { log, ...built }: BuiltOptions & { log?: (line: string) => void },
  options: ModelsOptions,
  s3Url: string,
): Promise<CloudModels & { flush(): Promise<void>; close(): Promise<void> }> {
  const { directory } = options;
  const put = async (bucket: string, key: string, body: string): Promise<void> => {
    const answer = await fetch(`${s3Url}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, { method: 'PUT', body });
    if (!answer.ok) throw new Error(`PUT s3://${bucket}/${key}: ${answer.status}`);
  };
  const controlPlane = await startSageMaker({ directory, ...(log === undefined ? {} : { log }) });
  const runtime = await startSageMakerRuntime({ ...options, put, log });
  const environment = { ...built.environment, AWS_ENDPOINT_URL_SAGEMAKER: controlPlane.url };
  const following = new LocalFunction({
    ...builtFunction('endpoint', { ...built, environment }),
    timeoutSeconds: 300,
    endpointS3: s3Url,
    ...(log === undefined ? {} : { log }),
  });
  const deployed = (endpoint: string): Promise<unknown> => following.invoke(endpointDeployed(endpoint));
  const failed = (error: Error): void => log?.(`endpoint: ${error.message}`);
  const watch = options.watch ? watchEndpoints(directory, (endpoint) => void deployed(endpoint).catch(failed)) : null;
  return {
    controlPlane: controlPlane.url,
    runtime: runtime.url,
    deployed,
    flush: () => runtime.flush(),
    close: async () => {
      watch?.stop();
      await following.close();
      await Promise.all([runtime.close(), controlPlane.close()]);
    },
  };
}
