import type { Role } from '../contract/columns.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { Baseline } from '../profile/baseline.ts';

/** The column of a role: as the monitor says, else the baseline; undefined where neither does. */
export const columnOfRole = (
  role: Role,
  monitor: Pick<Monitor, 'columns'> | null,
  baseline: Pick<Baseline, 'columns'> | null = null,
): string | undefined =>
  Object.entries(monitor?.columns ?? {}).find(([, of]) => of.role === role)?.[0] ?? baseline?.columns.find((of) => of.role === role)?.name;
