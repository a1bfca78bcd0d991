import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { UsageError } from '../../layers/quality/contract/errors.ts';

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
      done(await local(resolve(data), { ...portOf('port', '--port', port), ...portOf('apiPort', '--api-port', apiPort) })),
    );
}

function portOf(name: 'port' | 'apiPort', flag: string, text: string | undefined): { port?: number; apiPort?: number } {
  if (text === undefined) return {};
  const number = Number(text);
  if (!(Number.isInteger(number) && number > 0 && number < 65536)) throw new UsageError(`${flag}: expected 1 to 65535, got "${text}"`);
  return { [name]: number };
}

async function local(directory: string, ports: { port?: number; apiPort?: number }): Promise<number> {
  const { startAssayCloud } = await import('../../local/assay-cloud.ts');
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const cloud = await startAssayCloud({
    directory,
    root,
    schedule: true,
    log: (line) => process.stderr.write(`${line}\n`),
    ...ports,
  });
  process.stdout.write(`AWS_ENDPOINT_URL_S3=${cloud.s3Url}   bucket: assay   folder: ${directory}/assay   (Ctrl-C ends it)\n`);
  process.stdout.write(`AWS_ENDPOINT_URL_SFN=${cloud.statesUrl}   ASSAY_STATE_MACHINE=${cloud.machineArn}\n`);
  process.stdout.write(`HTTP API and pages: ${cloud.apiUrl}/v1/monitors   messages, events and metrics: ${cloud.outbox}\n`);
  await new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
  });
  await cloud.close();
  return 0;
}
