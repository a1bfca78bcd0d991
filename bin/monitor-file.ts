import { existsSync, readFileSync } from 'node:fs';
import { requireChecks } from '../layers/quality/checks/known-checks.ts';
import { UsageError } from '../layers/quality/contract/errors.ts';
import type { Monitor } from '../layers/quality/contract/monitor.ts';
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
