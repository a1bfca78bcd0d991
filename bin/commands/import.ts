import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { requireChecks } from '../../layers/quality/checks/known-checks.ts';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { parseMonitor } from '../../layers/quality/contract/parse-monitor.ts';
import { BASELINE_FILES, type CarriedAlarms, carryAlarms, importBaseline, plain } from '../../layers/quality/model-monitor/index.ts';
import { readNamed } from '../json-files.ts';
import { withScratch } from '../session.ts';

interface ImportFlags {
  out: string;
  /** Names of schedules, with commas; true without any. */
  alarms?: string | true;
  quiet?: boolean;
}

export function addImport(program: Command, done: (status: number) => void): void {
  program
    .command('import')
    .description('turn a baseline of SageMaker Model Monitor or Clarify into a monitor')
    .argument('<baseline>', 'a folder or an s3:// prefix with statistics.json, constraints.json, analysis.json or analysis_config.json')
    .requiredOption('--out <file>', 'monitor.json to write; the monitor is named after it, or after its folder')
    .option(
      '--alarms [schedules]',
      "turn on the CloudWatch metrics that the account's alarms on monitoring schedules use; names of schedules, with commas",
    )
    .option('--quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  assay import s3://bucket/credit-risk/baseline/ --out monitors/credit-risk/monitor.json\n  assay import baseline/ --out credit-risk.json --alarms credit-risk-hourly,credit-risk-quality',
    )
    .action(async (from: string, flags: ImportFlags) => done(await withScratch((scratch) => importFrom(from, flags, scratch))));
}

async function importFrom(from: string, { out, quiet, alarms }: ImportFlags, scratch: string): Promise<number> {
  const files = await readNamed(from, BASELINE_FILES, scratch, 'import');
  if (files.length === 0) throw new UsageError(`import: none of ${BASELINE_FILES.join(', ')} at ${plain(from)}`);
  const imported = importBaseline(files, nameOf(out));
  const carried = alarms === undefined ? null : await alarmsOf(imported.monitor, alarms);
  const monitor = carried?.monitor ?? imported.monitor;
  const notes = [...imported.notes, ...(carried?.notes ?? [])];
  const text = `${JSON.stringify(monitor, null, 2)}\n`;
  const { checks = {} } = parseMonitor(text, out);
  requireChecks(checks, `${out}: checks`);
  writeWhole(out, text);
  if (quiet) return 0;
  const columns = Object.keys(monitor.columns ?? {}).length;
  const lines = [
    `${out}  monitor "${monitor.monitor}": ${columns} columns, ${Object.keys(checks).length} settings of checks`,
    ...imported.read.map((line) => `  read ${line}`),
    ...(carried?.read ?? []).map((line) => `  ${line}`),
    ...(notes.length === 0 ? [] : ['', 'not carried over:', ...notes.map((line) => `  ${line}`)]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** The SDK is loaded here alone, so that no import without alarms waits for it. */
async function alarmsOf(monitor: Monitor, alarms: string | true): Promise<CarriedAlarms> {
  const { describeAlarms } = await import('../../layers/quality/cloudwatch/describe-alarms.ts');
  const found = await describeAlarms().catch((error: Error) => {
    throw new UsageError(
      `--alarms: the account's alarms cannot be listed (${plain(error.message)}); it needs cloudwatch:DescribeAlarms, credentials and a region`,
    );
  });
  return carryAlarms(monitor, found, alarms === true ? null : alarms.split(','));
}

/** credit-risk.json and credit-risk/monitor.json are both the monitor credit-risk. */
function nameOf(out: string): string {
  const file = basename(out).replace(/\.json$/i, '');
  const name = (file === 'monitor' ? basename(dirname(resolve(out))) : file)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  return name === '' ? 'imported' : name;
}

/** Under another name first, so that no half of it is ever seen. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw new UsageError(`--out: cannot write ${path}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
  }
}
