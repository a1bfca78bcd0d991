import type { z } from 'zod';
import { type Report, reportSchema, toJsonNumber } from '../contract/report.ts';

export interface JsonOptions {
  /** Without white space. */
  compact?: boolean;
}

/** The text is not a report: names the place in it. */
export class ReportFormatError extends Error {
  override readonly name = 'ReportFormatError';
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`report${path}: ${reason}`);
  }
}

/** Keys in the order of the schema; those of open records (parameters, evidence) sorted; numbers JSON cannot hold as text. */
export function renderJson(report: Report, { compact = false }: JsonOptions = {}): string {
  const ordered = check(report);
  return `${JSON.stringify(ordered, replacer, compact ? undefined : 2)}\n`;
}

const OPEN = new Set(['parameters', 'evidence']);

function replacer(key: string, value: unknown): unknown {
  if (typeof value === 'number') return toJsonNumber(value);
  return OPEN.has(key) ? sortKeys(value) : value;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

/** A report read back, checked against its schema. */
export function parseReport(text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ReportFormatError('', `not JSON: ${(error as Error).message}`);
  }
  return check(value);
}

function check(value: unknown): Report {
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new ReportFormatError(pathOf(issue), issue.message);
}

const pathOf = ({ path }: z.core.$ZodIssue): string =>
  path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
