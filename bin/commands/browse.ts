import type { Command } from 'commander';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import { portOf } from '../ports.ts';

interface BrowseFlags {
  url?: string;
  stack: string;
  region?: string;
  port?: string;
}

export function addBrowse(program: Command, done: (status: number) => void): void {
  program
    .command('browse')
    .description('the deployed pages on 127.0.0.1: every request is signed with your AWS credentials, until Ctrl-C')
    .option('--url <url>', "the API's address, as the stack's output ApiUrl has it (looked up without it)")
    .option('--stack <name>', 'the stack whose API is looked up', 'Assay')
    .option('--region <region>', "the API's region (that of the address, else as AWS_REGION or the profile says)")
    .option('--port <n>', 'port of the pages (a free one)')
    .addHelpText(
      'after',
      '\nExamples:\n  assay browse\n  assay browse --url https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live/ --port 8080\n\nIt reads and changes nothing. Who may read what is a matter of IAM (execute-api:Invoke).',
    )
    .action(async (flags: BrowseFlags) => done(await browse(flags)));
}

/** The SDK is loaded here alone, so that no other command waits for it. */
async function browse({ url, stack, region, port }: BrowseFlags): Promise<number> {
  const chosen = portOf('--port', port);
  const [{ findApi }, { startBrowseProxy }, { createSigner }] = await Promise.all([
    import('../browse/find-api.ts'),
    import('../browse/proxy.ts'),
    import('../browse/signer.ts'),
  ]);
  const target = targetOf(url ?? (await findApi(stack, region)));
  const sign = await createSigner(regionOf(target, region)).catch((error: Error) => {
    throw new UsageError(
      `browse: there are no AWS credentials (${error.message}); set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in`,
    );
  });
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const proxy = await startBrowseProxy({ target, sign, log, ...(chosen !== undefined && { port: chosen }) });
  process.stdout.write(`${proxy.page}   (${target.href}, signed; Ctrl-C ends it)\n`);
  await new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
  });
  await proxy.close();
  return 0;
}

/** An address with a slash at its end; in the clear only on this machine. */
function targetOf(text: string): URL {
  const target = URL.canParse(text) ? new URL(text) : null;
  const local = target?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(target.hostname);
  if (target === null || !(target.protocol === 'https:' || local) || target.search !== '' || target.username !== '')
    throw new UsageError(`--url: expected the API's address as https://HOST/STAGE/, got "${text}"`);
  if (!target.pathname.endsWith('/')) target.pathname += '/';
  return target;
}

function regionOf({ hostname }: URL, region: string | undefined): string {
  const named = /\.execute-api\.([a-z0-9-]+)\./.exec(hostname)?.[1];
  const found = region ?? named ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION);
  if (!found) throw new UsageError('browse: no region: give --region, or set AWS_REGION');
  return found;
}
