import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { portOf } from '../ports.ts';

/** That of `npm start`: the same model answers. */
const EXAMPLE_SEED = 20260701;

export function addLocal(program: Command, done: (status: number) => void): void {
  program
    .command('local')
    .description('the embedded cloud: S3, events and the deployed functions on 127.0.0.1, until Ctrl-C')
    .option('--data <dir>', 'folder of the buckets', '.assay/local')
    .option('--port <n>', 'port of the S3 endpoint (a free one)')
    .option('--api-port <n>', 'port of the HTTP API (a free one)')
    .addHelpText(
      'after',
      '\nExamples:\n  assay local\n  assay local --data ./cloud --port 9000\n\nA file copied into a bucket folder counts as an upload.',
    )
    .action(async ({ data, port, apiPort }: { data: string; port?: string; apiPort?: string }) =>
      done(await local(resolve(data), { port: portOf('--port', port), apiPort: portOf('--api-port', apiPort) })),
    );
}

async function local(directory: string, ports: { port: number | undefined; apiPort: number | undefined }): Promise<number> {
  const [{ DATA_BUCKET, startAssayCloud }, { exampleContainers, writeExample }] = await Promise.all([
    import('../../local/assay-cloud.ts'),
    import('../../examples/credit-risk/endpoint.ts'),
  ]);
  const models = join(directory, '.assay-sagemaker');
  writeExample(models, `s3://${DATA_BUCKET}/capture`);
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const cloud = await startAssayCloud({
    directory,
    root,
    schedule: true,
    sagemaker: { directory: models, containers: exampleContainers(EXAMPLE_SEED), watch: true },
    log: (line) => process.stderr.write(`${line}\n`),
    ...ports,
  });
  process.stdout.write(`AWS_ENDPOINT_URL_S3=${cloud.s3Url}   bucket: assay   folder: ${directory}/assay   (Ctrl-C ends it)\n`);
  process.stdout.write(`AWS_ENDPOINT_URL_SFN=${cloud.statesUrl}   ASSAY_STATE_MACHINE=${cloud.machineArn}\n`);
  const { controlPlane, runtime } = cloud.sagemaker!;
  process.stdout.write(
    `AWS_ENDPOINT_URL_SAGEMAKER=${controlPlane}   AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=${runtime}   endpoint: credit-risk-prod\n`,
  );
  process.stdout.write(`HTTP API and pages: ${cloud.apiUrl}/v1/monitors   messages, events and metrics: ${cloud.outbox}\n`);
  await new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
  });
  await cloud.close();
  return 0;
}
