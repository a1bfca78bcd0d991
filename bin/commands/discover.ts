import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { requireChecks } from '../../layers/quality/checks/known-checks.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { parseMonitor } from '../../layers/quality/contract/parse-monitor.ts';
import type { Discovery } from '../../layers/quality/sagemaker/index.ts';
import { writeFolder } from '../session.ts';

interface DiscoverFlags {
  out: string;
  region?: string;
  variant?: string;
  quiet?: boolean;
}

export function addDiscover(program: Command, done: (status: number) => void): void {
  program
    .command('discover')
    .description("turn a SageMaker endpoint's capture settings, variants, model package and baselines into a monitor")
    .argument('<endpoint>', "an endpoint's name or ARN")
    .requiredOption('--out <file>', 'monitor.json to write; the monitor is named after the endpoint')
    .option('--region <region>', "the endpoint's region (that of the ARN, else as AWS_REGION or the profile says)")
    .option('--variant <name>', 'only this variant; without it all of them together')
    .option('--quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  assay discover credit-risk-prod --out monitors/credit-risk-prod/monitor.json\n  assay discover credit-risk-prod --variant AllTraffic --region eu-west-1 --out monitor.json',
    )
    .action(async (endpoint: string, flags: DiscoverFlags) => done(await discoverEndpoint(endpoint, flags)));
}

/** The SDK is loaded here alone, so that no other command waits for it. */
async function discoverEndpoint(given: string, { out, region: flag, variant, quiet }: DiscoverFlags): Promise<number> {
  const [{ createControlPlane, discover, parseEndpoint }, { createS3Store }] = await Promise.all([
    import('../../layers/quality/sagemaker/index.ts'),
    import('../../layers/quality/store/s3.ts'),
  ]);
  const named = parseEndpoint(given);
  const region = flag ?? named.region;
  // The store has the region of the environment, and captured data that of the endpoint.
  if (region !== undefined) process.env.AWS_REGION = region;
  const plane = createControlPlane(region);
  try {
    const found = await discover({ plane, store: createS3Store(), endpoint: named.name, variant: variant ?? null });
    write(out, found.monitor);
    if (!quiet) print(out, found);
    return 0;
  } finally {
    plane.close();
  }
}

/** What is written is what `--monitor` accepts, or nothing. */
function write(out: string, monitor: Monitor): void {
  const text = `${JSON.stringify(monitor, null, 2)}\n`;
  const { checks = {} } = parseMonitor(text, out);
  requireChecks(checks, `${out}: checks`);
  writeFolder(dirname(resolve(out)), { [basename(out)]: text });
}

function print(out: string, { monitor, facts, notes, left }: Discovery): void {
  const columns = Object.keys(monitor.columns ?? {}).length;
  const checks = Object.keys(monitor.checks ?? {}).length;
  const location = monitor.input?.location;
  const lines = [
    `${out}  monitor "${monitor.monitor}": ${location ?? 'no location'}, ${columns} columns, ${checks} settings of checks`,
    '',
    ...facts.map((line) => `  ${line}`),
    ...(left.length === 0 ? [] : ['', 'not carried over:', ...left.map((line) => `  ${line}`)]),
    ...(location === undefined ? [] : ['', 'next:', ...nextSteps(out, monitor.monitor, location)]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const note of notes) process.stderr.write(`assay: ${note}\n`);
}

const nextSteps = (out: string, monitor: string, location: string): string[] => [
  `  npx cdk deploy -c captureBuckets=${location.split('/')[2]}   (its EventBridge notifications have to be on)`,
  `  aws s3 cp ${out} s3://DATA-BUCKET/monitors/${monitor}/monitor.json`,
];
