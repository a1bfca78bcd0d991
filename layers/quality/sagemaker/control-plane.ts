import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  type DescribeEndpointConfigOutput,
  type DescribeEndpointOutput,
  DescribeModelCommand,
  type DescribeModelOutput,
  DescribeModelPackageCommand,
  type DescribeModelPackageOutput,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { type Operation, refusal } from './refusal.ts';

/** What discovery asks of SageMaker. Whatever it does not answer is a RefusalError. */
export interface ControlPlane {
  endpoint(name: string): Promise<DescribeEndpointOutput>;
  endpointConfig(name: string): Promise<DescribeEndpointConfigOutput>;
  model(name: string): Promise<DescribeModelOutput>;
  modelPackage(name: string): Promise<DescribeModelPackageOutput>;
  close(): void;
}

const ATTEMPTS = 3;
const CONNECT_MS = 5_000;
const ANSWER_MS = 15_000;

/** SageMaker, or whatever AWS_ENDPOINT_URL_SAGEMAKER points to. Without a region that of the environment counts. */
export function createControlPlane(region?: string): ControlPlane {
  const requestHandler = { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true };
  const client = new SageMakerClient({ maxAttempts: ATTEMPTS, requestHandler, ...(region !== undefined && { region }) });
  return {
    endpoint: (EndpointName) =>
      asked('DescribeEndpoint', `endpoint "${EndpointName}"`, () => client.send(new DescribeEndpointCommand({ EndpointName }))),
    endpointConfig: (EndpointConfigName) =>
      asked('DescribeEndpointConfig', `endpoint configuration "${EndpointConfigName}"`, () =>
        client.send(new DescribeEndpointConfigCommand({ EndpointConfigName })),
      ),
    model: (ModelName) => asked('DescribeModel', `model "${ModelName}"`, () => client.send(new DescribeModelCommand({ ModelName }))),
    modelPackage: (ModelPackageName) =>
      asked('DescribeModelPackage', `model package "${ModelPackageName}"`, () =>
        client.send(new DescribeModelPackageCommand({ ModelPackageName })),
      ),
    close: () => client.destroy(),
  };
}

async function asked<T>(operation: Operation, subject: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw refusal(operation, subject, error as NodeJS.ErrnoException);
  }
}
