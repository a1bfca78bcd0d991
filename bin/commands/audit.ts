import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import { keys } from '../../layers/quality/contract/keys.ts';
import { VERDICTS } from '../../layers/quality/contract/verdict.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { backfill } from '../backfill.ts';
import { commandLine } from '../command-line.ts';
import { print, printFormat } from '../print.ts';
import { builtFile, type ResourceFlags, resourcesOf, withScratch, writeFolder } from '../session.ts';
import { VERSION } from '../version.ts';

interface AuditFlags extends ResourceFlags {
  monitor: string;
  from: string;
  to: string;
  bucket: string;
  backfill?: string;
  stateMachine?: string;
  out?: string;
  format: string;
  failOn: string;
  quiet?: boolean;
}

/** On one machine there is room for what a function has not. */
const SCRATCH_BYTES = 100 * 1024 ** 3;

export function addAudit(program: Command, done: (status: number) => void): void {
  program
    .command('audit')
    .description('judge a window of a monitor in the cloud: merge its profiles, join labels, write the report')
    .requiredOption('--monitor <name>', 'name of the monitor')
    .requiredOption('--from <time>', 'where the window begins, a whole hour: 2026-07-01 or 2026-07-01T13:00:00Z')
    .requiredOption('--to <time>', 'where it ends; that hour is no longer in it')
    .option('--bucket <name>', 'the data bucket', 'assay')
    .option('--backfill <prefix>', 'in the cloud, after the objects under this s3:// prefix: by the state machine, and waited for')
    .option('--state-machine <arn>', "the state machine for --backfill, the stack's output BackfillMachine (ASSAY_STATE_MACHINE)")
    .option('--out <dir>', 'write report.json, report.html and metrics.parquet there as well')
    .option('--format <format>', 'what to print: text, json, html, markdown or junit', 'text')
    .option('--fail-on <verdict>', 'exit with 1 at this verdict or above: fail, warn or never', 'fail')
    .option('--memory <mb>', 'memory for the engine (768)')
    .option('--quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  assay audit --monitor credit-risk --from 2026-07-01T13:00:00Z --to 2026-07-01T14:00:00Z --format json\n  assay audit --monitor credit-risk --from 2026-06-01 --to 2026-07-01 --bucket my-data --backfill s3://capture/credit-risk-prod/2026/06/',
    )
    .action(async (flags: AuditFlags) => done(await withScratch((scratch) => audit(flags, scratch))));
}

async function audit(flags: AuditFlags, scratch: string): Promise<number> {
  if (!['fail', 'warn', 'never'].includes(flags.failOn))
    throw new UsageError(`--fail-on: expected fail, warn or never, got "${flags.failOn}"`);
  const format = printFormat(flags.format);
  const window = { from: timeOf('--from', flags.from), to: timeOf('--to', flags.to) };
  const { createS3Store } = await import('../../layers/quality/store/s3.ts');
  const { auditWindow } = await import('../../layers/quality/usecases/audit-window.ts');
  const store = createS3Store();
  await store.get(flags.bucket, keys.monitor(flags.monitor)).catch((error: Error) => {
    throw new UsageError(`s3://${flags.bucket}: ${error.message || error.name}`);
  });
  const resources = resourcesOf(flags, scratch);
  const deps: ProcessDependencies = {
    store,
    resources: { ...resources, workers: 1 },
    foldWorkerFile: resources.workers > 1 ? builtFile('fold-worker.js') : undefined,
    scratchBytes: SCRATCH_BYTES,
    version: VERSION,
    dataBucket: flags.bucket,
    log: (message, fields = {}) => {
      const said = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
      if (!flags.quiet) process.stderr.write(`assay: ${[message, ...said].join(', ')}\n`);
    },
  };
  const { report, key } =
    flags.backfill === undefined
      ? await auditWindow(deps, { monitor: flags.monitor, ...window })
      : await backfill(deps, { ...flags, prefix: flags.backfill, window });
  if (flags.out !== undefined) {
    const { reportFiles } = await import('../../layers/quality/usecases/report-files.ts');
    writeFolder(flags.out, await reportFiles(report, commandLine()));
  }
  const page = flags.out === undefined ? `s3://${flags.bucket}/${key.replace(/json$/, 'html')}` : join(flags.out, 'report.html');
  if (!flags.quiet) await print(report, format, page, commandLine());
  return flags.failOn !== 'never' && VERDICTS.indexOf(report.verdict) >= VERDICTS.indexOf(flags.failOn as 'fail' | 'warn') ? 1 : 0;
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.0+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A day is the beginning of that day, UTC. */
function timeOf(flag: string, text: string): number {
  const time = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`${flag}: expected a time as 2026-07-01 or 2026-07-01T13:00:00Z, got "${text}"`);
  return time;
}
