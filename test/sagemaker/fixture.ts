import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { onTestFinished, vi } from 'vitest';
import { createControlPlane, type Discovery, discover } from '../../layers/quality/sagemaker/index.ts';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { startS3 } from '../../local/s3/index.ts';
import { type SageMakerOptions, startSageMaker } from '../../local/sagemaker/index.ts';
import type { Run } from '../cli/run.ts';

export const ENDPOINT = 'credit-risk-prod';
export const PACKAGE = 'arn:aws:sagemaker:us-east-1:000000000000:model-package/credit/7';
export const LOCATION = `s3://capture/data/${ENDPOINT}/`;
const SCRIPT = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));

/** Descriptions by file; one that is null is left out. */
export type Files = Record<string, object | null>;

export const capture = (of: object = {}): object => ({
  EnableCapture: true,
  InitialSamplingPercentage: 20,
  DestinationS3Uri: 's3://capture/data',
  CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
  CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'] },
  ...of,
});
export const endpoint = (of: object = {}): object => ({
  EndpointStatus: 'InService',
  EndpointConfigName: 'credit-7',
  ProductionVariants: [{ VariantName: 'AllTraffic', CurrentWeight: 1 }],
  ...of,
});
export const config = (of: object = {}): object => ({
  ProductionVariants: [{ VariantName: 'AllTraffic', ModelName: 'credit-7' }],
  DataCaptureConfig: capture(),
  ...of,
});

/** An endpoint that captures all there is, of a model without a package. */
const PLAIN: Files = {
  [`endpoints/${ENDPOINT}`]: endpoint(),
  'endpoint-configs/credit-7': config(),
  'models/credit-7': { PrimaryContainer: { Image: 'xgboost' } },
};

/** The same, of the registered model package credit/7. */
export const registered = (of: object = {}): Files => ({
  'models/credit-7': { Containers: [{ Image: 'scaler' }, { ModelPackageName: PACKAGE }] },
  'model-packages/credit/7': {
    ModelPackageGroupName: 'credit',
    ModelPackageVersion: 7,
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: 'Approved',
    ...of,
  },
});

export interface World {
  root: string;
  /** SageMaker's endpoint, and S3's. */
  urls: { sagemaker: string; s3: string };
  path(name: string): string;
  put(key: string, body: string): Promise<void>;
  /** Discovery through the real SDKs. */
  found(variant?: string | null, name?: string, store?: Partial<Store>): Promise<Discovery>;
  /** The built command line, with these variables besides. */
  assay(args: string[], env?: Record<string, string | undefined>): Promise<Run>;
}

/** SageMaker and S3 on this machine, holding what is given, until the test ends. */
export async function world(files: Files = {}, options: Partial<SageMakerOptions> = {}): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), 'assay-sagemaker-'));
  const path = (name: string): string => join(root, name);
  for (const [name, content] of Object.entries({ ...PLAIN, ...files })) {
    if (content === null) continue;
    mkdirSync(dirname(path(`sagemaker/${name}`)), { recursive: true });
    writeFileSync(path(`sagemaker/${name}.json`), JSON.stringify(content));
  }
  const sagemaker = await startSageMaker({ directory: path('sagemaker'), ...options });
  const s3 = await startS3({ directory: path('s3') });
  s3.createBucket('capture');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new S3Client({ endpoint: s3.url, region: 'us-east-1', forcePathStyle: true, credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await Promise.all([sagemaker.close(), s3.close()]);
    rmSync(root, { recursive: true, force: true });
  });
  const urls = { sagemaker: sagemaker.url, s3: s3.url };
  return {
    ...{ root, urls, path },
    put: async (key, Body) => void (await client.send(new PutObjectCommand({ Bucket: 'capture', Key: key, Body }))),
    found: async (variant = null, name = ENDPOINT, store = {}) => {
      stubAws(urls.sagemaker);
      const plane = createControlPlane('us-east-1');
      onTestFinished(() => plane.close());
      return discover({ plane, store: { ...createS3Store(client), ...store }, endpoint: name, variant });
    },
    assay: (args, env = {}) => run(root, args, { ...environment(urls), ...env }),
  };
}

/** The SDK in this process asks the server at `url`. */
export function stubAws(url: string): void {
  for (const [name, value] of Object.entries({ ...SIGNED, AWS_ENDPOINT_URL_SAGEMAKER: url })) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const SIGNED = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_EC2_METADATA_DISABLED: 'true' };
const environment = ({ sagemaker, s3 }: World['urls']): Record<string, string> => ({
  ...SIGNED,
  ...{ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_SAGEMAKER: sagemaker, AWS_ENDPOINT_URL_S3: s3, NODE_NO_WARNINGS: '1' },
});

const run = (root: string, args: string[], variables: Record<string, string | undefined>): Promise<Run> =>
  new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, HOME: root, ...variables };
    const child = spawn(process.execPath, [SCRIPT, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 50_000 });
    const result: Run = { status: null, stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (result.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (result.stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...result, status }));
  });
