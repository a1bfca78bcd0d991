import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { compareRun, RUN_FILES, readRun, renderComparison } from '../../layers/quality/model-monitor/index.ts';
import { parseReport } from '../../layers/quality/report/json.ts';
import { readNamed } from '../json-files.ts';
import { withScratch } from '../session.ts';

export function addCompare(program: Command, done: (status: number) => void): void {
  program
    .command('compare')
    .description('put a run of SageMaker Model Monitor beside a report on the same data')
    .argument('<run>', 'folder or s3:// prefix of one run, with constraint_violations.json and perhaps statistics.json')
    .argument('<report>', 'report.json, or the folder it is in')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      '\nExamples:\n  assay compare s3://bucket/monitoring/endpoint/schedule/2026/07/01/13/ out/13\n  assay compare run/ out/report.json --format json',
    )
    .action(async (run: string, report: string, flags: { format: string }) =>
      done(await withScratch((scratch) => compare(run, report, flags.format, scratch))),
    );
}

async function compare(from: string, path: string, format: string, scratch: string): Promise<number> {
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format: expected text or json, got "${format}"`);
  const run = readRun(await readNamed(from, RUN_FILES, scratch, 'compare'), from);
  const compared = compareRun({ ...run, report: readReport(path) });
  process.stdout.write(format === 'json' ? `${JSON.stringify(compared, null, 2)}\n` : renderComparison(compared));
  return 0;
}

function readReport(path: string): Report {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'report.json') : path;
  if (!existsSync(file)) throw new UsageError(`no such report: ${file}`);
  try {
    return parseReport(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message.replaceAll(/\s+/g, ' ')}`);
  }
}
