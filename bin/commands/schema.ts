import type { Command } from 'commander';
import { z } from 'zod';
import { reportEventSchema } from '../../layers/quality/contract/alerts.ts';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import { monitorSchema } from '../../layers/quality/contract/monitor.ts';
import { reportSchema } from '../../layers/quality/contract/report.ts';

const SCHEMAS = { monitor: monitorSchema, report: reportSchema, event: reportEventSchema } as const;

export function addSchema(program: Command, done: (status: number) => void): void {
  program
    .command('schema')
    .description('print a JSON Schema')
    .argument('<name>', 'monitor, report or event')
    .addHelpText('after', '\nExamples:\n  assay schema monitor > monitor.schema.json\n  assay schema report')
    .action((name: string) => {
      if (!Object.hasOwn(SCHEMAS, name)) throw new UsageError(`schema: expected monitor, report or event, got "${name}"`);
      process.stdout.write(`${JSON.stringify(z.toJSONSchema(SCHEMAS[name as keyof typeof SCHEMAS]), null, 2)}\n`);
      done(0);
    });
}
