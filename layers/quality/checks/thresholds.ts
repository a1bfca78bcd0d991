import { UsageError } from '../contract/errors.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { Threshold } from '../contract/report.ts';

type Settings = NonNullable<Monitor['checks']>;
type Setting = Settings[string];

/** The setting for a check, the longest pattern that matches: `drift/income`, then `drift/*` or `drift`. */
export function settingFor(settings: Settings, id: string): Setting | undefined {
  const [check, about] = splitId(id);
  const whole = wholeOf(check, about);
  const candidates = [id, ...(whole === null ? [] : [`${check}/${whole}/*`, `${check}/${whole}`]), `${check}/*`, check];
  for (const candidate of about === undefined ? [check] : candidates) if (settings[candidate] !== undefined) return settings[candidate];
  return undefined;
}

/** Where the name of a metric ends: before its class or average, or its segment. */
const METRIC_END = /[@[]/;

/** What a check is about without the group, class or segment: the rate of a gap, the metric over all rows; null where there is none of them. */
function wholeOf(check: string, about = ''): string | null {
  const end = check.endsWith('performance') ? about.search(METRIC_END) : check === 'fairness_gap' ? about.indexOf('/') : -1;
  return end < 0 ? null : about.slice(0, end);
}

/** Whether a setting names a metric, of all rows, of a class or of a segment: `performance/f1`, `performance/f1@region=N`. */
export const namesMetric = (settings: Settings, check: string, metric: string): boolean =>
  Object.keys(settings).some((id) => {
    const [name, about] = splitId(id);
    return name === check && about?.split(METRIC_END)[0] === metric;
  });

/** The check and the column of an id. */
export const splitId = (id: string): [string, string | undefined] => {
  const at = id.indexOf('/');
  return at < 0 ? [id, undefined] : [id.slice(0, at), id.slice(at + 1)];
};

/** The threshold in force, or null where the check is switched off. */
export function thresholdFor(settings: Settings, id: string, defaults: Threshold): Threshold | null {
  const setting = settingFor(settings, id);
  if (setting === 'off') return null;
  if (setting === undefined) return defaults;
  return {
    warn: setting.warn === undefined ? defaults.warn : setting.warn,
    fail: setting.fail === undefined ? defaults.fail : setting.fail,
    direction: defaults.direction,
    source: 'configured',
  };
}

/** `CHECK=VALUE` of the command line: a number is the fail bound, `off` switches the check off. */
export function parseSetting(text: string): [string, Setting] {
  const at = text.lastIndexOf('=');
  const [id, value] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && value === 'off') return [id, 'off'];
  const fail = Number(value);
  if (at <= 0 || value.trim() === '' || Number.isNaN(fail))
    throw new UsageError(`--set: expected CHECK=NUMBER or CHECK=off, got "${text}"`);
  return [id, { fail }];
}
