import { requireChecks } from '../checks/known-checks.ts';
import { UsageError } from '../contract/errors.ts';
import type { Monitor } from '../contract/monitor.ts';
import { nearest } from '../contract/nearest.ts';

/** What a monitor says of columns that are not there, or of checks of such: it may be of other data, or a slip. A label may come later. */
export function unknownNames(monitor: Pick<Monitor, 'columns' | 'checks' | 'labels'>, columns: string[]): string[] {
  const named = Object.entries(monitor.columns ?? {});
  const missing = named.flatMap(([name, { role }]) => {
    if (columns.includes(name) || (role === 'label' && monitor.labels !== undefined)) return [];
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
