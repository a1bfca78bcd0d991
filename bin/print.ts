import { UsageError } from '../layers/quality/contract/errors.ts';
import type { Report } from '../layers/quality/contract/report.ts';

export const FORMATS = ['text', 'json', 'html', 'markdown', 'junit'] as const;
export type PrintFormat = (typeof FORMATS)[number];

export function printFormat(text: string): PrintFormat {
  if (!FORMATS.includes(text as PrintFormat)) throw new UsageError(`--format: expected one of ${FORMATS.join(', ')}, got "${text}"`);
  return text as PrintFormat;
}

/** Prints a report to stdout; `page` is where its HTML was written, `command` what made it. */
export async function print(report: Report, format: PrintFormat, page: string | null, command?: string): Promise<void> {
  const { renderReport } = await import('../layers/quality/report/index.ts');
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const text = await renderReport(report, format, {
    width: process.stdout.columns ?? 120,
    colour,
    ...(command !== undefined && { command }),
  });
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  if (format === 'text' && page !== null) process.stdout.write(`  report: ${page}\n`);
}
