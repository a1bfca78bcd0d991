import type { Monitor } from '../contract/monitor.ts';

export type Checks = NonNullable<Monitor['checks']>;
type Check = Checks[string];

/** Fail bounds of the checks that Model Monitor has as well, where nothing is configured. */
export const DEFAULT_FAIL = { type: 0.005, categories: 0.005, drift: 0.1 } as const;

export const ROBUST = 'l_infinity_robust';
export const SIMPLE = 'l_infinity_distance';
const DRIFT_METRIC = 'jensen_shannon_distance';

/** The setting of all columns. */
const general = (checks: Checks, check: string): Check | undefined => checks[`${check}/*`] ?? checks[check];
/** The setting of one column alone. */
const own = (checks: Checks, check: string, column: string): Check | undefined =>
  column !== '*' && Object.hasOwn(checks, `${check}/${column}`) ? checks[`${check}/${column}`] : undefined;

const settingOf = (checks: Checks, check: string, column: string | null): Check | undefined =>
  (column === null ? undefined : own(checks, check, column)) ?? general(checks, check);

export const hasOwn = (checks: Checks, check: string, column: string): boolean => own(checks, check, column) !== undefined;
export const isOff = (checks: Checks, check: string, column: string | null): boolean => settingOf(checks, check, column) === 'off';

/** The bound above which a share fails; null where the check is off or only warns. */
export function failOf(checks: Checks, check: 'type' | 'categories', column: string | null): number | null {
  const setting = settingOf(checks, check, column);
  if (setting === 'off') return null;
  return setting?.fail === undefined ? DEFAULT_FAIL[check] : setting.fail;
}

/** The configured bound of completeness; undefined where the baseline's is taken, null where there is none. */
export function completenessOf(checks: Checks, column: string): number | null | undefined {
  const setting = settingOf(checks, 'completeness', column);
  return setting === 'off' ? null : setting?.fail;
}

/** Model Monitor's method and threshold for the distance that is bounded; null where drift is not judged. */
export function comparisonOf(checks: Checks, column: string | null): { method: 'Robust' | 'Simple'; threshold: number } | null {
  const setting = settingOf(checks, 'drift', column);
  if (setting === 'off' || setting?.fail === null) return null;
  const metric = setting?.metric ?? DRIFT_METRIC;
  const comparable = [ROBUST, SIMPLE, DRIFT_METRIC].includes(metric);
  return {
    method: metric === SIMPLE ? 'Simple' : 'Robust',
    threshold: comparable ? (setting?.fail ?? DEFAULT_FAIL.drift) : DEFAULT_FAIL.drift,
  };
}

/** 1 − x without what subtraction of doubles adds. */
export const complement = (share: number): number => Number((1 - share).toPrecision(12));
