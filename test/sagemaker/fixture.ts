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
import { ENDPOINT, type Files, PLAIN } from './descriptions.ts';

const SCRIPT = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));

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

/** A world where something was captured already, so that only what a test is about is said. */
export async function used(...given: Parameters<typeof world>): Promise<World> {
  const made = await world(...given);
  await made.put(`data/${ENDPOINT}/AllTraffic/2026/07/01/13/00-01-002-x.jsonl`, '{}');
  return made;
}

/** What is said of such a world, but that its model has no package. */
export async function notesOf(...given: Parameters<typeof world>): Promise<string[]> {
  const { notes } = await (await used(...given)).found();
  return notes.filter((note) => !note.includes('was not made from a model package'));
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
