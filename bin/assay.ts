import { Command, CommanderError } from 'commander';
import { describeError, UsageError } from '../layers/quality/contract/errors.ts';
import { addAudit } from './commands/audit.ts';
import { addBaseline } from './commands/baseline.ts';
import { addBrowse } from './commands/browse.ts';
import { addCheck } from './commands/check.ts';
import { addCompare } from './commands/compare.ts';
import { addDiscover } from './commands/discover.ts';
import { addImport } from './commands/import.ts';
import { addLater } from './commands/later.ts';
import { addLocal } from './commands/local.ts';
import { addSchema } from './commands/schema.ts';
import { addShow } from './commands/show.ts';
import { VERSION } from './version.ts';

/** Runs a command line; resolves to its exit status: 0 done, 1 the verdict is at or above --fail-on, 2 it could not run. */
export async function main(args: string[]): Promise<number> {
  let status = 0;
  // Whoever reads what is printed may have had enough of it: that is no verdict, and no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(status);
  });
  const program = new Command('assay')
    .description('Tests every batch of data a model sees, and says what is wrong, where, since when and why.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('--help', 'print help')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'assay: ')) })
    .showHelpAfterError('(assay --help, or assay COMMAND --help, shows what there is)');
  const done = (code: number): void => {
    status = code;
  };
  for (const add of [addCheck, addBaseline, addAudit, addShow, addSchema, addLocal, addImport, addDiscover, addCompare, addBrowse])
    add(program, done);
  addLater(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    return statusOf(error);
  }
  return status;
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`assay: ${error instanceof UsageError ? error.message : withRemedy(describeError(error))}\n`);
  if (process.env.ASSAY_DEBUG !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 2;
}

/** The engine's own words name its settings, which nobody can reach. */
const withRemedy = (message: string): string =>
  message.startsWith('Out of Memory Error') ? `${message}. Give the engine more with --memory MB` : message;
