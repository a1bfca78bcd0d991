import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { parseReport } from '../../layers/quality/report/json.ts';
import { print, printFormat } from '../print.ts';

export function addShow(program: Command, done: (status: number) => void): void {
  program
    .command('show')
    .description('print or convert a report')
    .argument('<report>', 'report.json, or the folder it is in')
    .option('--format <format>', 'text, json, html, markdown or junit', 'text')
    .addHelpText('after', '\nExamples:\n  assay show out/report.json\n  assay show out/ --format html > report.html')
    .action(async (path: string, flags: { format: string }) => {
      const format = printFormat(flags.format);
      const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'report.json') : path;
      if (!existsSync(file)) throw new UsageError(`no such report: ${file}`);
      await print(readReport(file), format, null);
      done(0);
    });
}

function readReport(file: string): Report {
  try {
    return parseReport(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message.replaceAll(/\s+/g, ' ')}`);
  }
}
