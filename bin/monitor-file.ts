import { existsSync, readFileSync } from 'node:fs';
import { requireChecks } from '../layers/quality/checks/known-checks.ts';
import { UsageError } from '../layers/quality/contract/errors.ts';
import type { Monitor } from '../layers/quality/contract/monitor.ts';
import { nearest } from '../layers/quality/contract/nearest.ts';
import { parseMonitor } from '../layers/quality/contract/parse-monitor.ts';

/** A monitor from a file. */
export function readMonitor(path: string | undefined): Monitor | null {
  if (path === undefined) return null;
  if (!existsSync(path))
    throw new UsageError(
      `--monitor: no such file: ${path} (a monitor of a deployed layer checks through its HTTP API: POST /v1/monitors/NAME/checks)`,
    );
  const monitor = parseMonitor(readFileSync(path, 'utf8'), path);
  requireChecks(monitor.checks ?? {}, `${path}: checks`);
  return monitor;
}

/** What a monitor says of columns that are not there, or of checks of such: it may be of other data, or a slip. */
export function unknownNames(monitor: Monitor, columns: string[]): string[] {
  const named = Object.entries(monitor.columns ?? {});
  const missing = named.flatMap(([name, { role }]) => {
    if (columns.includes(name)) return [];
    const near = nearest(name, columns);
    return [`no column "${name}"${role === undefined ? '' : ` (${role})`}${near === null ? '' : `; did you mean "${near}"?`}`];
  });
  const checks = Object.entries(monitor.checks ?? {}).flatMap(([id, setting]) => {
    try {
      requireChecks({ [id]: setting }, 'checks', [...columns, ...named.map(([name]) => name)]);
      return [];
    } catch (error) {
      if (error instanceof UsageError) return [error.message];
      throw error;
    }
  });
  return [...missing, ...checks];
}
